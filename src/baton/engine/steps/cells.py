"""From reported figures to cells: one value and target per unit, leaf and scored period, whole numbers throughout.

A figure reported for the scored period itself counts; otherwise those of the finer periods in its window are merged
by the indicator's aggregation. Missing figures stay missing: a sum over nothing is no figure.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.panel.panel import Panel
from baton.engine.plan import Plan
from baton.engine.quantum import quantise
from baton.engine.steps.doubles import marks, refuse_doubles
from baton.engine.steps.tables import WHOLE_YEAR, FeedRow, Tables
from baton.engine.terms import Aggregation, Frequency

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
        simple = self._simple_feeds()
        amounts = self._amounts()
        others = [r.number for r in self.tables.feeds if r.number not in simple and r.way != "annual_target"]
        frames = []
        if simple:
            mine = amounts.filter(nw.col("feed").is_in(simple)) if others else amounts
            frames.append(self._simple(mine))
        if others:
            frames.append(self._combined(amounts.filter(nw.col("feed").is_in(others)) if simple else amounts))
        return nw.concat(frames, how="vertical") if len(frames) > 1 else frames[0]

    @property
    def combines(self) -> bool:
        """Whether some value is made of several figures, so that a row can be there and its value missing."""
        simple = set(self._simple_feeds())
        return any(row.number not in simple and row.way != "annual_target" for row in self.tables.feeds)

    def _ways(self) -> set[str]:
        return {row.way for row in self.tables.feeds}

    def _feeds(self, way: str) -> Frame:
        return self.backend.frame(self.tables.feed_table.filter(pl.col("way") == way).drop("way"))

    def _dated(self) -> Frame:
        """Figures of the year with the number of their period; of series that no feed reads nothing."""
        return self.panel.frame.join(self.backend.frame(self.tables.periods), on="period", how="inner")

    def _reported(self, way: str) -> Frame:
        """Figures read in one way: u, leaf, feed, seen, last, amount, early."""
        found = self._dated().join(self._feeds(way), on=["series", "figure"], how="inner")
        seen = nw.col("seen")
        if way != "merged":
            found = found.filter((seen >= nw.col("first_seen")) & (seen <= nw.col("last_seen")))
        return self._numbered(self._admitted(found, way)).select(
            "u", "leaf", "feed", "seen", "bit", "last", "factor", amount="value", early=_early()
        )

    def _admitted(self, found: Frame, way: str) -> Frame:
        """Without preliminary figures where an indicator takes final ones only."""
        if all(row.preliminary for row in self.tables.feeds if row.way == way):
            return found
        return found.filter(nw.col("early") | ~nw.col("preliminary"))

    def _numbered(self, found: Frame) -> Frame:
        """With unit number and leaf; of units that are not assessed nothing."""
        units = self.backend.frame(self.tables.units)
        return found.join(units, on="unit", how="inner").with_columns(leaf=nw.col("base") + nw.col("entry"))

    def _amounts(self) -> Frame:
        """u, leaf, at, feed, amount, early."""
        ways, made = self._ways(), []
        if "direct" in ways:
            amount = nw.col("amount") * nw.col("factor")
            made.append(self._reported("direct").select("u", "leaf", "feed", "early", at="seen", amount=amount))
        if "yearly" in ways:
            made.append(self._yearly())
        if "merged" in ways:
            made.append(self._merged())
        order = [*_CELL, "feed", "amount", "early"]
        return nw.concat([frame.select(order) for frame in made], how="vertical") if len(made) > 1 else made[0]

    def _yearly(self) -> Frame:
        """Figures of a whole year, added up by their names before anything is joined: the bulk of an annual panel."""
        rows = [row for row in self.tables.feeds if row.way == "yearly"]
        apart = (Aggregation.LAST, Aggregation.MEAN)
        if any(row.aggregation in apart or not row.preliminary for row in rows):
            whole = nw.lit(WHOLE_YEAR, dtype=nw.Int64)
            return self._merge(self._yearly_reports().with_columns(at=whole, exact=nw.col("seen") == WHOLE_YEAR))
        exact = nw.col("seen") == WHOLE_YEAR
        keys = ["unit", "series", "figure"]
        spans = self._spans(rows)
        dated = (
            self._dated().join(self.backend.frame(spans), on="series", how="inner")
            if spans is not None
            else self._dated()
        )
        if spans is not None:
            inside = (nw.col("seen") >= nw.col("first_seen")) & (nw.col("seen") <= nw.col("last_seen"))
            dated = dated.filter(inside | exact)
        added = self._added(dated.with_columns(amount=nw.col("value"), exact=exact, early=_early()), keys, rows)
        found = self._numbered(
            added.join(self._feeds("yearly"), on=["series", "figure"], how="inner", suffix="_of_feed")
        )
        found = found.with_columns(at=nw.lit(WHOLE_YEAR, dtype=nw.Int64))
        return self._chosen(found).select(*_CELL, "feed", "early", "amount")

    def _spans(self, rows: list[FeedRow]) -> pl.DataFrame | None:
        """Which periods count for each series; None where every series is reported by month only."""
        months = all(self.tables.series_frequency[row.series] is Frequency.MONTH for row in rows)
        if months and not self.panel.has_quarters:
            return None
        table = self.tables.feed_table.filter(pl.col("way") == "yearly")
        return table.select("series", "first_seen", "last_seen").unique(maintain_order=True)

    def _yearly_reports(self) -> Frame:
        found = self._dated().join(self._feeds("yearly"), on=["series", "figure"], how="inner")
        seen = nw.col("seen")
        inside = (seen >= nw.col("first_seen")) & (seen <= nw.col("last_seen"))
        found = self._admitted(found.filter(inside | (seen == WHOLE_YEAR)), "yearly")
        wanted = ("u", "leaf", "feed", "seen", "bit", "last")
        return self._numbered(found).select(*wanted, amount="value", early=_early())

    def _merged(self) -> Frame:
        windows = self.backend.frame(self.tables.windows)
        return self._merge(self._reported("merged").join(windows, on=["feed", "seen"], how="inner"))

    def _merge(self, rows: Frame) -> Frame:
        keys = [*_CELL, "feed"]
        added = self._added(rows, keys, [row for row in self.tables.feeds if row.way in ("merged", "yearly")])
        factors = self.backend.frame(self.tables.feed_table.select("feed", "factor"))
        joined = self._with_last(added, rows, keys).join(factors, on="feed", how="inner")
        return self._chosen(joined).select(*keys, "amount", "early")

    def _added(self, rows: Frame, keys: list[str], feeds: list[FeedRow]) -> Frame:
        """Totals and extremes of finer reports, and the report for the scored period itself."""
        used = {row.aggregation for row in feeds}
        marked = rows.with_columns(
            fine=nw.when(~nw.col("exact")).then(nw.col("amount")), whole=nw.when(nw.col("exact")).then(nw.col("amount"))
        )
        asked = {"total": nw.col("fine").sum(), "reports": nw.col("fine").count(), "early": nw.col("early").max()}
        asked |= {"whole": nw.col("whole").max(), "wholes": nw.col("whole").count()}
        if Aggregation.MAXIMUM in used:
            asked["largest"] = nw.col("fine").max()
        if Aggregation.MINIMUM in used:
            asked["smallest"] = nw.col("fine").min()
        asked |= marks(nw.len()) if self.panel.has_doubles else {}
        counts = (nw.col(name).cast(nw.Int64) for name in ("total", "reports", "wholes"))
        added = marked.group_by(keys).agg(**asked).with_columns(*counts)
        return self._without_doubles(added, rows, keys, "seen")

    def _without_doubles(self, added: Frame, rows: Frame, keys: Sequence[str], alike: str) -> Frame:
        """Refuse what stands in the table twice, unless it is known that nothing does."""
        if not self.panel.has_doubles:
            return added
        return refuse_doubles(self.plan, added, rows, keys, alike, self.backend)

    def _chosen(self, added: Frame) -> Frame:
        """The amount by the feed's aggregation; what is reported for the scored period itself comes first."""
        own, factor = nw.col("wholes") > 0, nw.col("factor")
        amount = nw.when(own).then(nw.col("whole") * factor).otherwise(self._aggregated(added))
        return added.with_columns(amount=amount)

    def _with_last(self, added: Frame, rows: Frame, keys: list[str]) -> Frame:
        if not any(row.aggregation is Aggregation.LAST for row in self.tables.feeds):
            return added
        last = rows.filter(nw.col("last") & ~nw.col("exact"))
        newest = last.group_by(keys).agg(seen=nw.col("seen").max())
        final = last.join(newest, on=[*keys, "seen"], how="inner").select(*keys, final="amount")
        return added.join(final, on=keys, how="left")

    def _aggregated(self, added: Frame) -> nw.Expr:
        by = {Aggregation.MAXIMUM: "largest", Aggregation.MINIMUM: "smallest", Aggregation.LAST: "final"}
        names = set(added.collect_schema().names())
        factor = nw.col("factor")
        chosen = nw.col("total") * factor
        means = [row.number for row in self.tables.feeds if row.aggregation is Aggregation.MEAN]
        if means:
            mean = _mean(nw.col("total") * factor, nw.col("reports"))
            chosen = nw.when(nw.col("feed").is_in(means)).then(mean).otherwise(chosen)
        for aggregation, column in by.items():
            feeds = [row.number for row in self.tables.feeds if row.aggregation is aggregation]
            if feeds and column in names:
                chosen = nw.when(nw.col("feed").is_in(feeds)).then(nw.col(column) * factor).otherwise(chosen)
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
        return amounts.select(*_CELL, v="amount", t=nothing, num=nothing, den=nothing, base=nothing, early="early")

    def _combined(self, amounts: Frame) -> Frame:
        """Several figures of a leaf side by side; a side of which a figure is missing is missing."""
        rows = amounts.join(self.backend.frame(self._contributions()), on="feed", how="inner").with_columns(
            part=nw.when(nw.col("counts")).then(nw.col("unit")).otherwise(nw.col("amount"))
        )
        by_side = {side: nw.col("side") == side for side in _SIDES}
        zero = nw.lit(0, dtype=nw.Int64)
        spread = rows.with_columns(
            **{f"{side}_sum": nw.when(here).then(nw.col("part")).otherwise(zero) for side, here in by_side.items()},
            **{
                f"{side}_n": nw.when(here).then(nw.lit(1, dtype=nw.Int64)).otherwise(zero)
                for side, here in by_side.items()
            },
            **{f"{side}_need": nw.when(here).then(nw.col("needed")).otherwise(zero) for side, here in by_side.items()},
        )
        merged = (
            spread.group_by(list(_CELL))
            .agg(
                *(nw.col(f"{side}_{what}").sum() for side in _SIDES for what in ("sum", "n")),
                *(nw.col(f"{side}_need").max() for side in _SIDES),
                early=nw.col("early").max(),
                **(marks(nw.col("marked").sum()) if self.panel.has_doubles else {}),
            )
            .with_columns(*(nw.col(f"{side}_{what}").cast(nw.Int64) for side in _SIDES for what in ("sum", "n")))
        )
        merged = self._without_doubles(merged, rows, _CELL, "feed")
        complete = {
            side: nw.when((nw.col(f"{side}_n") > 0) & (nw.col(f"{side}_n") >= nw.col(f"{side}_need"))).then(
                nw.col(f"{side}_sum")
            )
            for side in _SIDES
        }
        return merged.select(*_CELL, **complete, early="early")

    def _contributions(self) -> pl.DataFrame:
        """feed, side it adds to, whether its being there counts (as `unit`) or its amount, how many are needed.

        `bit` is one of its own for each figure of an entry, 0 (not `marked`) where the figure is read a second time.
        """
        tables = self.tables
        rows: list[tuple[int, str, bool, int, int, int, int]] = []
        figures: dict[int, list[str]] = {}
        for row in tables.feeds:
            leaf = tables.leaf_of_entry[row.entry]
            unit = 10 ** tables.quotient_decimals(leaf)
            some_suffice = any(feed.role == "present" for feed in leaf.feeds)
            needed = 1 if some_suffice else sum(feed.role == row.feed.role for feed in leaf.feeds)
            mine = figures.setdefault(row.entry, [])
            bit = 0 if row.feed.figure in mine else 2 ** len(mine)
            figures[row.entry] = list(dict.fromkeys([*mine, row.feed.figure]))
            if row.feed.role == "present":
                rows.append((row.number, "den", True, int(row.feed.factor * unit), 1, bit, min(bit, 1)))
            else:
                rows.append((row.number, _SIDE_OF[row.feed.role], False, 0, needed, bit, min(bit, 1)))
        whole = dict.fromkeys(("unit", "needed", "bit", "marked"), pl.Int64)
        names = {"feed": pl.Int64, "side": pl.String, "counts": pl.Boolean, **whole}
        return pl.DataFrame(rows, schema=names, orient="row")

    def annual_targets(self) -> Frame | None:
        """u, leaf, annual, annual_early: targets that stand beside every period of the year; None if none is read."""
        if "annual_target" not in self._ways():
            return None
        amount = nw.col("amount") * nw.col("factor")
        reported = self._reported("annual_target")
        if self.panel.has_doubles:
            keys = ["u", "leaf", "feed"]
            added = reported.group_by(keys).agg(**marks(nw.len()))
            refuse_doubles(self.plan, added, reported, keys, "seen", self.backend)
        found = reported.select("u", "leaf", annual=amount, annual_early="early")
        several = any(n > 1 for n in Counter(r.entry for r in self.tables.feeds if r.way == "annual_target").values())
        if not several:
            return found
        added = found.group_by("u", "leaf").agg(
            annual=nw.col("annual").sum(), annual_early=nw.col("annual_early").max()
        )
        return added.with_columns(annual=nw.col("annual").cast(nw.Int64))


def _mean(total: nw.Expr, reports: nw.Expr) -> nw.Expr:
    """Give total / reports half up, exactly for all of 64 bits: a quotient by Float64, and what it leaves over."""
    near = (total.cast(nw.Float64) / reports.cast(nw.Float64)).floor().cast(nw.Int64)
    left = total - near * reports
    return near + quantise(left.cast(nw.Float64) / reports.cast(nw.Float64))


def _early() -> nw.Expr:
    return nw.col("preliminary").cast(nw.Int64)
