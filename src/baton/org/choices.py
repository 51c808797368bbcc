"""The closed vocabularies of units and roles; their words are in the catalogue (`org.role_...`, `org.change_...`)."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do, in a unit or for the whole county.

    The three administrators are separate powers: accounts and settings, rights, and the reading of the audit chain;
    nobody has two of them (GB/T 22239-2019, three-power separation).
    """

    OFFICE_HEAD = "office_head"
    OFFICE = "office"
    VERIFIER = "verifier"
    REPORTER = "reporter"
    LEADER_IN_CHARGE = "leader_in_charge"
    UNIT_HEAD = "unit_head"
    COUNTY_LEADER = "county_leader"
    OFFICIAL = "official"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""Separate powers; a second factor is required of each."""
COUNTY_WIDE = frozenset({Role.OFFICE_HEAD, Role.OFFICE, Role.COUNTY_LEADER, Role.AUDITOR, *ADMINISTRATORS})
"""Roles that are not tied to one unit's affairs."""
SEES_ITS_PEOPLE = frozenset({Role.VERIFIER, Role.REPORTER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD})
"""Roles in a unit whose work passes from hand to hand there, so that they must know who the others are."""
LENDS_NOTHING = frozenset({Role.OFFICIAL, Role.AUDITOR, *ADMINISTRATORS})
"""Roles that cannot be lent: one's own record, the outside look, and the three powers."""


class ChangeKind(StrEnum):
    """What can happen to units."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"


class RequestState(StrEnum):
    """How far a role that was asked for has got."""

    OPEN = "open"
    GIVEN = "given"
    DECLINED = "declined"


class ImportKind(StrEnum):
    """What comes in by workbook."""

    UNITS = "units"
    ACCOUNTS = "accounts"
    DAYS = "days"


class ImportState(StrEnum):
    """How far a workbook has got: tried and found wrong, tried and ready, taken, taken back."""

    REFUSED = "refused"
    READY = "ready"
    TAKEN = "taken"
    UNDONE = "undone"


MAY_IMPORT = {
    ImportKind.UNITS: frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ImportKind.ACCOUNTS: frozenset({Role.SYSTEM_ADMINISTRATOR}),
    ImportKind.DAYS: frozenset({Role.OFFICE, Role.OFFICE_HEAD}),
}
"""Who may bring in what."""
