"""From reported figures to cells: one value and target per unit, leaf and scored period, whole numbers throughout.

A figure reported for the scored period itself counts; otherwise those of the finer periods in its window are merged
by the indicator's aggregation. Missing figures stay missing: a sum over nothing is no figure.
"""

from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.steps.tables import WHOLE_YEAR, Tables
from baton.engine.terms import Aggregation

type Frame = nw.LazyFrame[Any]

_CELL = ("u", "leaf", "at")
_SIDES = ("v", "t", "num", "den", "base")
_SIDE_OF = {"value": "v", "target": "t", "numerator": "num", "denominator": "den", "base": "base"}


class Cells:
    """Reads a panel by a plan. `frame()` has u, leaf, at, v, t, num, den, base (Int64, null: not there), early."""

    def __init__(self, plan: Plan, tables: Tables, panel: Panel, backend: Backend) -> None:
        self.plan, self.tables, self.panel, self.backend = plan, tables, panel, backend

    def frame(self) -> Frame:
        """All cells for which at least one figure was reported."""
        reported = self._reported()
        amounts = self._amounts(reported)
        simple = self._simple_feeds()
        frames = [self._simple(amounts.filter(nw.col("feed").is_in(simple)))] if simple else []
        others = [r.number for r in self.tables.feeds if r.number not in simple and r.way != "annual_target"]
        if others:
            frames.append(self._combined(amounts.filter(nw.col("feed").is_in(others))))
        cells = nw.concat(frames, how="vertical") if len(frames) > 1 else frames[0]
        return self._with_annual_targets(cells, reported)

    def _reported(self) -> Frame:
        """Figures with unit number, entry, leaf and period number; of other years and other units nothing."""
        tables, bring = self.tables, self.backend.frame
        found = (
            self.panel.frame.join(bring(tables.feed_table), on=["series", "figure"], how="inner")
            .join(bring(tables.periods), on="period", how="inner")
            .join(bring(tables.units), on="unit", how="inner")
        )
        if any(not row.preliminary for row in tables.feeds):
            found = found.filter(nw.col("early") | ~nw.col("preliminary"))
        return found.select(
            "u",
            "feed",
            "seen",
            "way",
            "last",
            leaf=nw.col("base") + nw.col("entry"),
            amount=nw.col("value") * nw.col("factor"),
            early=nw.col("preliminary").cast(nw.Int64),
        )

    def _amounts(self, reported: Frame) -> Frame:
        """u, leaf, at, feed, amount, n (reports merged), early."""
        tables = self.tables
        ways = {row.way for row in tables.feeds}
        made = []
        if "direct" in ways:
            made.append(
                reported.filter(nw.col("way") == "direct")
                .join(self.backend.frame(tables.windows.filter("exact").drop("exact")), on=["feed", "seen"], how="inner")
                .select(*_CELL, "feed", "amount", "early", n=nw.lit(1, dtype=nw.Int64))
            )
        if "merged" in ways:
            made.append(self._merged(reported.filter(nw.col("way") == "merged")))
        return nw.concat(made, how="vertical") if len(made) > 1 else made[0]

    def _merged(self, reported: Frame) -> Frame:
        rows = reported.join(self.backend.frame(self.tables.windows), on=["feed", "seen"], how="inner")
        fine = nw.when(~nw.col("exact")).then(nw.col("amount"))
        whole = nw.when(nw.col("exact")).then(nw.col("amount"))
        keys = [*_CELL, "feed"]
        merged = (
            rows.with_columns(fine=fine, whole=whole)
            .group_by(keys)
            .agg(
                total=nw.col("fine").sum(),
                largest=nw.col("fine").max(),
                smallest=nw.col("fine").min(),
                reports=nw.col("fine").count(),
                whole=nw.col("whole").max(),
                wholes=nw.col("whole").count(),
                latest=nw.col("seen").max(),
                early=nw.col("early").max(),
            )
            .with_columns(*(nw.col(c).cast(nw.Int64) for c in ("total", "reports", "wholes")))
        )
        merged = self._with_last(merged, rows, keys)
        return merged.select(
            *keys,
            amount=nw.when(nw.col("wholes") > 0).then(nw.col("whole")).otherwise(self._aggregated()),
            early="early",
            n=nw.when(nw.col("wholes") > 0).then(nw.col("wholes")).otherwise(nw.col("reports")),
        )

    def _with_last(self, merged: Frame, rows: Frame, keys: list[str]) -> Frame:
        if not any(row.aggregation is Aggregation.LAST and row.way == "merged" for row in self.tables.feeds):
            return merged.with_columns(final=nw.lit(None, dtype=nw.Int64))
        last = rows.filter(nw.col("last") & ~nw.col("exact"))
        newest = last.group_by(keys).agg(seen=nw.col("seen").max())
        final = last.join(newest, on=[*keys, "seen"], how="inner").select(*keys, final="amount")
        return merged.join(final, on=keys, how="left")

    def _aggregated(self) -> nw.Expr:
        by = {Aggregation.MAXIMUM: "largest", Aggregation.MINIMUM: "smallest", Aggregation.LAST: "final"}
        chosen = nw.col("total")
        for aggregation, column in by.items():
            feeds = [row.number for row in self.tables.feeds if row.aggregation is aggregation]
            if feeds:
                chosen = nw.when(nw.col("feed").is_in(feeds)).then(nw.col(column)).otherwise(chosen)
        return chosen

    def _simple_feeds(self) -> list[int]:
        """Feeds of entries that read one figure and nothing else but an annual or fixed target."""
        tables = self.tables
        by_entry: dict[int, list[int]] = {}
        for row in tables.feeds:
            if row.way != "annual_target":
                by_entry.setdefault(row.entry, []).append(row.number)
        return [
            numbers[0]
            for entry, numbers in by_entry.items()
            if len(numbers) == 1 and not tables.leaf_of_entry[entry].derived
        ]

    def _simple(self, amounts: Frame) -> Frame:
        nothing = nw.lit(None, dtype=nw.Int64)
        return amounts.select(*_CELL, v="amount", t=nothing, num=nothing, den=nothing, base=nothing, early="early", n="n")

    def _combined(self, amounts: Frame) -> Frame:
        """Several figures of a leaf side by side; a side of which a figure is missing is missing."""
        rows = amounts.join(self.backend.frame(self._contributions()), on="feed", how="inner").with_columns(
            part=nw.when(nw.col("counts") == 0)
            .then(nw.col("amount"))
            .when(nw.col("counts") == 1)
            .then(nw.col("unit"))
            .otherwise(nw.col("unit") * nw.col("n"))
        )
        by_side = {side: nw.col("side") == side for side in _SIDES}
        zero = nw.lit(0, dtype=nw.Int64)
        spread = rows.with_columns(
            **{f"{side}_sum": nw.when(here).then(nw.col("part")).otherwise(zero) for side, here in by_side.items()},
            **{f"{side}_n": nw.when(here).then(nw.lit(1, dtype=nw.Int64)).otherwise(zero) for side, here in by_side.items()},
            **{f"{side}_need": nw.when(here).then(nw.col("needed")).otherwise(zero) for side, here in by_side.items()},
        )
        merged = (
            spread.group_by(list(_CELL))
            .agg(
                *(nw.col(f"{side}_{what}").sum() for side in _SIDES for what in ("sum", "n")),
                *(nw.col(f"{side}_need").max() for side in _SIDES),
                early=nw.col("early").max(),
                n=nw.col("n").max(),
            )
            .with_columns(*(nw.col(f"{side}_{what}").cast(nw.Int64) for side in _SIDES for what in ("sum", "n")))
        )
        complete = {
            side: nw.when((nw.col(f"{side}_n") > 0) & (nw.col(f"{side}_n") >= nw.col(f"{side}_need"))).then(
                nw.col(f"{side}_sum")
            )
            for side in _SIDES
        }
        return merged.select(*_CELL, **complete, early="early", n="n")

    def _contributions(self) -> pl.DataFrame:
        """feed, side it adds to, how it counts (0 its amount, 1 its being there, 2 its reports), unit, needed."""
        tables = self.tables
        rows: list[tuple[int, str, int, int, int]] = []
        for row in tables.feeds:
            leaf = tables.leaf_of_entry[row.entry]
            unit = 10 ** tables.quotient_decimals(leaf)
            some_suffice = any(feed.role == "present" for feed in leaf.feeds)
            needed = 1 if some_suffice else sum(feed.role == row.feed.role for feed in leaf.feeds)
            if row.feed.role == "present":
                rows.append((row.number, "den", 1, int(row.feed.factor * unit), 1))
            elif row.aggregation is Aggregation.MEAN and row.feed.role == "value":
                rows.append((row.number, "num", 0, 0, 1))
                rows.append((row.number, "den", 2, unit, 1))
            else:
                rows.append((row.number, _SIDE_OF[row.feed.role], 0, 0, needed))
        names = {"feed": pl.Int64, "side": pl.String, "counts": pl.Int64, "unit": pl.Int64, "needed": pl.Int64}
        return pl.DataFrame(rows, schema=names, orient="row")

    def _with_annual_targets(self, cells: Frame, reported: Frame) -> Frame:
        """Put the annual target beside every period of the year."""
        rows = [row for row in self.tables.feeds if row.way == "annual_target"]
        if not rows:
            return cells
        targets = reported.filter((nw.col("way") == "annual_target") & (nw.col("seen") == WHOLE_YEAR)).select(
            "u", "leaf", annual="amount", annual_early="early"
        )
        return (
            cells.join(targets, on=["u", "leaf"], how="left")
            .with_columns(t=nw.coalesce("t", "annual"), early=nw.max_horizontal("early", "annual_early"))
            .drop("annual", "annual_early")
        )
