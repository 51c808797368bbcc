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


class SpecialState(StrEnum):
    """How far a special assessment is: figures come in and are checked, or its result is out."""

    OPEN = "open"
    PUBLISHED = "published"


class SpecialStage(StrEnum):
    """What an open special assessment waits for: figures, the units' check, its result."""

    REPORT = "report"
    CHECK = "check"
    RESULT = "result"


class SpecialCheckState(StrEnum):
    """What a unit says of the figures about it: nothing yet, that they are right, that one is wrong, and the answer."""

    OPEN = "open"
    SIGNED = "signed"
    CONTESTED = "contested"
    UPHELD = "upheld"
    REJECTED = "rejected"


class SpecialReportState(StrEnum):
    """How far a report is: nothing there, waiting, verified, sent back; `own`: whoever would verify it made it."""

    MISSING = "missing"
    WAITING = "waiting"
    VERIFIED = "verified"
    RETURNED = "returned"
    OWN = "own"


class SpecialVerdictState(StrEnum):
    """What a verifying department says of a report: it is right, or it goes back."""

    VERIFIED = "verified"
    RETURNED = "returned"
