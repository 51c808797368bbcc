"""PostgreSQL: copied by `pg_dump` in one snapshot, put back by `pg_restore` in one transaction.

What stood there before a restore moves aside as a schema of another name in the same database: that needs no right to
create databases, and nothing is copied.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from baton.config.cli.ending import Unavailable
from baton.config.operations.database.kept import Kind, Migration, main_version
from baton.config.operations.database.programs import program_of, run_program
from baton.words import Place, Problem, Refused

ASIDE = "before_*"
_WAIT_SECONDS = "10"


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A database on a server; all of Baton's tables stand in the schema `public`."""

    host: str
    port: str
    database: str
    user: str
    password: str = field(repr=False)

    @property
    def kind(self) -> Kind:
        """Say that it is PostgreSQL."""
        return Kind.POSTGRESQL

    @property
    def name(self) -> str:
        """Give host and name."""
        return f"{self.host or 'localhost'}/{self.database}"

    def version(self) -> str:
        """Ask the server."""
        return str(self._one("SHOW server_version")).partition(" ")[0]

    def applied(self) -> frozenset[Migration]:
        """Read the steps taken; none where there is no table."""
        with self._connected() as connection:
            if not _has(connection, "django_migrations"):
                return frozenset()
            rows = connection.execute("SELECT app, name FROM public.django_migrations").fetchall()
        return frozenset((str(app), str(name)) for app, name in rows)

    def is_empty(self) -> bool:
        """Tell whether the schema holds no table."""
        return not self._one("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")

    def others(self) -> int:
        """Count the clients of this database, ourselves left out."""
        return int(self._one(_OTHERS))

    def at_work(self) -> int:
        """Count the connections that bear the name under which pages and workers connect (`config.database`)."""
        return int(self._one(_AT_WORK))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold an advisory lock for as long as the connection lives: it ends with the process, however that ends."""
        with self._connected() as connection:
            row = connection.execute(_TAKE_ALONE).fetchone()
            if row is None or not row[0]:
                raise Refused([Problem("operations.home_locked", {}, Place(file=self.name))])
            yield

    def size(self) -> int:
        """Ask the server for the bytes."""
        return int(self._one("SELECT pg_database_size(current_database())"))

    def can_copy(self) -> None:
        """Look for pg_dump."""
        program_of("pg_dump", self._main_version())

    def can_put(self) -> None:
        """Look for pg_restore."""
        program_of("pg_restore", self._main_version())

    def copy(self, target: Path) -> None:
        """Dump everything but what earlier restores have set aside."""
        path = program_of("pg_dump", self._main_version())
        target.touch(mode=0o600, exist_ok=False)
        wanted = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
        run_program(path, [*wanted, f"--exclude-schema={ASIDE}", f"--file={target}"], self._environment())

    @contextmanager
    def put(self, source: Path, aside: str) -> Iterator[None]:
        """Rename the schema `public` to `aside`, fill a new one, and rename it back if anything fails."""
        path = program_of("pg_restore", self._main_version())
        full = not self.is_empty()
        if full:
            self._run(_RENAME, sql.Identifier("public"), sql.Identifier(aside))
            self._run(sql.SQL("CREATE SCHEMA public"))
        try:
            wanted = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
            run_program(path, [*wanted, f"--dbname={self.database}", str(source)], self._environment())
            yield
        except BaseException:
            self._run(sql.SQL("DROP SCHEMA public CASCADE"))
            if full:
                self._run(_RENAME, sql.Identifier(aside), sql.Identifier("public"))
            else:
                self._run(sql.SQL("CREATE SCHEMA public"))
            raise

    def forget_sign_ins(self) -> None:
        """Empty the table of sessions, where there is one."""
        with self._connected() as connection:
            if _has(connection, "django_session"):
                connection.execute("DELETE FROM public.django_session")

    def _main_version(self) -> int:
        return main_version(self.version())

    def _environment(self) -> dict[str, str]:
        given = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": self.database,
            "PGCONNECT_TIMEOUT": _WAIT_SECONDS,
        }
        return {name: value for name, value in given.items() if value}

    def _one(self, asked: LiteralString) -> Any:
        """Ask for one value."""
        with self._connected() as connection:
            row = connection.execute(asked).fetchone()
        return None if row is None else row[0]

    def _run(self, statement: sql.SQL, *names: sql.Identifier) -> None:
        with self._connected() as connection:
            connection.execute(statement.format(*names))

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Open a connection whose work is kept when the block ends well."""
        try:
            connection = psycopg.connect(
                host=self.host or None,
                port=self.port or None,
                dbname=self.database,
                user=self.user or None,
                password=self.password or None,
                connect_timeout=int(_WAIT_SECONDS),
                options="-c lock_timeout=10000",
            )
        except psycopg.OperationalError as error:
            detail = str(error).strip().splitlines()[-1]
            raise Unavailable(Problem("operations.database_away", {"name": self.name, "detail": detail})) from error
        with connection:
            yield connection


_OTHERS: LiteralString = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
_AT_WORK: LiteralString = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'baton' AND pid <> pg_backend_pid()"
)
_TAKE_ALONE: LiteralString = "SELECT pg_try_advisory_lock(hashtext('baton schema'))"
_RENAME = sql.SQL("ALTER SCHEMA {} RENAME TO {}")


def _has(connection: psycopg.Connection[tuple[Any, ...]], table: str) -> bool:
    return bool(connection.execute("SELECT 1 WHERE to_regclass(%s) IS NOT NULL", [f"public.{table}"]).fetchall())
