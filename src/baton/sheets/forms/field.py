"""One field of a reporting form: a figure of a series, what its cells may hold, and which units it is asked of."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from baton.engine.scheme.indicators import Indicator
from baton.engine.terms import Frequency, Reporter


class Sort(StrEnum):
    """What the cells of a field hold: a number, whole votes, 是 or 否, the word of a level, one of a few amounts."""

    NUMBER = "number"
    VOTES = "votes"
    TRUTH = "truth"
    LEVEL = "level"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Field:
    """A figure that is reported.

    `name`: its printed name without unit; `unit`: the unit of measure it is wanted in (may be empty); `choices`: the
    words (TRUTH, LEVEL) or amounts (AMOUNT) a cell may hold, with what they stand for; `least`: the least number taken,
    `decimals`: the most decimals (None: any); `optional`: a blank is no missing report (items of a list that differs by
    unit); `target`: the annual target of an indicator whose figures come more often, so that it stands in no monthly
    form; `indicators`: those that read it, the first is the one it is shown under; `units`: codes of the units it is
    asked of, in the scheme's order.
    """

    series: str
    figure: str
    name: str
    unit: str
    sort: Sort
    frequency: Frequency
    indicators: tuple[Indicator, ...]
    units: tuple[str, ...]
    choices: Mapping[str, Decimal]
    least: Decimal | None = None
    decimals: int | None = None
    optional: bool = False
    target: bool = False

    @property
    def key(self) -> str:
        """Its name in mapping files: series, dot, figure."""
        return f"{self.series}.{self.figure}"

    @property
    def indicator(self) -> Indicator:
        """The indicator it is shown under."""
        return self.indicators[0]

    @property
    def lead(self) -> str | None:
        """The lead department."""
        return self.indicator.lead

    @property
    def reporter(self) -> Reporter:
        """Who reports it."""
        return self.indicator.reporter

    @property
    def heading(self) -> str:
        """Its printed name with the unit of measure behind it."""
        shown = self.unit if self.sort in (Sort.NUMBER, Sort.VOTES) else ""
        return f"{self.name}（{shown}）" if shown else self.name
