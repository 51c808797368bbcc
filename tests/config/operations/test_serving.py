"""The real server: says where it is, stops cleanly, is refused a used port, believes trusted proxies only."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.config.operations.installations import baton

from baton.config.cli.ending import Code, Unavailable
from baton.config.operations.in_use import is_at_work
from baton.config.operations.listening import addresses, is_outward, refuse_port, told_of_hosts
from baton.config.serving import usual_processes


@pytest.fixture
def home(ready_home: Path) -> Path:
    """A home of one's own, ready to serve."""
    return ready_home


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def served(
    home: Path, address: str = "http://127.0.0.1", processes: int | None = None, **environment: str
) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Run `baton serve` on a port of its own, once it has said that it serves at this address."""
    port = free_port()
    given = {**os.environ, "BATON_HOME": str(home), "DATABASE_URL": "", "BATON_LANGUAGE": "zh", **environment}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "baton", "serve", "--port", str(port)]
    command += [] if processes is None else ["--processes", str(processes)]
    with subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        while said[-1] and "Ctrl-C" not in said[-1]:
            said.append(process.stdout.readline())
        assert address in "".join(said)
        try:
            yield port, process
        finally:
            process.kill()


def ask(port: int, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    return answer


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_says_where_it_is_and_stops_cleanly(home: Path, number: signal.Signals) -> None:
    with served(home) as (port, process):
        assert ask(port, "GET", "/healthz").status == 200
        assert ask(port, "GET", "/readyz").status == 200
        assert is_at_work(home)
        refused = baton(home, "serve", "--port", port)
        assert refused.returncode == Code.ENVIRONMENT
        assert f"{port}" in refused.stderr
        assert "--port" in refused.stderr
        process.send_signal(number)
        said, _ = process.communicate(timeout=60)
        assert "已停止" in said
        assert "Traceback" not in said
        assert process.returncode == 0
    assert not is_at_work(home)


def children(number: int) -> int:
    """Count the processes that the server keeps to answer; the worker beside it is no such one."""
    words = ["ps", "-ww", "--no-headers", "-o", "args", "--ppid", str(number)]
    lines = subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()
    return sum(" serve " in line or "spawn_main" in line for line in lines)


@pytest.mark.parametrize("processes", [1, 3])
def test_when_the_server_is_killed_nothing_goes_on_answering(home: Path, processes: int) -> None:
    with served(home, processes=processes) as (port, process):
        assert children(process.pid) == processes
        assert ask(port, "GET", "/healthz").status == 200
        process.kill()
        assert process.stdout is not None
        process.stdout.read()  # to its end, which comes when the last process that holds it is gone
        refuse_port("127.0.0.1", port)


def send_form(port: int, origin: str, **headers: str) -> tuple[int, str]:
    """Open the sign-in page and send its choice of language; gives the status and the cookies."""
    page = ask(port, "GET", "/sign-in", **headers)
    cookies = "; ".join(page.headers.get_all("Set-Cookie") or [])
    token = cookies.partition("csrftoken=")[2].partition(";")[0]
    form = urlencode({"language": "en", "next": "/sign-in", "csrfmiddlewaretoken": token})
    kind = "application/x-www-form-urlencoded"
    sent = ask(
        port, "POST", "/language", form, Cookie=f"csrftoken={token}", Origin=origin, Content_Type=kind, **headers
    )
    return sent.status, cookies


@pytest.mark.parametrize(("proxies", "status"), [("127.0.0.1", 302), ("10.9.9.9", 403)])
def test_only_a_trusted_proxy_is_believed(home: Path, proxies: str, status: int) -> None:
    log = home / "baton.log"
    names = {"BATON_HTTPS": "1", "BATON_HOSTS": "zhb.example", "BATON_PROXIES": proxies, "BATON_LOG_FILE": str(log)}
    with served(home, "https://zhb.example/", **names) as (port, _):
        headers = {"Host": "zhb.example", "X_Forwarded_For": "10.1.2.3", "X_Forwarded_Proto": "https"}
        found, cookies = send_form(port, "https://zhb.example", **headers)
    assert "Secure" in cookies
    assert found == status
    lines = log.read_text()
    assert re.search(r" GET /sign-in 200 \d+ms$", lines, re.M)
    assert "10.1.2.3" not in lines


def test_on_postgresql_every_core_answers_and_on_sqlite_one_process() -> None:
    assert usual_processes("django.db.backends.sqlite3") == 1
    assert usual_processes("django.db.backends.postgresql") == len(os.sched_getaffinity(0))


def test_a_port_that_is_used_or_not_ours_is_refused_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Unavailable, match=r"operations\.port_used"):
            refuse_port("127.0.0.1", taken.getsockname()[1])
    for host in ("203.0.113.7", "no such host"):
        with pytest.raises(Unavailable, match=r"operations\.address_not_here"):
            refuse_port(host, 8000)


def test_the_addresses_to_open_are_those_that_lead_here() -> None:
    known = ["localhost", "127.0.0.1", "[::1]", "zhb.example"]
    assert addresses("127.0.0.1", 8000, known, https=False) == ["http://127.0.0.1:8000/"]
    assert addresses("0.0.0.0", 8000, known, https=False) == ["http://127.0.0.1:8000/", "http://zhb.example:8000/"]
    assert addresses("::1", 8000, known, https=False) == ["http://[::1]:8000/"]
    assert addresses("127.0.0.1", 8000, known, https=True) == ["https://zhb.example/"]


def test_a_port_that_others_reach_under_no_name_is_told() -> None:
    here = ["localhost", "127.0.0.1", "[::1]"]
    assert [one.code for one in told_of_hosts("0.0.0.0", here)] == ["operations.hosts_missing"]
    assert not told_of_hosts("0.0.0.0", [*here, "zhb.example"])
    assert not told_of_hosts("127.0.0.1", here)
    assert (is_outward("localhost"), is_outward("::1"), is_outward("10.1.2.3")) == (False, False, True)
