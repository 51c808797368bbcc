"""The figures that treatment works on: one whole number per unit, leaf and period, by columns and by rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import period_text
from baton.engine.plan.treated import denominators, step_for, treatable
from baton.engine.scheme.treatment import Denominate, Impute, Outliers, Screen, Step
from baton.words import Place, Problem

type Spot = tuple[int, int, int]
type Column = tuple[str, int]
type Known = dict[Spot, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in whole numbers of the reading plan's decimals (None: none), and whether a gap may be filled.

    A gap is not filled where no figure is due, a denominator is zero, or too few votes are valid.
    """

    x: int | None
    gap: bool = False


@dataclass(frozen=True)
class Scope:
    """What is treated. `plan` holds the scale of treated values, `reading` that of values as they come."""

    plan: Plan
    reading: Plan

    @cached_property
    def apart(self) -> frozenset[str]:
        """Indicators that others are divided by."""
        return denominators(self.plan.scheme)

    @cached_property
    def leaves(self) -> dict[int, Leaf]:
        """The leaves that some step is for, by key; a screen and means over rows look at all measured values."""
        whole = any(isinstance(step, Screen) or _of_rows(step) for step in self.plan.scheme.treatment)
        measured = {entry.indicator.code for entry in self.plan.entries if treatable(entry)}
        return {
            leaf.key: leaf
            for leaf in self.plan.leaves
            if leaf.indicator.code in measured
            and (self.changes(leaf) or (whole and leaf.indicator.code not in self.apart))
        }

    def changes(self, leaf: Leaf) -> bool:
        """Whether some step may change values of a leaf."""
        steps = (self.step(Denominate, leaf), self.step(Impute, leaf), self.step(Outliers, leaf))
        return any(step is not None for step in steps)

    @cached_property
    def read(self) -> dict[int, Leaf]:
        """The leaves whose figures are wanted: those that are treated, and their denominators."""
        return {
            leaf.key: leaf for leaf in self.plan.leaves if leaf.key in self.leaves or leaf.indicator.code in self.apart
        }

    def step[T: (Denominate, Impute, Outliers)](self, kind: type[T], leaf: Leaf) -> T | None:
        """Give the step of a kind that is for a leaf."""
        return step_for(self.plan.scheme, kind, leaf.indicator.code, self.apart)

    def columns(self, spots: Iterable[Spot], apart_by_group: bool = False) -> Iterator[tuple[str, list[Spot]]]:
        """Gather spots of one indicator and period over the units, groups together or apart, each in order of units."""
        found: dict[tuple[str, str, int], list[Spot]] = defaultdict(list)
        for spot in sorted(spots):
            leaf = self.leaves[spot[1]]
            found[leaf.indicator.code, leaf.group if apart_by_group else "", spot[2]].append(spot)
        for (code, _, _), column in sorted(found.items(), key=lambda pair: pair[0]):
            yield code, column

    def problem(self, code: str, spot: Spot, **params: object) -> Problem:
        """Name a unit, an indicator and a period."""
        unit, leaf = self.plan.units[spot[0]], self.plan.by_key[spot[1]]
        named = {
            "unit": unit.name,
            "indicator": f"{leaf.indicator.code} {leaf.indicator.name}",
            "period": period_text(self.plan.year, spot[2]),
        }
        return Problem(code, named | params, Place(field=f"{unit.code}/{leaf.indicator.code}"))


def _of_rows(step: Step) -> bool:
    return isinstance(step, Impute) and step.method == "row_mean"


def rows_of(spots: Iterable[Spot]) -> Mapping[tuple[int, int], list[Spot]]:
    """Gather spots of one unit and period."""
    found: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in sorted(spots):
        found[spot[0], spot[2]].append(spot)
    return found
