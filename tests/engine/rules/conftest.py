"""A workbench for rules: cases from figures or from a group; formulas on Polars and DuckDB, one row at a time."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest

from baton.engine.rules import Case, Columns, Needs, RuleBase
from baton.engine.rules.tables import look_up
from baton.engine.terms import RankMethod

QUANTUM = Decimal("0.000001")
NEEDED = {
    "target": Needs.TARGET,
    "best": Needs.EXTREMES,
    "worst": Needs.EXTREMES,
    "mean": Needs.MEAN,
    "deviation": Needs.DEVIATION,
    "count": Needs.COUNT,
    "rank": Needs.RANK,
}


def rank_of(x: Decimal, values: Sequence[Decimal], sign: int, method: RankMethod) -> Decimal:
    better = [value for value in values if sign * value > sign * x]
    if method is RankMethod.DENSE:
        return Decimal(len(set(better)) + 1)
    ties = sum(value == x for value in values)
    return Decimal(len(better) + 1) + (Decimal(ties - 1) / 2 if method is RankMethod.MEAN else 0)


class Workbench:
    """What the engine does around a rule, for one leaf."""

    def group(self, rule: RuleBase, x: Decimal, values: Sequence[Decimal], points: Decimal, sign: int = 1) -> Case:
        """A case in a group with these values, x among them."""
        with localcontext() as context:
            context.prec = 60
            n = len(values)
            mean = sum(values) / Decimal(n)
            divisor = n - 1 if getattr(rule, "sample", True) else n
            squares = sum((value - mean) ** 2 for value in values)
            best, worst = rule.fixed()
            return Case(
                x=x,
                points=points,
                sign=sign,
                best=best if best is not None else max(values, key=lambda value: sign * value),
                worst=worst if worst is not None else min(values, key=lambda value: sign * value),
                mean=mean,
                deviation=(squares / divisor).sqrt() if divisor else Decimal(0),
                count=Decimal(n),
                rank=rank_of(x, values, sign, rule.rank_method()),
            )

    def figures(self, rule: RuleBase, reported: Mapping[str, Decimal], points: Decimal, sign: int = 1) -> Case:
        """A case from reported figures, through the rule's feeds; without feeds `actual` and `target`."""
        if not rule.feeds():
            return Case(x=reported["actual"], points=points, sign=sign, target=reported.get("target", Decimal(0)))
        sums = dict.fromkeys(("value", "target", "numerator", "denominator"), Decimal(0))
        for feed in rule.feeds():
            if feed.role == "present":
                sums["denominator"] += feed.factor if feed.figure in reported else 0
            elif feed.role in sums:
                sums[feed.role] += feed.factor * reported.get(feed.figure, Decimal(0))
        with localcontext() as context:
            context.prec = 60
            x = sums["numerator"] / sums["denominator"] if sums["denominator"] else sums["value"]
        numerator, denominator = sums["numerator"], sums["denominator"]
        return Case(x=x, points=points, sign=sign, target=sums["target"], numerator=numerator, denominator=denominator)

    def exact(self, rule: RuleBase, case: Case) -> Decimal:
        """The points of the oracle, rounded once to six decimals."""
        return rule.score(case).quantize(QUANTUM, ROUND_HALF_UP)

    def polars(self, rule: RuleBase, case: Case) -> float:
        """The formula's points on Polars, before bounds."""
        frame = nw.from_native(pl.DataFrame([self._row(rule, case)]).lazy())
        return float(self._formula(rule, frame).collect().get_column("points").item())

    def key(self, rule: RuleBase, case: Case) -> float:
        """What the formula's table is asked for, on Polars."""
        frame = nw.from_native(pl.DataFrame([self._row(rule, case)]).lazy())
        return float(self._formula(rule, frame).collect().get_column("key").item())

    def duckdb(self, rule: RuleBase, case: Case) -> float:
        """The formula's points on DuckDB, before bounds."""
        table = pl.DataFrame([self._row(rule, case)])
        with duckdb.connect() as connection:
            frame = nw.from_native(connection.from_arrow(table.to_arrow()))
            return float(self._formula(rule, frame).collect().get_column("points").item())

    def _row(self, rule: RuleBase, case: Case) -> dict[str, float | None]:
        """The columns as the engine gives them: what a rule does not need is not there."""
        needs = rule.needs()
        by_figures = bool(rule.feeds())
        row: dict[str, float | None] = {
            name: float(getattr(case, name)) if need in needs or (name == "target" and by_figures) else None
            for name, need in NEEDED.items()
        }
        row |= {"x": float(case.x), "points_full": float(case.points), "sign": float(case.sign)}
        row |= {name: float(getattr(case, name)) if by_figures else None for name in ("numerator", "denominator")}
        given = rule.parameters(case.points)
        assert set(given) == set(rule.PARAMETERS)
        assert len(rule.PARAMETERS) <= 6
        row |= {f"p{number}": float(given[name]) for number, name in enumerate(rule.PARAMETERS)}
        row["y"] = float(look_up(rule.segments(), rule.key(case))) if Needs.SEGMENTS in needs else None
        return row

    def _formula(self, rule: RuleBase, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        kind, columns = type(rule), Columns(type(rule).PARAMETERS)
        empty = [name for name, dtype in frame.collect_schema().items() if not isinstance(dtype, nw.Float64)]
        frame = frame.with_columns(*(nw.col(name).cast(nw.Float64) for name in empty))
        return frame.select(points=kind.formula(columns), key=kind.lookup(columns))


@pytest.fixture(scope="session")
def bench() -> Workbench:
    return Workbench()


@pytest.fixture(scope="session")
def agree(bench: Workbench) -> Any:
    """Check that formula and oracle say the same, and give the oracle's rounded points within bounds."""

    def check(rule: RuleBase, case: Case) -> Decimal:
        right = rule.exact(case)
        for points in (bench.polars(rule, case),):
            assert abs(Decimal(points) - right) <= Decimal("1e-9") * max(abs(right), case.points, 1)
        return bench.exact(rule, case)

    return check
