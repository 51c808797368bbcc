"""What each leaf brings to the formulas, as columns joined by leaf: kind, parameters, bounds, policies."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import polars as pl

from baton.engine.plan import Leaf, Plan
from baton.engine.quantum import half_up
from baton.engine.rules import KINDS, Needs
from baton.engine.steps.keys import KEY
from baton.engine.steps.tables import Tables
from baton.engine.terms import Missing, ZeroDenominator

MISSING = {policy: number for number, policy in enumerate(Missing)}
ZERO = {policy: number for number, policy in enumerate(ZeroDenominator)}
KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
MOST_PARAMETERS = max(len(kind.PARAMETERS) for kind in KINDS)


def leaf_table(plan: Plan, tables: Tables) -> pl.DataFrame:
    """One row per leaf; the column names are those of `rules.Columns` and of the stages."""
    wholes = full_quanta(plan)
    rows = [
        _row(plan, leaf, tables.quotient_decimals(leaf) if leaf.derived else 0, wholes[leaf.key])
        for leaf in plan.leaves
    ]
    names: dict[str, pl.DataType | type[pl.DataType]] = {
        "leaf": KEY,
        "kind": pl.Int64,
        "scale": pl.Float64,
        "points_full": pl.Float64,
        "sign": pl.Float64,
        "floor": pl.Float64,
        "cap": pl.Float64,
        "missing": pl.Int64,
        "zero": pl.Int64,
        "needs_target": pl.Boolean,
        "divides": pl.Boolean,
        "equal_points": pl.Float64,
        "fixed_target": pl.Int64,
        "assumed": pl.Int64,
        "ratio_scale": pl.Float64,
        "least_valid": pl.Float64,
        "least_turnout": pl.Float64,
        "quanta": pl.Float64,
        "step": pl.Int64,
        "full": pl.Int64,
        **{f"p{number}": pl.Float64 for number in range(MOST_PARAMETERS)},
    }
    return pl.DataFrame(rows, schema=names, orient="row")


def scaled(value: Decimal | None, decimals: int) -> int | None:
    """A number of the scheme as a whole number of 10^-decimals."""
    return None if value is None else int(value.scaleb(decimals))


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def full_quanta(plan: Plan) -> dict[int, int]:
    """Full points of each leaf in quanta; the parts of one indicator add up to the whole without remainder."""
    found: dict[int, int] = {}
    by_indicator: dict[tuple[str, str], list[Leaf]] = defaultdict(list)
    for leaf in plan.leaves:
        by_indicator[leaf.group, leaf.indicator.code].append(leaf)
    for leaves in by_indicator.values():
        exact = [Fraction(leaf.points) * 10**plan.scheme.decimals for leaf in leaves]
        floors = [share.numerator // share.denominator for share in exact]
        missing = half_up(sum(exact, Fraction(0))) - sum(floors)
        largest = sorted(range(len(leaves)), key=lambda n: (floors[n] - exact[n], leaves[n].part))
        for place, number in enumerate(largest):
            found[leaves[number].key] = floors[number] + (1 if place < missing else 0)
    return found


def _row(plan: Plan, leaf: Leaf, quotient_decimals: int, full: int) -> tuple[object, ...]:
    rule, indicator = leaf.rule, leaf.indicator
    bounds = rule.bounds(leaf.points)
    needs_target = Needs.TARGET in rule.needs()
    valid, turnout = rule.least_valid()
    parameters = rule.parameters(leaf.points)
    equal = rule.equal_share()
    target = scaled(indicator.target.value, leaf.decimals) if needs_target else None
    return (
        leaf.key,
        KIND_NUMBER[type(rule)],
        float(10**leaf.decimals),
        float(leaf.points),
        float(leaf.sign),
        _float(bounds.floor),
        _float(bounds.cap),
        MISSING[indicator.missing],
        ZERO[indicator.zero_denominator],
        needs_target,
        Needs.DIVISOR in rule.needs(),
        _float(None if equal is None else equal * leaf.points),
        target,
        scaled(indicator.assumed, leaf.decimals),
        float(leaf.ratio_scale * 10**leaf.decimals),
        _float(None if valid is None else valid * 10**quotient_decimals),
        _float(turnout),
        float(10**leaf.rounding),
        10 ** (plan.scheme.decimals - leaf.rounding),
        full,
        *(float(parameters[name]) for name in rule.PARAMETERS),
        *(None for _ in range(MOST_PARAMETERS - len(rule.PARAMETERS))),
    )
