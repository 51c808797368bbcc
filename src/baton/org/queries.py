"""Reads of units, people and roles, each starting at who asks."""

from dataclasses import dataclass
from datetime import date

from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment, Unit


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


@dataclass(frozen=True, slots=True)
class Powers:
    """What a person may do on a day: roles for the whole county, and roles in units by the unit's number."""

    county: frozenset[Role]
    units: frozenset[tuple[Role, int]]

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of several roles, anywhere."""
        return bool(self.county & set(roles)) or any(role in roles for role, _ in self.units)

    def units_of(self, *roles: Role) -> frozenset[int]:
        """Numbers of the units in which the person has one of several roles."""
        return frozenset(unit for role, unit in self.units if role in roles)


def powers(user: User, day: date) -> Powers:
    """Give what a person may do on a day; of an account that is closed nothing."""
    if not user.is_active:
        return Powers(frozenset(), frozenset())
    rows = Assignment.objects.filter(user=user).on(day).values_list("role", "unit_id")
    return Powers(
        frozenset(Role(role) for role, unit in rows if unit is None),
        frozenset((Role(role), unit) for role, unit in rows if unit is not None),
    )
