"""Everything that the page of one unit shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from baton.core.models import User
from baton.org.models import Assignment, Person, Unit, UnitChange, UnitName


@dataclass(frozen=True, slots=True)
class Called:
    """A name and its days, None: not known, or still."""

    name: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit with its history, and with those of its people and roles that the person who asks may see."""

    unit: Unit
    names: Sequence[Called]
    aliases: Sequence[str]
    changes: Sequence[UnitChange]
    below: Sequence[Unit]
    people: Sequence[Person]
    roles: Sequence[Assignment]


def unit_view(user: User, code: str, day: date) -> UnitView | None:
    """Give the page of a unit by its code, None where there is none that the person may see."""
    unit = Unit.objects.visible_to(user).select_related("parent").filter(code=code).first()
    if unit is None:
        return None
    names = list(UnitName.objects.visible_to(user).filter(unit=unit))
    changes = UnitChange.objects.visible_to(user).filter(Q(before=unit) | Q(after=unit)).distinct()
    roles = Assignment.objects.visible_to(user).filter(unit=unit).on(day)
    return UnitView(
        unit,
        called(unit, [one for one in names if not one.alias]),
        [one.name for one in names if one.alias],
        list(changes.prefetch_related("before", "after")),
        list(Unit.objects.visible_to(user).on(day).filter(parent=unit)),
        list(Person.objects.visible_to(user).filter(unit=unit).select_related("user")),
        list(roles.select_related("user", "delegated_from__user").order_by("role", "user__name")),
    )


def called(unit: Unit, names: Sequence[UnitName]) -> list[Called]:
    """Give the names of a unit over time, the newest first; a unit never renamed has the one of today."""
    if not names:
        return [Called(unit.name, unit.valid_from, unit.valid_to)]
    found = [Called(one.name, one.valid_from, one.valid_to or unit.valid_to) for one in names]
    return sorted(found, key=lambda one: one.first or date.min, reverse=True)
