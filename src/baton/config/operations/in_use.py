"""Who works in a home: any number of servers and workers together, or one command that needs it alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files import locks

from baton.words import Place, Problem, Refused

_LOCK = "in-use"
_UNFINISHED = "restore-unfinished"


@contextmanager
def at_work(home: Path) -> Iterator[None]:
    """Work in a home beside others, as `serve` and `worker` do.

    Raises `Refused` while somebody has it alone, and after a restore that did not come to its end.
    """
    refuse_unfinished(home)
    with (home / _LOCK).open("a") as file:
        if not _locked(file, locks.LOCK_SH):
            raise Refused([Problem("operations.home_locked", {}, Place(file=str(home)))])
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have a home for oneself; raises `Refused` while a server or worker of this machine is at work in it."""
    with (home / _LOCK).open("a") as file:
        if not _locked(file, locks.LOCK_EX):
            raise Refused([Problem("operations.home_in_use", {}, Place(file=str(home)))])
        yield


def is_at_work(home: Path) -> bool:
    """Tell whether a server or worker of this machine is at work in a home."""
    try:
        with alone(home):
            return False
    except Refused:
        return True


@contextmanager
def unfinished(home: Path) -> Iterator[None]:
    """Mark a home while it holds half of a restore. A fault takes everything back; after `kill -9` the mark stays."""
    mark = home / _UNFINISHED
    mark.touch(mode=0o600)
    try:
        yield
    finally:
        mark.unlink()


def refuse_unfinished(home: Path) -> None:
    """Raise `Refused` where a restore was killed half-way."""
    if is_unfinished(home):
        raise Refused([Problem("operations.restore_unfinished", {}, Place(file=str(home)))])


def is_unfinished(home: Path) -> bool:
    """Tell whether a restore was killed half-way."""
    return (home / _UNFINISHED).exists()


def _locked(file: IO[str], flags: int) -> bool:
    return locks.lock(file, flags | locks.LOCK_NB)
