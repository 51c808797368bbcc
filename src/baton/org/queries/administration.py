"""The platform's three powers, as roles give them (`settings.POWERS` names this)."""

from datetime import date

from baton.core.choices import Power
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries.access import powers

_BY_ROLE = {
    Role.SYSTEM_ADMINISTRATOR: Power.SYSTEM,
    Role.SECURITY_ADMINISTRATOR: Power.SECURITY,
    Role.AUDIT_ADMINISTRATOR: Power.AUDIT,
}


def administration(user: User, day: date) -> frozenset[Power]:
    """Give the powers of administration that a person has on a day."""
    mine = powers(user, day)
    return frozenset(power for role, power in _BY_ROLE.items() if mine.has(role))
