"""Merges the reports of several periods into the figure of one, by the aggregation of each feed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.quantum import quantise
from baton.engine.steps.doubles import marks, refuse_doubles
from baton.engine.steps.keys import CELL
from baton.engine.steps.tables import FeedRow, Tables
from baton.engine.terms import Aggregation

type Frame = nw.LazyFrame[Any]

_EXTREMES = {Aggregation.MAXIMUM: "largest", Aggregation.MINIMUM: "smallest"}


class Merge:
    """Merges rows with amount, exact (reported for the scored period itself: comes first), seen, last and early.

    Early is kept of the reports that counted: the one for the scored period itself, else the last, else all of them.
    `doubles`: some key may come twice, and is refused (rows have a bit). `whole_too` False: nothing is reported for the
    scored period itself. `readable`: see `refuse_doubles`.
    """

    def __init__(
        self,
        feeds: Sequence[FeedRow],
        tables: Tables,
        backend: Backend,
        early: Iterable[str],
        doubles: bool,
        whole_too: bool = True,
        readable: Callable[[pl.DataFrame], pl.DataFrame] = lambda table: table,
    ) -> None:
        self.readable = readable
        self.feeds, self.tables, self.backend = feeds, tables, backend
        self.doubles, self.whole_too = doubles, whole_too
        self.early = tuple(early)
        self.used = {row.aggregation for row in feeds}

    def of(self, rows: Frame) -> Frame:
        """u, leaf, at, feed, amount, early."""
        keys = [*CELL, "feed"]
        factors = self.backend.frame(self.tables.feed_table.select("feed", "factor"))
        joined = self._with_last(self.added(rows, keys), rows, keys).join(factors, on="feed", how="inner")
        return self.chosen(joined).select(*keys, "amount", *self.early)

    def added(self, rows: Frame, keys: list[str]) -> Frame:
        """Totals and extremes of finer reports, and the report for the scored period itself."""
        amount, exact = nw.col("amount"), nw.col("exact")
        fine = "fine" if self.whole_too else "amount"
        asked = {"total": nw.col(fine).sum(), "reports": nw.col(fine).count()}
        counts = ["total", "reports"]
        if self.whole_too:
            rows = rows.with_columns(fine=nw.when(~exact).then(amount), whole=nw.when(exact).then(amount))
            asked |= {"whole": nw.col("whole").max(), "wholes": nw.col("whole").count()}
            counts.append("wholes")
        for name in self.early:
            asked[name] = nw.col(name).max()
            if self.whole_too:
                rows = rows.with_columns(
                    **{
                        name: nw.when(~exact).then(nw.col(name)),
                        f"whole_{name}": nw.when(exact).then(nw.col(name)),
                    }
                )
                asked[f"whole_{name}"] = nw.col(f"whole_{name}").max()
        if Aggregation.MAXIMUM in self.used:
            asked["largest"] = nw.col(fine).max()
        if Aggregation.MINIMUM in self.used:
            asked["smallest"] = nw.col(fine).min()
        asked |= marks(nw.len()) if self.doubles else {}
        added = rows.group_by(keys).agg(**asked).with_columns(nw.col(name).cast(nw.Int64) for name in counts)
        if not self.doubles:
            return added
        return refuse_doubles(self.tables.plan, added, rows, keys, "seen", self.backend, self.readable)

    def chosen(self, added: Frame) -> Frame:
        """The amount by the feed's aggregation; what is reported for the scored period itself comes first."""
        amount = self._aggregated()
        if self.whole_too:
            own = nw.col("whole") * nw.col("factor")
            amount = nw.when(nw.col("wholes") > 0).then(own).otherwise(amount)
        return added.with_columns(amount=amount, **{name: self._early(name) for name in self.early})

    def _early(self, name: str) -> nw.Expr:
        """Whether a report that counted is early."""
        early = nw.col(name)
        ended = self._numbers(Aggregation.LAST)
        if ended:
            early = nw.when(nw.col("feed").is_in(ended)).then(nw.col(f"final_{name}")).otherwise(early)
        if self.whole_too:
            early = nw.when(nw.col("wholes") > 0).then(nw.col(f"whole_{name}")).otherwise(early)
        return early

    def _with_last(self, added: Frame, rows: Frame, keys: list[str]) -> Frame:
        if Aggregation.LAST not in self.used:
            return added
        last = rows.filter(nw.col("last") & ~nw.col("exact"))
        newest = last.group_by(keys).agg(seen=nw.col("seen").max())
        final = last.join(newest, on=[*keys, "seen"], how="inner").select(
            *keys, final="amount", **{f"final_{name}": name for name in self.early}
        )
        return added.join(final, on=keys, how="left")

    def _aggregated(self) -> nw.Expr:
        by = {**_EXTREMES, Aggregation.LAST: "final"}
        factor = nw.col("factor")
        amount = nw.col("total") * factor
        means = self._numbers(Aggregation.MEAN)
        if means:
            mean = _mean(nw.col("total") * factor, nw.col("reports"))
            amount = nw.when(nw.col("feed").is_in(means)).then(mean).otherwise(amount)
        for aggregation, column in by.items():
            feeds = self._numbers(aggregation)
            if feeds:
                amount = nw.when(nw.col("feed").is_in(feeds)).then(nw.col(column) * factor).otherwise(amount)
        return amount

    def _numbers(self, aggregation: Aggregation) -> list[int]:
        return [row.number for row in self.feeds if row.aggregation is aggregation]


def _mean(total: nw.Expr, reports: nw.Expr) -> nw.Expr:
    """Give total / reports half up, exactly for all of 64 bits: a quotient by Float64, and what it leaves over.

    Without finer reports it gives 0, which nobody reads: the quotient is made of every row, whatever its feed asks.
    """
    divisor = nw.when(reports > 0).then(reports).otherwise(nw.lit(1, dtype=nw.Int64))
    near = (total.cast(nw.Float64) / divisor.cast(nw.Float64)).floor().cast(nw.Int64)
    left = total - near * divisor
    return near + quantise(left.cast(nw.Float64) / divisor.cast(nw.Float64))
