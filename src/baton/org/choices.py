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


class ChangeKind(StrEnum):
    """What can happen to units."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
