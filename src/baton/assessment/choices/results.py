"""Runs of the engine and what results are shown as."""

from enum import StrEnum


class RunKind(StrEnum):
    """What a run is for: a look before figures are complete, a trial of the office, the month's result."""

    PREVIEW = "preview"
    TRIAL = "trial"
    OFFICIAL = "official"


class RunState(StrEnum):
    """How a run ended."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Light(StrEnum):
    """A traffic light; its word and shape are in the catalogue, colour is never alone."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


class Movement(StrEnum):
    """What a control chart says of the newest month (XmR): within the usual, better or worse than it, too short."""

    USUAL = "usual"
    BETTER = "better"
    WORSE = "worse"
    TOO_SHORT = "too_short"
