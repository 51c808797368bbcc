"""Files that only their owner may read, written whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRandom
from pathlib import Path

from baton.words import Place, Problem, Refused


@contextmanager
def private_file(target: Path) -> Iterator[BufferedRandom]:
    """Give a new file (mode 0600) to write; it gets its name when the block ends well, and vanishes otherwise.

    Raises `Refused` where the name is taken: what is kept is never written over.
    """
    refuse_taken(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        refuse_taken(target)
        partial.rename(target)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(target)) from error
    finally:
        partial.unlink(missing_ok=True)


def refuse_taken(target: Path) -> None:
    """Raise `Refused` where a file has this name."""
    if target.exists():
        raise Refused([Problem("operations.name_taken", {}, Place(file=str(target)))])
