"""What the target checks read and what they say: monthly series in, flags out."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]


class FlagKind(StrEnum):
    """What a flag is about. A flag is a question to a person (建议核实), never a verdict."""

    LOW_TARGET = "low_target"
    EASY_POINTS = "easy_points"
    EMPTY = "empty_indicator"
    JUST_ABOVE = "just_above"
    LAST_MONTH = "last_month"
    TOO_SMOOTH = "too_smooth"
    COPIED = "copied"
    ROUNDED = "rounded"
    HELD_BACK = "held_back"
    OUT_OF_LINE = "out_of_line"
    RESTATED = "restated"
    SAME_EVIDENCE = "same_evidence"
    TWIN = "twin"
    BACKDATED = "backdated"
    DRIFT = "definition_drift"


@dataclass(frozen=True)
class Restatement:
    """A figure of an earlier month that was changed later: what the archive held before, what it holds now."""

    month: str
    before: float
    after: float


@dataclass(frozen=True, eq=False)
class Series:
    """What one unit reported for one indicator, month by month.

    months: `2023-01` and so on, rising, without doubles; T of them, over Y calendar years. reported (T,): the figure of
    the month itself (not the sum since January), NaN where nothing was reported. target (Y,): the target of each year
    that occurs in `months`, NaN where there is none. physical (T,): the linked physical figure (electricity, freight,
    water), None where nothing is linked. restated: changes of earlier figures. evidence (T): digest of the month's
    evidence file, "" for none. entered, deadline (T): when the figure was typed in and until when it was due, ISO 8601,
    "" for unknown. Empty tuples stand for "nothing known" of any month.

    yearly: how months become the year's figure that is held against the target: their sum, their mean, or the last.
    """

    unit: str
    group: str
    indicator: str
    months: tuple[str, ...]
    reported: Floats
    target: Floats
    physical: Floats | None = None
    restated: tuple[Restatement, ...] = ()
    evidence: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    deadline: tuple[str, ...] = ()
    yearly: Literal["sum", "mean", "last"] = "sum"

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years that occur in `months`, one for each place of `target`."""
        return tuple(sorted({int(month[:4]) for month in self.months}))


@dataclass(frozen=True)
class Flag:
    """Something worth checking (建议核实).

    `months` are the months it is about. `strength` orders flags: the larger, the sooner worth a visit; it is the number
    of zeros in the chance of such a figure under the honest model of its kind (-log10 p, at most 30). `evidence` holds
    the numbers the flag rests on, by name; their words are in the catalogue (`integrity.evidence_...`).
    """

    kind: str
    unit: str
    indicator: str
    months: tuple[str, ...]
    strength: float
    evidence: dict[str, float | str] = field(default_factory=dict)
