"""Probes, error pages and logs: plain words, one number for page and log, and nobody's data."""

import logging
import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from baton.config.logs import logging_of
from baton.core.models import User
from baton.web.operations import probes
from baton.web.operations.logs import PlainFormatter
from baton.words import Problem, Refused
from people import PASSWORD

HAN = re.compile(r"[\u4e00-\u9fff]")
NUMBER = re.compile(r"[2-9CFGHJMPQRVWX]{4}-[2-9CFGHJMPQRVWX]{4}")
SECRET = "林小满的密码"


class Driver(Exception):  # noqa: N818 - as a database's driver names what it met
    """What a driver raises, with the codes of PostgreSQL or SQLite."""

    def __init__(self, **codes: str) -> None:
        super().__init__(SECRET)
        self.__dict__.update(codes)


LOST = {
    "gone": Driver(),
    "shut": Driver(sqlstate="57P01"),
    "waited": Driver(sqlstate="55P03"),
    "busy": Driver(sqlite_errorname="SQLITE_BUSY"),
    "full": Driver(sqlite_errorname="SQLITE_FULL"),
    "no_table": Driver(sqlite_errorname="SQLITE_ERROR"),
    "no_memory": Driver(sqlstate="XX000"),
}


def lost(how: str) -> Exception:
    found = OperationalError(SECRET)
    found.__cause__ = LOST[how]
    return found


_REFUSALS = {"denied": PermissionDenied, "absent": Http404, "odd": SuspiciousOperation, "broken": ValueError}


@login_not_required
def failing(request: HttpRequest, how: str, whose: str) -> HttpResponse:
    """Fail in one of the ways in which pages fail."""
    raise lost(how) if how in LOST else _REFUSALS[how](SECRET)


urlpatterns = [path("", include("baton.web.urls")), path("fail/<how>/<whose>", failing, name="fail")]
handler400 = "baton.web.operations.errors.bad_request"
handler403 = "baton.web.operations.errors.forbidden"
handler404 = "baton.web.operations.errors.not_found"
handler500 = "baton.web.operations.errors.fault"


