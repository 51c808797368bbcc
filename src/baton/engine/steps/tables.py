"""Small tables of a plan that the stages join: units, feeds, windows of periods, spread of targets."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

import polars as pl

from baton.engine.plan import Plan
from baton.engine.plan.calendar import MONTHS, YEAR, frequency_of, last_month, parts_of, periods, texts
from baton.engine.plan.leaf import Entry, Leaf, feed_frequency
from baton.engine.rules import Feed
from baton.engine.steps.keys import KEY
from baton.engine.terms import Aggregation, Frequency, Window

_FINER = {Frequency.MONTH: 0, Frequency.QUARTER: 1, Frequency.YEAR: 2}

Way = Literal["direct", "yearly", "merged", "annual_target"]


@dataclass(frozen=True)
class FeedRow:
    """One figure read by one entry.

    `way`: read as it stands (direct), merged over the whole year (yearly) or over windows of it (merged), or an annual
    target that stands beside every period.
    """

    entry: int
    number: int
    series: str
    feed: Feed
    factor: int
    way: Way
    aggregation: Aggregation
    preliminary: bool


class Tables:
    """The small tables of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.leaf_of_entry: dict[int, Leaf] = {}
        for leaf in plan.leaves:
            self.leaf_of_entry.setdefault(leaf.key % len(plan.entries), leaf)

    @cached_property
    def units(self) -> pl.DataFrame:
        """Unit (code), u (number), base (group number x number of entries)."""
        plan = self.plan
        return pl.DataFrame(
            {
                "unit": [unit.code for unit in plan.units],
                "u": range(len(plan.units)),
                "base": [plan.group_numbers[unit.group or ""] * len(plan.entries) for unit in plan.units],
            },
            schema={"unit": pl.String, "u": KEY, "base": KEY},
        )

    @cached_property
    def periods(self) -> pl.DataFrame:
        """Period (text), seen (number) and bit (one of its own) of the plan's year."""
        known = texts(self.plan.year)
        bits = [2**number for number in range(len(known))]
        columns = {"period": list(known), "seen": list(known.values()), "bit": bits}
        return pl.DataFrame(columns, schema={"period": pl.String, "seen": KEY, "bit": pl.Int64})

    @cached_property
    def series_frequency(self) -> dict[str, Frequency]:
        """The finest frequency at which a series is reported, over all indicators that use it."""
        finest: dict[str, Frequency] = {}
        for indicator in self.plan.scheme.indicators:
            at = finest.setdefault(indicator.series_code, indicator.frequency)
            if _FINER[indicator.frequency] < _FINER[at]:
                finest[indicator.series_code] = indicator.frequency
        return finest

    def merges(self, entry: Entry, leaf: Leaf) -> bool:
        """Whether an entry's figures are merged over several reports (months into a year, or a running total)."""
        finest = self.series_frequency[entry.indicator.series_code]
        return _running(entry, leaf) or _FINER[finest] < _FINER[leaf.frequency]

    @cached_property
    def feeds(self) -> tuple[FeedRow, ...]:
        """Every figure that some entry reads."""
        rows: list[FeedRow] = []
        for number, leaf in self.leaf_of_entry.items():
            entry = self.plan.entries[number]
            for feed in leaf.feeds:
                rows.append(self._feed_row(len(rows), number, entry, leaf, feed))
        return tuple(rows)

    def _feed_row(self, number: int, entry_number: int, entry: Entry, leaf: Leaf, feed: Feed) -> FeedRow:
        indicator = entry.indicator
        way: Way = "direct"
        if self.merges(entry, leaf):
            way = "yearly" if leaf.frequency is Frequency.YEAR else "merged"
        if is_annual_target(leaf, feed):
            way = "annual_target"
        return FeedRow(
            entry=entry_number,
            number=number,
            series=indicator.series_code,
            feed=feed,
            factor=int(feed.factor.scaleb(self.scale(leaf, feed) - self.reported_decimals(leaf))),
            way=way,
            aggregation=self._aggregation(leaf),
            preliminary=indicator.accepts_preliminary,
        )

    @staticmethod
    def _aggregation(leaf: Leaf) -> Aggregation:
        """The aggregation of its figures; a quotient has no mean of its sides, but a quotient of their sums."""
        mean = leaf.indicator.aggregation is Aggregation.MEAN
        return Aggregation.SUM if mean and leaf.derived else leaf.indicator.aggregation

    def reported_decimals(self, leaf: Leaf) -> int:
        """Decimals of the series as the panel holds it."""
        return self.plan.decimals.get(leaf.indicator.series_code, 0)

    def scale(self, leaf: Leaf, feed: Feed) -> int:
        """Decimals of a feed's amount: the leaf's own, or for a quotient one scale for its two sides."""
        return self.quotient_decimals(leaf) if leaf.derived and feed.role != "target" else leaf.decimals

    def quotient_decimals(self, leaf: Leaf) -> int:
        """Decimals of numerator and denominator of a quotient."""
        factors = (places(feed.factor) for feed in leaf.feeds)
        return self.reported_decimals(leaf) + max(factors, default=0)

    @cached_property
    def feed_table(self) -> pl.DataFrame:
        """series, figure, entry, feed (number), factor, way, takes_early (preliminary figures), last, periods read."""
        rows = [
            (
                *(r.series, r.feed.figure, r.entry, r.number, r.factor, r.way, r.preliminary),
                r.aggregation is Aggregation.LAST,
                *self._span(r),
            )
            for r in self.feeds
        ]
        names = {
            "series": pl.String,
            "figure": pl.String,
            "entry": KEY,
            "feed": KEY,
            "factor": pl.Int64,
            "way": pl.String,
            "takes_early": pl.Boolean,
            "last": pl.Boolean,
            "first_seen": KEY,
            "last_seen": KEY,
        }
        return pl.DataFrame(rows, schema=names, orient="row")

    def _span(self, row: FeedRow) -> tuple[int, int]:
        """First and last number of the periods at which a feed is read, beside the scored period itself."""
        if row.way == "direct":
            at = periods(self.leaf_of_entry[row.entry].frequency)
            return at[0], at[-1]
        if row.way == "annual_target":
            return WHOLE_YEAR, WHOLE_YEAR
        finest = periods(self.series_frequency[row.series])
        return finest[0], finest[-1]

    @cached_property
    def frequencies(self) -> dict[tuple[str, str], frozenset[Frequency]]:
        """How often each figure of a series may be reported so that somebody reads it."""
        found: dict[tuple[str, str], set[Frequency]] = {}
        for row in self.feeds:
            entry, leaf = self.plan.entries[row.entry], self.leaf_of_entry[row.entry]
            own = {frequency_of(seen) for at in periods(leaf.frequency) for seen in self._reports(entry, leaf, at)}
            read = {Frequency.YEAR} if row.way == "annual_target" else own
            found.setdefault((row.series, row.feed.figure), set()).update(read)
        return {key: frozenset(read) for key, read in found.items()}

    @cached_property
    def windows(self) -> pl.DataFrame:
        """feed, seen (period reported), at (period scored), exact (reported for the scored period itself)."""
        rows: list[tuple[int, int, int, bool]] = []
        for row in self.feeds:
            if row.way != "merged":
                continue
            entry, leaf = self.plan.entries[row.entry], self.leaf_of_entry[row.entry]
            running = _running(entry, leaf)
            for at in periods(leaf.frequency):
                seen_in = self._reports(entry, leaf, at)
                rows.extend((row.number, seen, at, seen == at and not running) for seen in seen_in)
        names = {"feed": KEY, "seen": KEY, "at": KEY, "exact": pl.Boolean}
        return pl.DataFrame(rows, schema=names, orient="row")

    def _reports(self, entry: Entry, leaf: Leaf, at: int) -> list[int]:
        finest = self.series_frequency[entry.indicator.series_code]
        if _running(entry, leaf):
            return [seen for seen in periods(finest) if last_month(seen) <= last_month(at)]
        finer = list(parts_of(at, finest)) if _FINER[finest] < _FINER[leaf.frequency] else []
        return [at, *finer]

    @cached_property
    def spread(self) -> pl.DataFrame | None:
        """entry, at, spread_numerator, spread_denominator of targets spread over the year; None if none is."""
        rows: list[tuple[int, int, float, float]] = []
        for number, leaf in self.leaf_of_entry.items():
            target = leaf.indicator.target
            if target.spread == "whole":
                continue
            shares = ((at, _share(target.spread, target.profile, last_month(at))) for at in periods(leaf.frequency))
            rows.extend((number, at, *share) for at, share in shares)
        if not rows:
            return None
        names = {"entry": KEY, "at": KEY, "spread_numerator": pl.Float64, "spread_denominator": pl.Float64}
        return pl.DataFrame(rows, schema=names, orient="row")


def is_annual_target(leaf: Leaf, feed: Feed) -> bool:
    """Whether a figure is one target for the whole year, beside values that may come more often."""
    return feed.role == "target" and feed_frequency(leaf.indicator, leaf.feeds, feed) is Frequency.YEAR


def _running(entry: Entry, leaf: Leaf) -> bool:
    """Whether each period takes all reports from January on; over a whole year that is the year itself."""
    return entry.indicator.window is Window.YEAR_TO_DATE and leaf.frequency is not Frequency.YEAR


def _share(spread: str, profile: tuple[Decimal, ...], month: int) -> tuple[float, float]:
    if spread == "proportional":
        return float(month), float(len(MONTHS))
    share = profile[month - 1]
    exponent = places(share)
    return float(share.scaleb(exponent)), float(10**exponent)


def places(number: Decimal) -> int:
    """Decimals of a number as it is written without trailing zeros."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


WHOLE_YEAR = YEAR
