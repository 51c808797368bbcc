"""What a person may do on a day, and the door in front of every action.

An action begins with `require(by.user, Role.OFFICE)` or `require(by.user, Role.REPORTER, unit=unit)`. The system itself
(no user) may do everything: jobs and the command line have been let in already.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment, Unit
from baton.words import Place, Problem, Refused, Word


@dataclass(frozen=True, slots=True)
class Powers:
    """What a person may do on a day: roles for the whole county, and roles in units by the unit's number."""

    county: frozenset[Role]
    units: frozenset[tuple[Role, int]]

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of several roles, anywhere."""
        return bool(self.county & set(roles)) or any(role in roles for role, _ in self.units)

    def has_in(self, unit: int, *roles: Role) -> bool:
        """Whether the person has one of several roles in a unit (by its number) or county-wide.

        What one may do in a township one may not do in its villages, nor the other way round.
        """
        return bool(self.county & set(roles)) or any(role in roles and at == unit for role, at in self.units)

    def units_of(self, *roles: Role) -> frozenset[int]:
        """Numbers of the units in which the person has one of several roles."""
        return frozenset(unit for role, unit in self.units if role in roles)


_KEPT = "powers_kept"


def keep_powers(user: User) -> None:
    """Let what a user may do be looked up once for as long as this object lives: for one request."""
    setattr(user, _KEPT, {})


def powers(user: User, day: date) -> Powers:
    """Give what a person may do on a day; of an account that is closed nothing."""
    if not user.is_active:
        return Powers(frozenset(), frozenset())
    return asked_once(user, day, lambda: _looked_up(user, day))


def asked_once[Found](user: User, what: object, ask: Callable[[], Found]) -> Found:
    """Give the answer to a question about a user; asked once a request (`keep_powers`), elsewhere each time."""
    kept: dict[object, Any] | None = getattr(user, _KEPT, None)
    if kept is None:
        return ask()
    if what not in kept:
        kept[what] = ask()
    found: Found = kept[what]
    return found


def _looked_up(user: User, day: date) -> Powers:
    rows = Assignment.objects.filter(user=user).on(day).order_by().values_list("role", "unit_id")
    return Powers(
        frozenset(Role(role) for role, unit in rows if unit is None),
        frozenset((Role(role), unit) for role, unit in rows if unit is not None),
    )


def may(user: User | None, *roles: Role, unit: Unit | None = None) -> bool:
    """Whether somebody may do today what one of these roles may do: in this unit, or (None) anywhere."""
    if user is None:
        return True
    mine = powers(user, clock.today())
    return mine.has(*roles) if unit is None else mine.has_in(unit.pk, *roles)


def require(user: User | None, *roles: Role, unit: Unit | None = None) -> None:
    """Refuse whoever has none of these roles today; raises `Refused` that names each role that would do."""
    if may(user, *roles, unit=unit):
        return
    place = Place(field="by")
    named = [Word(f"org.role_{role.value}") for role in roles]
    if unit is None:
        raise Refused([Problem("org.needs_role", {"role": role}, place) for role in named])
    raise Refused([Problem("org.needs_role_in", {"role": role, "unit": unit.name}, place) for role in named])
