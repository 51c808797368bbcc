"""What an indicator loses by a matter, and the figures and scores that adjustments change before the tree is summed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.adjust import Outcome
from baton.engine.backends import Backend
from baton.engine.exact.figures import Figures
from baton.engine.exact.leaf import compares
from baton.engine.exact.outcome import decide
from baton.engine.flags import Happened
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import first_month, last_month, period_text, periods
from baton.engine.scheme.adjustments import Event
from baton.engine.steps.keys import CELL, KEY
from baton.engine.terms import Aggregation, Window, plain
from baton.engine.tree.share import share_of_total
from baton.words import Place, Problem, Refused

type Frame = nw.LazyFrame[Any]
type Row = tuple[int, int, int, int | None, int | None]
type Spot = tuple[int, int, int]


@dataclass
class Matters:
    """Figures of a year that belong to matters, read once: (unit, indicator) -> (leaf, period, x, target) rows."""

    plan: Plan
    events: Sequence[Event]
    rows: dict[tuple[str, str], list[tuple[Leaf, int, int, int | None]]] = field(default_factory=dict)

    def read(self, values: Frame, backend: Backend) -> None:
        """Collect the figures that events point at."""
        wanted = {(event.unit, event.item) for event in self.events}
        leaves = [leaf for leaf in self.plan.leaves if any(leaf.indicator.code == item for _, item in wanted)]
        units = [self.plan.unit_numbers[unit] for unit, _ in wanted if unit in self.plan.unit_numbers]
        if leaves and units:
            here = values.filter(nw.col("leaf").is_in([leaf.key for leaf in leaves]) & nw.col("u").is_in(units))
            self.take(backend.collect(here.select("u", "leaf", "at", "x", "t")).iter_rows())

    def take(self, rows: Iterable[Row]) -> None:
        """Take figures as unit number, leaf key, period, value and target (whole numbers of 10^-decimals)."""
        for u, key, at, x, t in sorted(rows, key=lambda row: row[:3]):
            leaf = self.plan.by_key[key]
            if x is not None:
                self.rows.setdefault((self.plan.units[u].code, leaf.indicator.code), []).append((leaf, at, x, t))

    def cost(self, unit: str, indicator: str, events: Sequence[Event]) -> Decimal:
        """Points of the total that an indicator loses because the quantities of these events are in its figure.

        Measured on the unit's own leaves with and without them, in every period they count in, times what a point of
        the leaf is worth at the root. An indicator whose rule compares units has no cost of its own: it gives way.
        """
        lost = Fraction(0)
        for leaf, at, x, t in self.rows.get((unit, indicator), ()):
            contained = self._contained(leaf, at, events)
            if not contained or compares(leaf):
                continue
            with_it = decide(self.plan, leaf, at, Figures(x, t))
            relieved = decide(self.plan, leaf, at, Figures(x - contained, t))
            if isinstance(with_it, int) and isinstance(relieved, int):
                worth = share_of_total(self.plan, leaf, self.plan.unit_numbers[unit], at)
                lost += (relieved - with_it) * worth
        points = lost / 10**self.plan.scheme.decimals
        return Decimal(points.numerator) / Decimal(points.denominator)

    def _contained(self, leaf: Leaf, at: int, events: Iterable[Event]) -> int:
        """What these events put into a leaf's value in a period, in whole numbers of 10^-decimals."""
        return sum(self._whole(leaf, event) for event in events if self._counts(leaf, at, event))

    def _counts(self, leaf: Leaf, at: int, event: Event) -> bool:
        """Whether an event lies in a period: in its months, or before its end where figures run up over the year."""
        if event.on is None:
            return True
        runs = leaf.indicator.window is Window.YEAR_TO_DATE or leaf.indicator.aggregation is Aggregation.LAST
        month = event.on.month
        return event.on.year == self.plan.year and (runs or first_month(at) <= month) and month <= last_month(at)

    @staticmethod
    def _whole(leaf: Leaf, event: Event) -> int:
        """The quantity in the leaf's value; the event's `level` names the figure where there are several."""
        feeds = [feed for feed in leaf.feeds if feed.role == "value"]
        chosen = next((feed for feed in feeds if feed.figure == event.level), None if event.level else feeds[0])
        factor = chosen.factor if chosen else Decimal(0)
        return int(((event.quantity or Decimal(0)) * factor).scaleb(leaf.decimals))

    def less(self, outcome: Outcome) -> dict[Spot, int]:
        """What is taken out of the value of each unit number, leaf key and period.

        Raises `Refused` where a figure does not hold what is registered as part of it.
        """
        freed: dict[tuple[str, str], list[Event]] = {}
        for event in outcome.freed:
            freed.setdefault((event.unit, event.item), []).append(event)
        found: dict[Spot, int] = {}
        problems = []
        for (unit, indicator), events in freed.items():
            for leaf, at, x, _ in self.rows.get((unit, indicator), ()):
                contained = self._contained(leaf, at, events)
                if contained > x >= 0:
                    problems.append(self._lacking(unit, leaf, at, x, contained))
                if contained:
                    found[self.plan.unit_numbers[unit], leaf.key, at] = contained
        if problems:
            raise Refused(problems)
        return found

    def _lacking(self, unit: str, leaf: Leaf, at: int, x: int, contained: int) -> Problem:
        value, quantity = (plain(Decimal(number).scaleb(-leaf.decimals)) for number in (x, contained))
        params = {
            "unit": self.plan.units[self.plan.unit_numbers[unit]].name,
            "indicator": f"{leaf.indicator.code} {leaf.indicator.name}",
            "period": period_text(self.plan.year, at),
            "value": value,
            "quantity": quantity,
        }
        return Problem("engine.event_not_in_figure", params, Place(field=f"{unit}/{leaf.indicator.code}"))

    def released(self, values: Frame, outcome: Outcome, backend: Backend) -> Frame:
        """Take released quantities out of the figures."""
        table = [(*spot, contained) for spot, contained in self.less(outcome).items()]
        if not table:
            return values
        names = {**dict.fromkeys(CELL, KEY), "less": pl.Int64}
        joined = values.join(backend.frame(pl.DataFrame(table, schema=names, orient="row")), on=list(CELL), how="left")
        less = nw.coalesce("less", nw.lit(0, dtype=nw.Int64))
        return joined.with_columns(x=nw.col("x") - less).drop("less")

    def zeroed(self, outcome: Outcome) -> frozenset[tuple[int, int]]:
        """Pairs of unit number and leaf key that a veto sets to zero."""
        return frozenset(
            (self.plan.unit_numbers[unit], leaf.key)
            for unit, indicator in outcome.zeroed
            for leaf in self.plan.leaves
            if leaf.indicator.code == indicator and unit in self.plan.unit_numbers
        )

    def flagged(self, rows: Frame, outcome: Outcome, backend: Backend) -> Frame:
        """Set to zero what a veto zeroes, and mark what a matter released."""
        by_key, released = self.plan.by_key, set(self.less(outcome))
        zeroed = {(u, key, at) for u, key in self.zeroed(outcome) for at in periods(by_key[key].frequency)}
        if not zeroed and not released:
            return rows
        table = [
            (*spot, int(_mark(spot in zeroed, spot in released)), int(spot not in zeroed))
            for spot in sorted(zeroed | released)
        ]
        names = {**dict.fromkeys(CELL, KEY), "mark": pl.Int64, "keep": pl.Int64}
        joined = rows.join(backend.frame(pl.DataFrame(table, schema=names, orient="row")), on=list(CELL), how="left")
        return joined.with_columns(
            points=nw.col("points") * nw.coalesce("keep", nw.lit(1, dtype=nw.Int64)),
            flags=nw.col("flags") + nw.coalesce("mark", nw.lit(0, dtype=nw.Int64)),
        ).drop("mark", "keep")


def _mark(zeroed: bool, released: bool) -> Happened:
    mark = Happened.ZEROED_BY_VETO if zeroed else Happened.NOTHING
    return mark | Happened.SAME_MATTER if released else mark
