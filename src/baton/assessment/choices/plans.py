"""The plan of assessments: what an item is, how often it comes, and how far it is."""

from enum import StrEnum


class PlanKind(StrEnum):
    """What an item of the plan is: 督查, 检查, 考核."""

    INSPECTION = "inspection"
    CHECK = "check"
    ASSESSMENT = "assessment"


class Rhythm(StrEnum):
    """How often an item comes to a unit within its days."""

    ONCE = "once"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


class PlanState(StrEnum):
    """How far an item is: proposed, approved under a filing number, returned with the reason, or called off."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    CANCELLED = "cancelled"
