"""What a unit may object to in a result, how far an objection is, how it ended, and what that does to an event."""

from enum import StrEnum


class ObjectionKind(StrEnum):
    """What is held to be wrong: a figure, how a rule was applied, an event of the ledger (a bonus, deduction or veto).

    Or the group, the standing of a year (its place or grade), or something else.
    """

    FIGURE = "figure"
    RULE = "rule"
    DEDUCTION = "deduction"
    GROUP = "group"
    GRADE = "grade"
    OTHER = "other"


class ObjectionState(StrEnum):
    """How far it is: written and not signed, lodged, put to a department, its opinion given, decided, taken back."""

    DRAFTED = "drafted"
    LODGED = "lodged"
    ASSIGNED = "assigned"
    OPINED = "opined"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class ObjectionOutcome(StrEnum):
    """How it was decided."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


class Remedy(StrEnum):
    """What an upheld objection does to an event: it is taken back, counts otherwise, or counts after all (a claim)."""

    TAKEN_BACK = "taken_back"
    CHANGED = "changed"
    COUNTED = "counted"


WELL_FOUNDED = (ObjectionOutcome.UPHELD, ObjectionOutcome.PARTLY)
"""Outcomes that are to be carried out."""
WAITING = (ObjectionState.LODGED, ObjectionState.ASSIGNED, ObjectionState.OPINED)
"""States in which an answer is owed."""
