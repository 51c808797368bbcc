"""Installations of our own: a home in a folder, with a small database in SQLite or on a PostgreSQL server."""

import os
import resource
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from baton.config.database import database_of
from baton.config.operations.database import Migration, database_at
from baton.config.operations.installation import Installation
from baton.config.secrets import secret_of
from ready import ready_on

STEPS: frozenset[Migration] = frozenset({("core", "0001_initial"), ("org", "0001_initial")})
FILE = b"evidence\n"
FILE_NAME = "5a/5a8ae6c48d9f4a9cd2c6b9a4f1c5d8a3"
MOMENT = datetime(2026, 9, 30, 15, 0, tzinfo=UTC)
_TABLES = (
    "CREATE TABLE django_migrations (app text, name text)",
    "INSERT INTO django_migrations VALUES ('core', '0001_initial'), ('org', '0001_initial')",
    "CREATE TABLE django_session (session_key text)",
    "INSERT INTO django_session VALUES ('somebody')",
    "CREATE TABLE figure (value integer)",
    "INSERT INTO figure VALUES (1)",
)


def server() -> str:
    """Give the address of the PostgreSQL that tests may make databases on; empty: none."""
    for name in ("BATON_POSTGRES", "BATON_TEST_DATABASE"):
        if os.environ.get(name, "").startswith("postgres"):
            return os.environ[name]
    return ""


@contextmanager
def database_on_server(*, ready: bool = False) -> Iterator[str]:
    """Make a database on the server, give its address, and drop it; `ready`: with the schema as it is now."""
    name = f"test_{secrets.token_hex(6)}"
    source = f" TEMPLATE {ready_on(server())}" if ready else ""
    with closing(psycopg.connect(server(), autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name}{source}")
        try:
            yield f"{server().rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def installed(home: Path, url: str = "", known: frozenset[Migration] = STEPS) -> Installation:
    """Give an installation in a folder, with keys and nothing else."""
    home.mkdir(parents=True, exist_ok=True)
    for name in ("sign", "second-factor"):
        secret_of(home, name)
    database = database_at(database_of(url, home))
    return Installation(home, home / "files", database, known, clock=lambda: MOMENT)


def filled(place: Installation) -> Installation:
    """Give it two steps of a schema, a figure and a file."""
    for statement in _TABLES:
        asked(place, statement)
    path = place.files / FILE_NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(FILE)
    return place


def asked(place: Installation, statement: str) -> list[Any]:
    """Run a statement on the database itself; gives its rows."""
    database: Any = place.database
    if not hasattr(database, "host"):
        import sqlite3

        with closing(sqlite3.connect(database.path)) as connection, connection:
            connection.execute("PRAGMA journal_mode=WAL")
            return connection.execute(statement).fetchall()
    parts = {"host": database.host, "port": database.port, "dbname": database.database, "user": database.user}
    with psycopg.connect(**parts, password=database.password or None) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def url_of(place: Installation) -> str:
    """Give the address of its database as DATABASE_URL has it."""
    database: Any = place.database
    if not hasattr(database, "host"):
        return ""
    return f"postgresql://{database.user}:{database.password}@{database.host}:{database.port}/{database.database}"


def figures(place: Installation) -> list[int]:
    """List the figures that stand in the database."""
    return [row[0] for row in asked(place, "SELECT value FROM figure ORDER BY value")]


def baton(
    home: Path, *words: object, url: str = "", limit: int = resource.RLIM_INFINITY, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, on a home of its own; `limit`: bytes that a file of it may take."""
    given = {**os.environ, "BATON_HOME": str(home), "DATABASE_URL": url, "BATON_LANGUAGE": "zh", **environment}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "baton", *map(str, words)]

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(command, env=given, capture_output=True, text=True, check=False, preexec_fn=limited)
