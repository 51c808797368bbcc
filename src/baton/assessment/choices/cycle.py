"""The month, its windows, and where a figure came from."""

from enum import StrEnum


class MonthState(StrEnum):
    """How far a month is: figures are coming in, it is scored, its result is out."""

    OPEN = "open"
    SCORED = "scored"
    PUBLISHED = "published"


class Stage(StrEnum):
    """What a window is open for: to report, to verify, to check what was reported about oneself."""

    REPORT = "report"
    VERIFY = "verify"
    CHECK = "check"


class FigureSource(StrEnum):
    """How a figure came in: typed, out of a workbook, through the API, from another module, from earlier years."""

    TYPED = "typed"
    WORKBOOK = "workbook"
    API = "api"
    SYSTEM = "system"
    EARLIER = "earlier"


class Absent(StrEnum):
    """Why a figure holds no number: it was reported as not there, or taken back as if never reported."""

    NONE = "none"
    WITHDRAWN = "withdrawn"


class BatchKind(StrEnum):
    """What brought figures in together."""

    GRID = "grid"
    WORKBOOK = "workbook"
    API = "api"
    SYSTEM = "system"
    CORRECTION = "correction"
    EARLIER = "earlier"
    TARGET = "target"
    UNDO = "undo"
