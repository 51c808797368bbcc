"""Work that lies with a person: each app above says in its `registers.py` what it is, how much, and how it passes on.

Most work lies with a unit and a role, and passes on with the role by itself; this is for what names a person.
"""

from collections.abc import Callable
from dataclasses import dataclass

from baton.core.acting import Told
from baton.core.models import User


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A kind of work. `code`: its words in the catalogue.

    `count` tells how much lies with a person; `pass_on` gives all of it to another, within the action that is given.
    """

    code: str
    count: Callable[[User], int]
    pass_on: Callable[[User, User, Told], None]


_KINDS: dict[str, WorkKind] = {}


def register_work(kind: WorkKind) -> None:
    """Add a kind of work; raises `ValueError` for one that is there."""
    if kind.code in _KINDS:
        msg = f"work of kind {kind.code} is registered twice"
        raise ValueError(msg)
    _KINDS[kind.code] = kind


def kinds_of_work() -> tuple[WorkKind, ...]:
    """Give all kinds."""
    return tuple(_KINDS.values())


def open_work(user: User) -> dict[str, int]:
    """Tell how much work lies with a person, by the code of its kind; kinds of which there is none are left out."""
    counted = {kind.code: kind.count(user) for kind in _KINDS.values()}
    return {code: count for code, count in counted.items() if count}
