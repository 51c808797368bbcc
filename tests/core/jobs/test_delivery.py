"""Messages outside, through a real mail server and a real web server: they say one thing, and are tried again."""

import base64
import email
import hashlib
import hmac
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from baton.core import clock
from baton.core.acting import SYSTEM, acting
from baton.core.delivery import anything_waits
from baton.core.jobs.asking import ask
from baton.core.models import Message, User

pytestmark = pytest.mark.django_db(transaction=True)  # the worker opens connections of its own
SAYS = "有事请登录“指挥棒”。"
type Off = Callable[[], None]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


class Post:
    """A mail server as a process of its own, and what it took."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        handler = ["-c", "aiosmtpd.handlers.Mailbox", str(folder)]
        command = [sys.executable, "-m", "aiosmtpd", "-n", "-d", "-l", f"127.0.0.1:{port}", *handler]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if "listening" in line.lower():
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def taken(self) -> list[EmailMessage]:
        files = sorted((self.folder / "new").iterdir())
        return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]  # type: ignore[misc]


@pytest.fixture
def post(tmp_path: Path, settings: Any) -> Iterator[Callable[[], Post]]:
    port, started = free_port(), []
    settings.CHANNELS = {"post": {"kind": "mail", "sender": "baton@county.example", "mailer": "post"}}
    smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
    settings.MAILERS = {"post": smtp | {"OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 10}}}

    def start() -> Post:
        started.append(Post(tmp_path / "post", port))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()


class Robot:
    """A web server that takes messages as group robots do; `answers` is what it says to the next ones."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, str]] = []
        robot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, said = robot.answers.pop(0) if robot.answers else (200, '{"errcode": 0, "errmsg": "ok"}')
                if status == 200 and "0" in said:
                    robot.taken.append((self.path, json.loads(body)))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
                self.wfile.write(said.encode())

            def log_message(self, *given: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/send?key=k"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def robot() -> Iterator[Robot]:
    ours = Robot()
    yield ours
    ours.server.shutdown()
    ours.server.server_close()


@pytest.fixture
def reached(user: User) -> User:
    user.email = "lin@county.example"
    user.save()
    return user


def tell(user: User) -> None:
    with acting(SYSTEM) as told:
        told.tell([user], "services.notice_job_done", job="柳林驿镇得分第三名", about="98.5")


def deliver(work_off: Off) -> Message:
    with acting(SYSTEM) as told:
        ask(told, "services.deliver_messages")
    work_off()
    return Message.objects.order_by("pk").last()  # type: ignore[return-value]


def test_a_mail_says_only_that_there_is_something_to_do(post: Callable[[], Post], reached: User, work_off: Off) -> None:
    server = post()
    tell(reached)
    message = deliver(work_off)
    assert (message.state, message.attempts) == ("sent", 1)
    (mail,) = server.taken()
    assert (mail["Subject"], mail["From"], mail["To"]) == ("有事请登录", "baton@county.example", "lin@county.example")
    assert mail.get_content().strip() == SAYS
    whole = mail.as_string() + mail["Subject"] + mail.get_content()
    assert not any(word in whole for word in (reached.name, "柳林驿镇", "98.5", "第三"))
    reached.language = "en"
    reached.save()
    tell(reached)
    deliver(work_off)
    assert {one["Subject"] for one in server.taken()} == {"有事请登录", "Please sign in"}


def test_a_server_that_is_away_is_tried_again_ever_later(
    post: Callable[[], Post], reached: User, work_off: Off, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(reached)
    message = deliver(work_off)
    assert (message.state, message.attempts, message.failure) == ("waiting", 1, "ConnectionRefusedError")
    assert message.next_at > clock.now() + timedelta(seconds=110)
    assert not anything_waits()
    assert deliver(work_off).attempts == 1, "not before its time"

    server, later = post(), clock.now() + timedelta(minutes=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert anything_waits()
    assert deliver(work_off).state == "sent"
    assert len(server.taken()) == 1


def test_after_so_many_attempts_it_is_given_up(
    post: Callable[[], Post], reached: User, work_off: Off, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(reached)
    Message.objects.update(attempts=7)
    message = deliver(work_off)
    assert (message.state, message.attempts) == ("failed", 8)
    assert not anything_waits()


def test_a_robot_tells_its_group_once_and_names_nobody(settings: Any, robot: Robot, user: User, work_off: Off) -> None:
    settings.CHANNELS = {"group": {"kind": "wecom", "url": robot.address}}
    tell(user)
    tell(user)
    assert deliver(work_off).state == "sent"
    assert robot.taken == [("/send?key=k", {"msgtype": "text", "text": {"content": SAYS}})]


def test_dingtalk_is_signed(settings: Any, robot: Robot, user: User, work_off: Off) -> None:
    settings.CHANNELS = {"group": {"kind": "dingtalk", "url": robot.address, "secret": "SEC1"}}
    tell(user)
    assert deliver(work_off).state == "sent"
    query = parse_qs(urlsplit(robot.taken[0][0]).query)
    moment = query["timestamp"][0]
    signed = hmac.new(b"SEC1", f"{moment}\nSEC1".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(signed).decode()]
    assert abs(clock.now().timestamp() - int(moment) / 1000) < 60


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ((200, '{"errcode": 93000}'), "errcode 93000"),
        ((200, "[]"), "errcode -"),
        ((200, "<html>"), "JSONDecodeError"),
        ((500, ""), "HTTPError"),
        ((302, ""), "HTTPError"),
    ],
)
def test_a_robot_that_refuses_is_tried_again(
    settings: Any, robot: Robot, user: User, work_off: Off, answer: tuple[int, str], failure: str
) -> None:
    settings.CHANNELS = {"group": {"kind": "wecom", "url": robot.address}}
    robot.answers.append(answer)
    tell(user)
    message = deliver(work_off)
    assert (message.state, message.failure) == ("waiting", failure)


def test_a_channel_that_was_turned_off_sends_nothing(settings: Any, robot: Robot, user: User, work_off: Off) -> None:
    settings.CHANNELS = {"group": {"kind": "wecom", "url": robot.address}}
    tell(user)
    settings.CHANNELS = {}
    message = deliver(work_off)
    assert (message.state, message.failure, robot.taken) == ("failed", "off", [])
