"""A real database that goes away and comes back: pages say so, and the next one does not fail."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg import sql

from people import make_user

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server() -> Iterator[psycopg.Connection[tuple[object, ...]] | None]:
    """The database's server, asked through a database of its own; None on SQLite, whose file no server can withhold."""
    if connection.vendor != "postgresql":
        yield None
        return
    given = settings.DATABASES["default"]
    parts = {"host": given["HOST"] or None, "port": given["PORT"] or None, "user": given["USER"] or None}
    with closing(
        psycopg.connect(dbname="postgres", password=given["PASSWORD"] or None, autocommit=True, **parts)
    ) as one:
        yield one


def cut(server: psycopg.Connection[tuple[object, ...]], allowed: bool) -> None:
    """End everybody's connection to the tests' database, and let nobody in, or everybody again."""
    name = str(connection.settings_dict["NAME"])
    words = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
    server.execute(words.format(sql.Identifier(name), sql.SQL("true" if allowed else "false")))
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def test_pages_and_calls_say_so_while_it_is_away(server: psycopg.Connection[tuple[object, ...]] | None) -> None:
    if server is None:
        return
    browser = Client(raise_request_exception=False)
    browser.force_login(make_user())
    assert browser.get("/account").status_code == 200
    cut(server, allowed=True)
    connection.close()
    assert browser.get("/account").status_code == 200, "connections that broke meanwhile are noticed"
    try:
        cut(server, allowed=False)
        connection.close()
        answer = browser.get("/")
        assert answer.status_code == 503
        assert "数据库暂时连不上" in answer.content.decode()
        called = Client(raise_request_exception=False).get("/api/v1/units", headers={"Authorization": "Bearer baton_x"})
        assert (called.status_code, called.json()["problems"][0]["code"]) == (503, "api.database_away")
        assert int(called.headers["Retry-After"]) > 0
        signed_in = browser.get("/api/v1/units", headers={"Authorization": "Bearer baton_x"})
        assert (signed_in.status_code, signed_in.json()["problems"][0]["code"]) == (503, "api.database_away")
        assert browser.get("/readyz").status_code == 503
        assert browser.get("/healthz").status_code == 200
    finally:
        cut(server, allowed=True)
        connection.close()
    assert browser.get("/account").status_code == 200
