"""Indicators: what is measured, who reports and checks it, and the rule that turns figures into points."""

from typing import Literal

from pydantic import Field

from baton.engine.rules import Rule
from baton.engine.terms import (
    Aggregation,
    Code,
    Direction,
    Evidence,
    Frequency,
    Missing,
    Name,
    Number,
    Record,
    Reporter,
    Window,
    ZeroDenominator,
)
from baton.engine.values import Direct, Value


class Target(Record):
    """Where the target comes from and how it is spread over the year.

    `value`: one target for all (None: reported per unit as the figure `target`). `frequency`: how often it is reported:
    `year` is one annual target; anything finer is added up over the window like the value itself.
    `spread`: `whole` compares with the annual target, `proportional` with month/12 of it, `profile` with the
    cumulative share of the month in `profile` (12 shares, last = 1).
    """

    value: Number | None = None
    frequency: Frequency = Frequency.YEAR
    spread: Literal["whole", "proportional", "profile"] = "whole"
    profile: tuple[Number, ...] = ()


class Indicator(Record):
    """One indicator, the leaf of the tree under the node `parent`.

    Points or weight: `points` by group (`*`: every group) under a sum; under a mean the same map holds the weights
    and `full` the leaf's own full mark (None: the parent's). Groups not named do not carry the indicator;
    `units` narrows it to single units (individual goals).
    Figures are reported under `series` (None: the indicator's own code), so that two indicators can use one series.
    `figures` gives the printed names of the figures the rule reads (`actual: 已核验节点`), for templates and notes.
    `decimals`: of the reported figure and of every value derived from it.
    `reviewer` checks the figures where the lead department is itself assessed by them.
    `hooks` names what the indicator hangs on (codes of `tasks`); one at least is required for publication.
    """

    code: Code
    name: Name
    parent: Code
    points: dict[Code, Number] = Field(default_factory=dict)
    full: Number | None = Field(default=None, gt=0)
    units: tuple[Code, ...] = ()
    unit: str = ""
    direction: Direction = Direction.HIGHER
    rule: Rule
    value: Value = Direct()
    target: Target = Target()
    series: Code | None = None
    figures: dict[Code, Name] = Field(default_factory=dict)
    decimals: int | None = Field(default=None, ge=0, le=12)
    frequency: Frequency = Frequency.YEAR
    aggregation: Aggregation = Aggregation.SUM
    window: Window = Window.PERIOD
    missing: Missing = Missing.REQUIRED
    assumed: Number | None = None
    zero_denominator: ZeroDenominator = ZeroDenominator.REQUIRED
    lead: Code | None = None
    source: str = ""
    reporter: Reporter = Reporter.LEAD_DEPARTMENT
    evidence: Evidence = Evidence.NONE
    reviewer: Code | None = None
    hooks: tuple[Code, ...] = ()
    definition: str = ""
    accepts_preliminary: bool = True
    decimals_of_points: int | None = Field(default=None, ge=0, le=9)

    @property
    def series_code(self) -> str:
        """The series its figures are reported under."""
        return self.series or self.code
