"""What apps let be found, each kind with the rows that somebody may see; an app says so in its `registers.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet

from baton.core.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """What is found of one object: its title, a line below it, further words it is found by.

    `reference` is what the address of its page is made of.
    """

    title: str
    detail: str = ""
    text: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of object that can be found. `code`: the words for the kind.

    `rows`: all of them with what `entry` needs; `visible`: those a person may see. `follows`: tables whose words an
    entry carries too, each with the field that leads there, so that a unit's new name reaches its people.
    """

    model: type[models.Model]
    code: str
    rows: Callable[[], QuerySet[Any]]
    visible: Callable[[User], QuerySet[Any]]
    entry: Callable[[Any], Entry]
    follows: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name of the kind in tables."""
        return self.model._meta.label_lower


_KINDS: dict[str, Searchable] = {}


def register_searchable(kind: Searchable) -> None:
    """Let objects of a kind be found; in answers the kinds stand in the order in which they were registered."""
    if kind.label in _KINDS:
        msg = f"{kind.label} is registered twice"
        raise ValueError(msg)
    _KINDS[kind.label] = kind


def searchables() -> dict[str, Searchable]:
    """Give all kinds, by the name they have in tables."""
    return dict(_KINDS)
