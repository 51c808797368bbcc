"""Who sees what: the roles of a person, as conditions that every queryset of this app starts from."""

from dataclasses import dataclass

from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import powers

OFFICE = frozenset({Role.OFFICE_HEAD, Role.OFFICE})
COUNTY_READERS = frozenset({Role.COUNTY_LEADER, Role.AUDITOR})
UNIT_ROLES = (Role.REPORTER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD, Role.VERIFIER)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person is to this app: of the office, a reader of the whole county, of units (their numbers).

    `member` are the units whose published results concern the person, whatever the role there. `roles`: county-wide.
    """

    office: bool
    county: bool
    units: frozenset[int]
    member: frozenset[int]
    roles: frozenset[Role]

    @property
    def everything(self) -> bool:
        """Whether figures and checks of all units are seen."""
        return self.office or self.county

    @property
    def anything(self) -> bool:
        """Whether the person has any business here."""
        return self.everything or bool(self.member)


def sight_of(user: User) -> Sight:
    """Give what a person sees today; one query."""
    found = powers(user, clock.today())
    return Sight(
        office=bool(found.county & OFFICE),
        county=bool(found.county & COUNTY_READERS),
        units=found.units_of(*UNIT_ROLES),
        member=found.units_of(*UNIT_ROLES, Role.OFFICIAL),
        roles=frozenset(found.county),
    )
