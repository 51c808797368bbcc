"""How a command ends: its exit code, and the problem that says why."""

import errno
from enum import IntEnum

from baton.words import Place, Problem, Refused

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR}


class Code(IntEnum):
    """Exit codes of the command line; 130 is what shells give for Ctrl-C (128 + SIGINT)."""

    GOOD = 0
    INPUT = 1
    USAGE = 2
    ENVIRONMENT = 3
    FAULT = 4
    INTERRUPTED = 130


class Misused(Refused):
    """A call that is wrong in itself, whatever its input holds."""


class Unavailable(Exception):  # noqa: N818 - the name says what happened
    """The machine lacks something the command needs: a library, a runtime, a file system with room."""

    def __init__(self, problem: Problem) -> None:
        self.problems = (problem,)
        super().__init__(problem.code)


def ending_of(error: BaseException) -> tuple[Code, tuple[Problem, ...]]:
    """Give the exit code for an error that ended a command, and the problems to show."""
    if isinstance(error, Misused):
        return Code.USAGE, error.problems
    if isinstance(error, Refused):
        return Code.INPUT, error.problems
    if isinstance(error, Unavailable):
        return Code.ENVIRONMENT, error.problems
    if isinstance(error, KeyboardInterrupt):
        return Code.INTERRUPTED, (Problem("config.interrupted"),)
    if isinstance(error, MemoryError):
        return Code.ENVIRONMENT, (Problem("config.memory_full"),)
    if isinstance(error, OSError):
        return Code.ENVIRONMENT, (_of_system(error),)
    return Code.FAULT, (Problem("config.fault", {"kind": type(error).__name__, "detail": str(error)}),)


def _of_system(error: OSError) -> Problem:
    """Say what the operating system refused."""
    place = Place(file=str(error.filename or ""))
    number = error.errno
    if number in FULL:
        return Problem("config.disk_full", {}, place)
    if number in _FORBIDDEN:
        return Problem("config.not_permitted", {}, place)
    if number in _NOT_THERE:
        return Problem("config.not_found", {"given": place.file or str(error)}, place)
    return Problem("config.system_refused", {"detail": error.strerror or str(error)}, place)
