"""What rules compare a unit with: extremes, mean and deviation of the group in the period, exact.

The engine only reduces whole numbers (Int64); sums that could overflow are taken in pieces of 2^21. Means and
deviations are then made in exact arithmetic on the small table and joined back as the nearest Float64.
"""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.statistic import Statistic
from baton.engine.rules import Needs
from baton.engine.steps.keys import KEY
from baton.engine.steps.values.values import Valued

type Frame = nw.LazyFrame[Any]

_PIECE = 2**21
COMPARING = Needs.EXTREMES | Needs.MEAN | Needs.DEVIATION | Needs.COUNT | Needs.RANK


def statistics(plan: Plan, valued: Valued, backend: Backend) -> dict[tuple[int, int], Statistic]:
    """Statistics by leaf and period, for the leaves of a portion whose rule compares."""
    leaves = valued.portion.that(COMPARING)
    if not leaves:
        return {}
    rows = valued.frame.select("leaf", "at", "x")
    if len(leaves) < len(valued.portion.leaves):
        rows = rows.filter(nw.col("leaf").is_in([leaf.key for leaf in leaves]))
    if valued.gaps:
        rows = rows.filter(~nw.col("x").is_null())
    needs = Needs.NOTHING
    for leaf in leaves:
        needs |= leaf.rule.needs()
    asked = {"n": nw.col("x").count(), "low": nw.col("x").min(), "high": nw.col("x").max()}
    if needs & (Needs.MEAN | Needs.DEVIATION):
        rows = _in_pieces(rows)
        asked |= {f"sum_{piece}": nw.col(piece).sum() for piece in ("a", "b", "c")}
    if needs & Needs.DEVIATION:
        asked |= {f"sum_{p}{q}": nw.col(f"{p}{q}").sum() for p, q in _PAIRS}
    table = backend.collect(rows.group_by("leaf", "at").agg(**asked))
    return {(row["leaf"], row["at"]): _statistic(plan.by_key[row["leaf"]], row) for row in table.iter_rows(named=True)}


_PAIRS = (("a", "a"), ("a", "b"), ("a", "c"), ("b", "b"), ("b", "c"), ("c", "c"))


def _in_pieces(rows: Frame) -> Frame:
    """X = a 2^42 + b 2^21 + c; any whole a and b will do, as c is what is left."""
    pieces = rows.with_columns(
        a=(nw.col("x").cast(nw.Float64) * (1.0 / _PIECE**2)).floor().cast(nw.Int64),
    ).with_columns(rest=nw.col("x") - nw.col("a") * _PIECE**2)
    pieces = pieces.with_columns(b=(nw.col("rest").cast(nw.Float64) * (1.0 / _PIECE)).floor().cast(nw.Int64))
    pieces = pieces.with_columns(c=nw.col("rest") - nw.col("b") * _PIECE)
    return pieces.with_columns(**{f"{p}{q}": nw.col(p) * nw.col(q) for p, q in _PAIRS})


def _statistic(leaf: Leaf, row: dict[str, Any]) -> Statistic:
    unit = 10**leaf.decimals
    best, worst = (row["high"], row["low"]) if leaf.sign > 0 else (row["low"], row["high"])
    fixed_best, fixed_worst = leaf.rule.fixed()
    needs = leaf.rule.needs()
    n = row["n"]
    mean = deviation = Decimal(0)
    with localcontext() as context:
        context.prec = 60
        best_value = Decimal(best) / unit if fixed_best is None else fixed_best
        worst_value = Decimal(worst) / unit if fixed_worst is None else fixed_worst
        if needs & (Needs.MEAN | Needs.DEVIATION):
            total = int(row["sum_a"]) * _PIECE**2 + int(row["sum_b"]) * _PIECE + int(row["sum_c"])
            mean = Decimal(total) / n / unit
            if needs & Needs.DEVIATION:
                deviation = _deviation(total, _squares(row), n, getattr(leaf.rule, "sample", True)) / unit
    equal = deviation == 0 if needs & Needs.DEVIATION else best_value == worst_value
    return Statistic(n, best_value, worst_value, mean, deviation, equal)


def _squares(row: dict[str, Any]) -> int:
    weights = {"a": _PIECE**2, "b": _PIECE, "c": 1}
    twice = {True: 1, False: 2}
    return sum(int(row[f"sum_{p}{q}"]) * weights[p] * weights[q] * twice[p == q] for p, q in _PAIRS)


def _deviation(total: int, squares: int, n: int, sample: bool) -> Decimal:
    """Standard deviation with divisor n - 1 (sample) or n; 0 for a single value."""
    divisor = n - 1 if sample else n
    if divisor <= 0:
        return Decimal(0)
    variance = (Fraction(squares) - Fraction(total * total, n)) / divisor
    return (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()


def statistic_table(found: Mapping[tuple[int, int], Statistic]) -> pl.DataFrame:
    """leaf, at, count, best, worst, mean, deviation as the nearest Float64, equal (Boolean)."""
    rows = [
        (leaf, at, float(s.count), float(s.best), float(s.worst), float(s.mean), float(s.deviation), s.equal)
        for (leaf, at), s in found.items()
    ]
    floats = ("count", "best", "worst", "mean", "deviation")
    names = {"leaf": KEY, "at": KEY, **dict.fromkeys(floats, pl.Float64), "equal": pl.Boolean}
    return pl.DataFrame(rows, schema=names, orient="row")