@pytest.fixture
def visitor() -> Client:
    """A browser that gets error pages, as people do."""
    return Client(raise_request_exception=False)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The lines of the log."""
    kept: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(self.format(record))

    handler = Kept(logging.DEBUG)
    handler.setFormatter(PlainFormatter())
    root, access = logging.getLogger(), logging.getLogger("baton.access")
    before = root.level, access.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    access.setLevel(logging.INFO)
    yield kept
    root.removeHandler(handler)
    root.setLevel(before[0])
    access.setLevel(before[1])


def test_alive_asks_nothing(visitor: Client) -> None:
    # Without the mark that allows a database, any query fails this test.
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    answer = visitor.get("/healthz", headers={"host": "10.9.8.7"})
    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_when_the_database_is(visitor: Client) -> None:
    assert visitor.get("/readyz").json() == {"ready": True, "database": True, "schema": True}


@pytest.mark.django_db
def test_not_ready_with_steps_pending(visitor: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'org'")
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": True, "schema": False})


def test_not_ready_without_a_database(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError(SECRET)

    monkeypatch.setattr(probes, "MigrationExecutor", away)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "database": False})


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("how", "status"), [("odd", 400), ("denied", 403), ("absent", 404), ("broken", 500)])
def test_an_error_page_is_plain_and_has_the_number_of_the_log(
    visitor: Client, lines: list[str], how: str, status: int, language: str
) -> None:
    visitor.cookies["language"] = language
    answer = visitor.get(f"/fail/{how}/{SECRET}")
    page = answer.content.decode()
    assert answer.status_code == status
    number = NUMBER.search(page)
    assert number is not None
    assert answer.headers["X-Reference"] == number[0]
    assert [line for line in lines if number[0] in line and f" {status} " in line], lines
    assert SECRET not in page + "\n".join(lines)
    assert bool(HAN.search(page.replace("中文", ""))) is (language == "zh")
    assert "style=" not in page
    assert "Content-Security-Policy" in answer.headers


@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_is_logged_with_its_places_and_without_its_words(visitor: Client, lines: list[str]) -> None:
    visitor.get(f"/fail/broken/{SECRET}?name={SECRET}")
    logged = "\n".join(lines)
    assert "builtins.ValueError" in logged
    assert re.search(r"test_operations\.py:\d+ failing", logged)
    assert "GET /fail/<how>/<whose> 500" in logged
    assert SECRET not in logged


@override_settings(ALLOWED_HOSTS=["localhost"])
def test_an_unknown_host_is_refused_in_words(visitor: Client, lines: list[str]) -> None:
    answer = visitor.get("/sign-in", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "没有看懂" in answer.content.decode()
    assert "elsewhere" not in "\n".join(lines)


@pytest.mark.django_db
def test_a_form_that_is_too_old_says_how_to_keep_what_was_typed(user: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/sign-in", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 403
    assert "后退" in answer.content.decode()


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("how", ["gone", "shut", "waited", "busy", "full"])
def test_a_database_that_is_away_or_busy_is_told_as_such(
    visitor: Client, lines: list[str], how: str, language: str
) -> None:
    visitor.cookies["language"] = language
    answer = visitor.get(f"/fail/{how}/{SECRET}?a=1")
    page = unescape(answer.content.decode())
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert ("数据库暂时连不上" if language == "zh" else "cannot be reached just now") in page
    assert f'href="{answer.wsgi_request.get_full_path()}" data-unsaved' in page
    assert SECRET not in "\n".join(lines)
    assert bool(HAN.search(page.replace("中文", ""))) is (language == "zh")


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("how", ["no_table", "no_memory", "broken"])
def test_a_fault_of_ours_is_not_taken_for_a_lost_database(visitor: Client, how: str) -> None:
    assert visitor.get(f"/fail/{how}/x").status_code == 500


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("came", "again"),
    [
        ("http://testserver/report/2026-09/D2?only=HOT", "/report/2026-09/D2?only=HOT"),
        ("http://elsewhere.example/trap", "/"),
        ("", "/"),
    ],
)
def test_after_a_form_one_is_led_back_to_its_page_and_nowhere_else(visitor: Client, came: str, again: str) -> None:
    answer = visitor.post("/fail/gone/x", {"a": "1"}, headers={"referer": came} if came else None)
    assert answer.status_code == 503
    assert f'<a class="button button-main" href="{again}"' in unescape(answer.content.decode())


def test_pages_tell_of_a_lost_database_in_words(visitor: Client) -> None:
    """No database is allowed in this test, as if it were away: the page comes all the same."""
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "不是您的操作有误" in answer.content.decode()


@pytest.mark.django_db
def test_the_log_of_requests_names_no_person(client: Client, user: User, lines: list[str]) -> None:
    client.force_login(user)
    client.get("/units?search=林小满", REMOTE_ADDR="10.3.2.1")
    (line,) = [line for line in lines if "baton.access" in line]
    assert re.search(rf"INFO {NUMBER.pattern} baton\.access GET /units 200 \d+ms$", line)
    assert not [one for one in (user.name, user.username, "10.3.2.1") if one in "\n".join(lines)]


def test_codes_of_problems_and_of_the_database_are_logged() -> None:
    class DuplicateError(Exception):
        sqlstate = "23505"

    said = PlainFormatter().formatException((DuplicateError, DuplicateError(SECRET), None))
    assert said.endswith("DuplicateError 23505")
    refused = Refused([Problem("web.home_title", {"name": SECRET})])
    assert PlainFormatter().formatException((Refused, refused, None)).endswith("Refused web.home_title")


def test_lines_of_requests_are_kept_in_a_file_only() -> None:
    assert logging_of("baton.log", "WARNING")["loggers"]["baton.access"]["level"] == "INFO"
    assert logging_of("", "WARNING")["loggers"]["baton.access"]["level"] == "WARNING"
