"""Reads figures by their feeds, and gives the amount of each unit, leaf and scored period."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import narwhals as nw

from baton.engine.backends import Backend
from baton.engine.panel.panel import Panel
from baton.engine.steps.cells.merge import Merge
from baton.engine.steps.cells.source import Source
from baton.engine.steps.doubles import marks, refuse_doubles
from baton.engine.steps.keys import CELL, key, whole
from baton.engine.steps.tables import WHOLE_YEAR, FeedRow, Tables
from baton.engine.terms import Aggregation, Frequency

type Frame = nw.LazyFrame[Any]

_APART = (Aggregation.LAST, Aggregation.MEAN)


class Amounts:
    """Reads a panel. `early` names the column that marks preliminary figures; there is none where there are none."""

    def __init__(self, tables: Tables, panel: Panel, backend: Backend) -> None:
        self.tables, self.panel, self.backend = tables, panel, backend
        self.source = Source.of(panel, tables, backend)
        self.early = ("early",) if panel.has_preliminary else ()

    def of(self, feeds: Sequence[FeedRow]) -> Frame:
        """u, leaf, at, feed, amount, early of all periods at which these feeds have figures."""
        ways = {row.way for row in feeds}
        made = []
        if "direct" in ways or not ways:
            made.append(self._direct(feeds))
        if "yearly" in ways:
            made.append(self._yearly([row for row in feeds if row.way == "yearly"]))
        if "merged" in ways:
            made.append(self._merged([row for row in feeds if row.way == "merged"]))
        order = [*CELL, "feed", "amount", *self.early]
        return nw.concat([frame.select(order) for frame in made], how="vertical") if len(made) > 1 else made[0]

    def annual_targets(self) -> Frame | None:
        """u, leaf, annual, annual_early: targets that stand beside every period of the year; None if none is read."""
        feeds = [row for row in self.tables.feeds if row.way == "annual_target"]
        if not feeds:
            return None
        own = self.source.rows.filter(self.source.is_period(str(self.tables.plan.year)))
        found = self._numbered(self._fed(own, feeds), feeds)
        if self.panel.has_doubles:
            rows, keys = found.with_columns(seen=key(WHOLE_YEAR), bit=whole(1)), ["u", "leaf", "feed"]
            added = rows.group_by(keys).agg(**marks(nw.len()))
            refuse_doubles(self.tables.plan, added, rows, keys, "seen", self.backend)
        amounts = {"annual": nw.col("value") * nw.col("factor")} | {f"annual_{name}": name for name in self.early}
        targets = found.select("u", "leaf", **amounts)
        if max(Counter(row.entry for row in feeds).values()) == 1:
            return targets
        added = targets.group_by("u", "leaf").agg(
            annual=nw.col("annual").sum(), **{f"annual_{name}": nw.col(f"annual_{name}").max() for name in self.early}
        )
        return added.with_columns(annual=nw.col("annual").cast(nw.Int64))

    def _direct(self, feeds: Sequence[FeedRow]) -> Frame:
        """Figures that are read as they stand."""
        mine = [row for row in feeds if row.way == "direct"]
        amount = nw.col("value") * nw.col("factor")
        return self._reported(mine).select("u", "leaf", "feed", *self.early, at="seen", amount=amount)

    def _yearly(self, feeds: Sequence[FeedRow]) -> Frame:
        """Figures of a whole year, added up by their names before anything is joined: the bulk of an annual panel.

        Names that none of these feeds reads are added up too, and left behind: that takes less than telling rows apart.
        """
        if not self._plain(feeds):
            at = {"at": key(WHOLE_YEAR), "exact": nw.col("seen") == WHOLE_YEAR}
            merge = self._merge(feeds)
            return merge.of(self._reported(feeds).rename({"value": "amount"}).with_columns(**at))
        own = self.source.is_period(str(self.tables.plan.year))
        merge = self._merge(feeds, self._whole_too(feeds))
        rows = self._of_year().with_columns(amount=nw.col("value"), exact=own, **self._marks())
        rows, cell = self.source.celled(rows)
        added = self.source.uncelled(merge.added(rows, cell))
        found = self._numbered(self._fed(added, feeds), feeds, checked=True)
        return merge.chosen(found.with_columns(at=key(WHOLE_YEAR))).select(*CELL, "feed", "amount", *self.early)

    def _plain(self, feeds: Sequence[FeedRow]) -> bool:
        """Whether a year is months alone, in an order that does not matter, and every figure counts."""
        return not self.panel.has_quarters and all(
            row.aggregation not in _APART
            and (row.preliminary or not self.early)
            and self.tables.series_frequency[row.series] is Frequency.MONTH
            for row in feeds
        )

    def _whole_too(self, feeds: Sequence[FeedRow]) -> bool:
        """Whether a figure of these feeds may also be reported for the year itself."""
        known, year = self.panel.known, str(self.tables.plan.year)
        return known is None or any((row.series, row.feed.figure, year) in known.largest for row in feeds)

    def _merged(self, feeds: Sequence[FeedRow]) -> Frame:
        rows = self._reported(feeds).join(self.backend.frame(self.tables.windows), on=["feed", "seen"], how="inner")
        return self._merge(feeds).of(rows.rename({"value": "amount"}))

    def _merge(self, feeds: Sequence[FeedRow], whole_too: bool = True) -> Merge:
        doubles, readable = self.panel.has_doubles, self.source.readable
        return Merge(feeds, self.tables, self.backend, self.early, doubles, whole_too, readable)

    def _reported(self, feeds: Sequence[FeedRow]) -> Frame:
        """Figures by feed, with the number of the period they were reported for as `seen`."""
        found = self._fed(self.source.dated(), feeds)
        if not all(row.way == "merged" for row in feeds):
            seen = nw.col("seen")
            inside = (seen >= nw.col("first_seen")) & (seen <= nw.col("last_seen"))
            yearly = any(row.way == "yearly" for row in feeds)
            found = found.filter(inside | (seen == WHOLE_YEAR)) if yearly else found.filter(inside)
        return self._numbered(found, feeds)

    def _of_year(self) -> Frame:
        """The figures of the plan's year; with number and bit of their period only if some may stand there twice."""
        if self.panel.has_doubles:
            return self.source.dated()
        if self.panel.years == (self.tables.plan.year,):
            return self.source.rows
        return self.source.rows.filter(self.source.in_periods(self.tables.periods["period"]))

    def _fed(self, frame: Frame, feeds: Sequence[FeedRow]) -> Frame:
        """What these feeds read; of series that none of them reads nothing."""
        return frame.join(self.source.feeds(row.number for row in feeds), on=list(self.source.name), how="inner")

    def _numbered(self, found: Frame, feeds: Sequence[FeedRow], checked: bool = False) -> Frame:
        """With unit number and leaf; of units that are not assessed nothing, and no figure that may not count yet."""
        if not checked and self.early:
            if not all(row.preliminary for row in feeds):
                found = found.filter(nw.col("takes_early") | ~nw.col("preliminary"))
            found = found.with_columns(**self._marks())
        units = self.source.units()
        return found.join(units, on=list(self.source.unit), how="inner").with_columns(
            leaf=nw.col("base") + nw.col("entry")
        )

    def _marks(self) -> dict[str, nw.Expr]:
        return {name: nw.col("preliminary").cast(nw.Int64) for name in self.early}
