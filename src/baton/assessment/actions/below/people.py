"""Whom something is told: the people who have a role in a unit today."""

from collections.abc import Iterable

from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment, Unit

OF_UNIT = (Role.REPORTER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD)


def people_in(units: Iterable[Unit | int | None], *roles: Role) -> list[User]:
    """Give the people who have one of several roles in some units today."""
    numbers = {one.pk if isinstance(one, Unit) else one for one in units if one is not None}
    rows = Assignment.objects.on(clock.today()).filter(unit__in=numbers, role__in=[role.value for role in roles])
    return list({row.user_id: row.user for row in rows.select_related("user")}.values())


def county_people(*roles: Role) -> list[User]:
    """Give the people who have one of several roles for the whole county today."""
    rows = Assignment.objects.on(clock.today()).filter(unit__isnull=True, role__in=[role.value for role in roles])
    return list({row.user_id: row.user for row in rows.select_related("user")}.values())
