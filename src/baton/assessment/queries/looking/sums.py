"""The sum behind a unit's points of an indicator, to be done again by hand, from the rows that are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from baton.assessment.models import LeafResult
from baton.assessment.queries.looking.month import Shown
from baton.assessment.queries.looking.plans import plan_of
from baton.engine.exact.figures import Figures
from baton.engine.exact.leaf import compares
from baton.engine.exact.panel import LeafPlace
from baton.engine.explain.explanation import GroupFigures
from baton.engine.explain.kinds import Setting, told
from baton.engine.explain.leaf import Surroundings, explain_leaf
from baton.engine.explain.line import Line
from baton.engine.explain.reading import LeafKey
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import texts

_PLACES = 9


def sums_of(shown: Shown, leaves: Sequence[LeafResult]) -> dict[int, tuple[Line, ...]]:
    """Give by the number of each leaf its rule in words and the calculation in numbers; one query for the group.

    Nothing for a leaf that the scheme of the run no longer makes, as happens where a unit changed its group.
    """
    plan = plan_of(shown.run.scheme, shown.month.period)
    known = {(leaf.group, leaf.indicator.code, leaf.part): leaf for leaf in plan.leaves}
    rows = LeafResult.objects.filter(run=shown.run, indicator=leaves[0].indicator, group=leaves[0].group)
    by_part: dict[str, list[LeafResult]] = {}
    for row in rows:
        by_part.setdefault(row.part, []).append(row)
    found = {}
    for one in leaves:
        leaf = known.get((one.group, one.indicator, one.part))
        if leaf is not None:
            words = told(leaf.rule, Setting(leaf.points, leaf.sign, {**leaf.indicator.figures}))
            found[one.pk] = (*words, *_sum(plan, leaf, shown.month.period, one, by_part[one.part]))
    return found


def _sum(plan: Plan, leaf: Leaf, period: str, one: LeafResult, peers: Sequence[LeafResult]) -> tuple[Line, ...]:
    scale = max(leaf.decimals, *(_decimals(text) for row in peers for text in (row.value, row.target)))
    finer = replace(leaf, decimals=scale)
    figures = {row.unit_id: Figures(_whole(row.value, scale), _whole(row.target, scale)) for row in peers}
    place = LeafPlace(plan, finer, texts(plan.year)[period], figures)
    around = Surroundings(plan.year, _PLACES, "", _group(place), place.rank(one.unit_id) or None, Decimal(0))
    row: Mapping[str, object] = {
        "value": figures[one.unit_id].x,
        "target": figures[one.unit_id].t,
        "decimals": scale,
        "points": None if one.points is None else int(one.points.scaleb(_PLACES)),
        "full": int(one.full.scaleb(_PLACES)),
        "rank": one.rank,
        "flags": one.flags,
    }
    return explain_leaf(finer, LeafKey(one.indicator, one.part, period), row, around).check


def _group(place: LeafPlace) -> GroupFigures:
    if not compares(place.leaf):
        return GroupFigures(len(place.found))
    one = place.statistic
    return GroupFigures(len(place.found), one.count, one.best, one.worst, one.mean, one.deviation)


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _whole(text: str, decimals: int) -> int | None:
    return int(Decimal(text).scaleb(decimals)) if text else None
