"""Reads of units: the tree of a day, and what a page of one unit shows."""

from dataclasses import dataclass
from datetime import date

from baton.core.models import User
from baton.org.models import Unit


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree: `depth` 0 is a root."""

    unit: Unit
    depth: int


def tree(user: User, day: date) -> list[Branch]:
    """Give the units of a day that a person may see, parents before children, in the order of the official list."""
    below: dict[int | None, list[Unit]] = {}
    units = list(Unit.objects.visible_to(user).on(day))
    there = {unit.pk for unit in units}
    for unit in units:
        parent = unit.parent_id if unit.parent_id in there else None
        below.setdefault(parent, []).append(unit)
    return list(_walk(below, None, 0))


def _walk(below: dict[int | None, list[Unit]], parent: int | None, depth: int) -> list[Branch]:
    found = []
    for unit in below.get(parent, ()):
        found += [Branch(unit, depth), *_walk(below, unit.pk, depth + 1)]
    return found
