"""What a list shows and by what it can be narrowed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `code`: its heading in the catalogue. `value` gives text, number or date of a row.

    `order`: fields of the database by which the column sorts; empty: it does not. `address` of a row makes its cell a
    link. `number`: digits stand under each other, to the right. `template`: draws the cell instead of plain text (the
    row is `row`); the export takes `value` all the same.
    """

    name: str
    code: str
    value: Callable[[Any], object]
    order: tuple[str, ...] = ()
    address: Callable[[Any], str] | None = None
    number: bool = False
    template: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: what stands in the address, and the words for it."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to narrow a list. Without `choices` it is a text to look for.

    `apply` gives the rows that a value leaves; a value that is none of the choices leaves the list as it is.
    """

    name: str
    code: str
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    choices: Sequence[Choice] = ()
