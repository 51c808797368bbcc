"""SQLite: one file, copied by the library's own backup (sqlite.org/backup.html), which writers need not wait for."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from baton.config.cli.ending import Unavailable
from baton.config.operations.database.kept import Kind, Migration
from baton.words import Place, Problem, Refused

_MOST_FAULTS = 5
_PRIMARY = 0xFF
"""The part of a result code that all its extended codes share (sqlite.org/rescode.html)."""

_OF_SYSTEM = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
}
_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class SQLite:
    """A database in a file."""

    path: Path

    @property
    def kind(self) -> Kind:
        """Say that it is SQLite."""
        return Kind.SQLITE

    @property
    def name(self) -> str:
        """Give the path of the file."""
        return str(self.path)

    def version(self) -> str:
        """Give the version of the library that Python brought."""
        return sqlite3.sqlite_version

    def applied(self) -> frozenset[Migration]:
        """Read the steps taken; none where there is no file or no table."""
        if self.is_empty():
            return frozenset()
        with self._reading() as connection:
            if not _has(connection, "django_migrations"):
                return frozenset()
            return frozenset(connection.execute("SELECT app, name FROM django_migrations"))

    def is_empty(self) -> bool:
        """Tell whether there is no file, or one without tables; one that is damaged is not empty."""
        if not self.path.exists():
            return True
        try:
            with self._reading() as connection:
                return not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        except Refused:
            return False

    def others(self) -> int:
        """Give 0: SQLite does not know; the lock of the home tells (`in_use`)."""
        return 0

    def at_work(self) -> int:
        """Give 0: all who work on it are on this machine, where the lock of the home tells (`in_use`)."""
        return 0

    def alone(self) -> AbstractContextManager[None]:
        """Need nothing: the lock of the home does it."""
        return nullcontext()

    def size(self) -> int:
        """Give the bytes of the file and of its log."""
        return sum(path.stat().st_size for path in self._all() if path.exists())

    def can_copy(self) -> None:
        """Need nothing: the library copies."""

    def can_put(self) -> None:
        """Need nothing: the file is moved."""

    def copy(self, target: Path) -> None:
        """Copy into a new file and go through the copy for damage."""
        with self._reading() as source:
            copy_soundly(source, target, self.name)

    @contextmanager
    def put(self, source: Path, aside: str) -> Iterator[None]:
        """Move a copy into place; the file that stood there moves into the folder `aside` of the home, log and all."""
        kept = self.path.parent / aside
        moved = [path for path in self._all() if path.exists()]
        if moved:
            kept.mkdir(mode=0o700, exist_ok=True)
        try:
            for path in moved:
                path.rename(kept / path.name)
            source.rename(self.path)
            yield
        except BaseException:
            for path in self._all():
                path.unlink(missing_ok=True)
            for path in moved:
                if (kept / path.name).exists():
                    (kept / path.name).rename(path)
            raise

    def forget_sign_ins(self) -> None:
        """Empty the table of sessions, where there is one."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            if _has(connection, "django_session"):
                connection.execute("DELETE FROM django_session")

    def _all(self) -> list[Path]:
        return [self.path, *(self.path.with_name(self.path.name + end) for end in _BESIDE)]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, timeout=20)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise _said(error, self.name) from error


def copy_soundly(source: sqlite3.Connection, target: Path, name: str) -> None:
    """Copy an open database into a new file of the owner's; raises `Refused` where it is damaged."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise _said(error, name) from error
    check_sound(target, name)


def check_sound(path: Path, name: str) -> None:
    """Go through a database for damage (`PRAGMA integrity_check`, and references that lead nowhere)."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
            found += [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlite3.Error as error:
        raise _said(error, name) from error
    found = [one for one in found if one != "ok"][:_MOST_FAULTS]
    if found:
        raise Refused([Problem("operations.database_damaged", {"detail": "; ".join(found)}, Place(file=name))])


def _said(error: sqlite3.Error, name: str) -> Exception:
    """Say what the system refused as the system does, a lock as a database that is away, and the rest as damage."""
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    number = _OF_SYSTEM.get(code)
    if number is not None:
        return OSError(number, os.strerror(number), name)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Unavailable(Problem("operations.database_away", {"name": name, "detail": str(error)}))
    return Refused([Problem("operations.database_damaged", {"detail": str(error)}, Place(file=name))])


def _has(connection: sqlite3.Connection, table: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchall())
