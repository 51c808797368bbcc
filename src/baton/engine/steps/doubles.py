"""Refusal of figures that stand in a table twice, found in the sums that are made of them anyway.

Every period (or figure) of a sum has a bit of its own. The bits of n rows add up to a number with n ones if and only
if no two rows are alike: equal bits carry, and a carry makes the ones fewer.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Plan
from baton.engine.plan.calendar import period_text
from baton.words import Problem, Refused

type Frame = nw.LazyFrame[Any]

_SHOWN = 20


def marks(rows: nw.Expr) -> dict[str, nw.Expr]:
    """What a sum of rows must hold beside: the sum of their bits, and how many there are."""
    return {"bits": nw.col("bit").sum(), "rows": rows}


def refuse_doubles(
    plan: Plan,
    added: Frame,
    rows: Frame,
    keys: Sequence[str],
    alike: str,
    backend: Backend,
    readable: Callable[[pl.DataFrame], pl.DataFrame] = lambda table: table,
) -> Frame:
    """Keep sums that were marked; raise `Refused` where rows of one sum have the same `alike` (seen or feed).

    `readable` gives rows that are known by codes their unit and series.
    """
    kept = backend.keep(added.with_columns(nw.col("bits").cast(nw.Int64), nw.col("rows").cast(nw.Int64)))
    found = backend.collect(kept.select("bits", "rows").unique()).iter_rows()
    wrong = [(bits, count) for bits, count in found if bits.bit_count() != count]
    if wrong:
        table = pl.DataFrame(wrong, schema={"bits": pl.Int64, "rows": pl.Int64}, orient="row")
        sums = kept.join(backend.frame(table), on=["bits", "rows"], how="inner").select(*keys)
        inside = rows.join(sums, on=list(keys), how="inner")
        counts = inside.group_by(*keys, alike).agg(times=nw.len()).filter(nw.col("times") > 1)
        raise Refused(_problems(plan, readable(backend.collect(counts))))
    return kept.drop("bits", "rows")


def _problems(plan: Plan, table: pl.DataFrame) -> Iterator[Problem]:
    series = {indicator.series_code: indicator for indicator in reversed(plan.scheme.indicators)}
    names = {unit.code: unit.name for unit in plan.scheme.units}
    found = set()
    for row in table.iter_rows(named=True):
        unit = names[row["unit"]] if "unit" in row else plan.units[row["u"]].name
        indicator = series[row["series"]] if "series" in row else plan.by_key[row["leaf"]].indicator
        at = row["seen"] if "seen" in row else row["at"]
        found.add((unit, indicator.name, period_text(plan.year, at), row["times"]))
    for unit, name, period, times in sorted(found)[:_SHOWN]:
        params = {"unit": unit, "indicator": name, "period": period, "times": times}
        yield Problem("engine.reported_twice_in_table", params)
