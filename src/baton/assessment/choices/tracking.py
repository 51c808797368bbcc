"""Lagging work."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What lags: an indicator with a figure, or a task without one."""

    INDICATOR = "indicator"
    TASK = "task"


class ItemState(StrEnum):
    """How a tracked item stands: open, closed by figures, closed by a decision."""

    OPEN = "open"
    CAUGHT_UP = "caught_up"
    DECIDED = "decided"


class TrackStep(StrEnum):
    """What happened to a tracked item."""

    OPENED = "opened"
    ANSWERED = "answered"
    REMINDED = "reminded"
    REDATED = "redated"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"
    CLOSED = "closed"


class Consequence(StrEnum):
    """What lagging may lead to, once a person confirms it: listed, a deduction proposed, a talk."""

    LISTED = "listed"
    DEDUCTION = "deduction"
    TALK = "talk"
