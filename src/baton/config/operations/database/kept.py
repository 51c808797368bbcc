"""What both databases can do for an operator."""

import re
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import Protocol

type Migration = tuple[str, str]
"""App and name of a step of the schema, as Django's table `django_migrations` has them."""


class Kind(StrEnum):
    """The databases that Baton runs on."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def main_version(version: str) -> int:
    """Give the first number of a version, `15` of `15.18` and of `15beta1`."""
    return int(re.match(r"\d+", version)[0])  # type: ignore[index]


class Database(Protocol):
    """A database of an installation, without Django: it can be asked before its schema is known."""

    @property
    def kind(self) -> Kind:
        """Which database it is."""

    @property
    def name(self) -> str:
        """How people call it: the path of the file, or `host/name`; never with a password."""

    def version(self) -> str:
        """Give the version of its program. Raises `Unavailable` where it does not answer."""

    def applied(self) -> frozenset[Migration]:
        """Give the steps of the schema that were taken; none for an empty database."""

    def is_empty(self) -> bool:
        """Tell whether nothing stands in it, not even tables."""

    def others(self) -> int:
        """Count the connections that others hold at this moment, as far as the database can tell."""

    def at_work(self) -> int:
        """Count the connections of Baton's servers and workers, those of other machines too, as far as it can tell."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep others, on other machines too, from changing the schema meanwhile; raises `Refused` while one does."""

    def size(self) -> int:
        """Give the bytes it takes."""

    def can_copy(self) -> None:
        """Raise `Unavailable` where a program that `copy` needs is missing."""

    def can_put(self) -> None:
        """Raise `Unavailable` where a program that `put` needs is missing."""

    def copy(self, target: Path) -> None:
        """Write what stands in it at one moment into a new file, sound; others go on working.

        Raises `Refused` where it is damaged, `Unavailable` where a program is missing, `OSError`.
        """

    def put(self, source: Path, aside: str) -> AbstractContextManager[None]:
        """Put a copy in its place; what stood there is kept under `aside`, and comes back if the block fails."""

    def forget_sign_ins(self) -> None:
        """Sign everybody out, for what was ended since a backup must not live again."""
