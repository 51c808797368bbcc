"""Yearly targets: whose turn it is, what was done, what may be worth checking, and changes asked for in the year."""

from enum import StrEnum


class TargetState(StrEnum):
    """How far a target is: the unit proposes, the lead department answers, the unit answers, agreed, fixed."""

    OPEN = "open"
    PROPOSED = "proposed"
    COUNTERED = "countered"
    AGREED = "agreed"
    FIXED = "fixed"


class TargetStepKind(StrEnum):
    """What was done with a target; `taken_over`: it stood already when targets were called for."""

    TAKEN_OVER = "taken_over"
    PROPOSED = "proposed"
    COUNTERED = "countered"
    ACCEPTED = "accepted"
    FLAG_ANSWERED = "flag_answered"
    FLAG_WAIVED = "flag_waived"
    FIXED = "fixed"
    RULED = "ruled"
    ADJUSTED = "adjusted"


ABOUT_FLAGS = frozenset({TargetStepKind.FLAG_ANSWERED, TargetStepKind.FLAG_WAIVED})
"""Steps after which the number on the table is the same."""


class Stretched(StrEnum):
    """What the chance of reaching a proposed target makes worth checking; the other kinds are `FlagKind`."""

    LOW = "stretch_low"
    FAR = "stretch_far"


class Adding(StrEnum):
    """How the units' targets make the county's: added up, or averaged where the indicator is a rate."""

    SUM = "sum"
    MEAN = "mean"


class AdjustmentState(StrEnum):
    """How far a change in the year is that was asked for."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
