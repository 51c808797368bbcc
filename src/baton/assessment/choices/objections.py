"""What a unit may object to in a published result, how far an objection is, and how it ended."""

from enum import StrEnum


class ObjectionKind(StrEnum):
    """What is held to be wrong: a figure, how a rule was applied, a deduction, the group, or something else."""

    FIGURE = "figure"
    RULE = "rule"
    DEDUCTION = "deduction"
    GROUP = "group"
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


WAITING = (ObjectionState.LODGED, ObjectionState.ASSIGNED, ObjectionState.OPINED)
"""States in which an answer is owed."""
