"""A unit's group in the score sheet: how many were scored, what rules compared with, and places by value."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

import narwhals as nw

from baton.engine.explain.explanation import GroupFigures
from baton.engine.explain.reading import LeafKey
from baton.engine.plan import Leaf
from baton.engine.result.sheet import ScoreSheet
from baton.engine.rules import Needs
from baton.engine.terms import RankMethod


def group_figures(sheet: ScoreSheet, group: str, indicators: Collection[str]) -> dict[LeafKey, GroupFigures]:
    """Give the figures of a group for some indicators, by leaf and period."""
    keys = ("indicator", "part", "period")
    wanted = (nw.col("group") == group) & nw.col("indicator").is_in(list(indicators))
    counted = sheet.leaves.filter(wanted).group_by(*keys).agg(scored=nw.col("points").count())
    found = {LeafKey(*row[:3]): GroupFigures(scored=int(row[3])) for row in counted.iter_rows()}
    for row in sheet.statistics.filter(wanted).iter_rows(named=True):
        key = LeafKey(row["indicator"], row["part"], row["period"])
        if key in found:
            best, worst, mean, deviation = (_number(row[name]) for name in ("best", "worst", "mean", "deviation"))
            found[key] = GroupFigures(found[key].scored, row["count"], best, worst, mean, deviation)
    return found


def places(sheet: ScoreSheet, leaves: Collection[Leaf], unit: str) -> dict[LeafKey, Decimal]:
    """Give the unit's place by value in its group and period, for leaves whose rule ranks values."""
    ranked = {(leaf.indicator.code, leaf.part): leaf for leaf in leaves if Needs.RANK in leaf.rule.needs()}
    if not ranked:
        return {}
    group = next(iter(ranked.values())).group
    wanted = (nw.col("group") == group) & nw.col("indicator").is_in([code for code, _ in ranked])
    rows = sheet.leaves.filter(wanted & ~nw.col("value").is_null())
    values: dict[LeafKey, list[int]] = defaultdict(list)
    own: dict[LeafKey, int] = {}
    for code, part, period, value, who in rows.select("indicator", "part", "period", "value", "unit").iter_rows():
        key, leaf = LeafKey(code, part, period), ranked.get((code, part))
        if leaf is not None:
            worse_first = -leaf.sign * value
            values[key].append(worse_first)
            if who == unit:
                own[key] = worse_first
    methods = {key: ranked[key.indicator, key.part].rule.rank_method() for key in own}
    return {key: _place(values[key], value, methods[key]) for key, value in own.items()}


def _place(values: list[int], own: int, method: RankMethod) -> Decimal:
    if method is RankMethod.DENSE:
        return Decimal(bisect_left(sorted(set(values)), own) + 1)
    ahead, equals = bisect_left(sorted(values), own), values.count(own)
    if method is RankMethod.MEAN and equals % 2 == 0:
        return ahead + (equals + 1) * Decimal("0.5")
    return Decimal(ahead + (equals + 1) // 2 if method is RankMethod.MEAN else ahead + 1)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
