"""A full disk told in the words of who met it: where room is wanted, and what was kept from happening."""

from collections.abc import Iterator
from contextlib import contextmanager

from baton.config.cli.ending import FULL, Unavailable
from baton.words import Problem


@contextmanager
def where_full(problem: Problem) -> Iterator[None]:
    """Raise `Unavailable` with a problem of one's own where the block meets a full disk or a quota."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Unavailable(problem) from error
