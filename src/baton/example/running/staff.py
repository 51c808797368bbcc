"""Who enters, puts on, signs and verifies for each unit: read from the roles that the county's people have."""

from collections.abc import Mapping
from dataclasses import dataclass

from baton.core.acting import Actor
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of a unit: its clerk, its verifier, its leader in charge, its head."""

    clerk: Actor
    verifier: Actor
    deputy: Actor
    head: Actor


def staff_of_units() -> Mapping[int, Staff]:
    """Give the people of every unit that has a clerk, by the unit's number; where nobody verifies the clerk does."""
    found: dict[int, dict[Role, User]] = {}
    rows = Assignment.objects.filter(unit__isnull=False).select_related("user").order_by("pk")
    for row in rows:
        if row.unit_id is not None:
            found.setdefault(row.unit_id, {}).setdefault(Role(row.role), row.user)
    return {unit: _staff(roles) for unit, roles in found.items() if Role.REPORTER in roles}


def _staff(roles: Mapping[Role, User]) -> Staff:
    clerk = roles[Role.REPORTER]
    wanted = (Role.REPORTER, Role.VERIFIER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD)
    return Staff(*(Actor(roles.get(role, clerk)) for role in wanted))
