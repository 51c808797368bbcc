"""What each kind of workbook brings along: how it is tried, taken and taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from baton.core.acting import Told
from baton.org.rules.imports import Change, Plan


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of workbook.

    `read` tries a file (content, name) against what is known today and writes nothing; `take` writes changes within
    the transaction of an action; `undo` takes them back, and raises `Refused` where somebody has built on them.
    """

    read: Callable[[bytes, str], Plan]
    take: Callable[[list[Change], Told], None]
    undo: Callable[[list[Change], Told], None]
