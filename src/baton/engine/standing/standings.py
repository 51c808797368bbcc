"""From scores and adjustments to standings."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from baton.engine.adjust import Outcome
from baton.engine.quantum import to_points
from baton.engine.result.sheet import Standing
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.units import Group
from baton.engine.standing.candidate import Candidate, Reason
from baton.engine.standing.grade import suggest
from baton.engine.standing.rank import ranks
from baton.engine.standing.reasons import of_total
from baton.engine.standing.scores import Score, UnitScores


def standings(scheme: Scheme, scores: Mapping[str, UnitScores], adjusted: Outcome) -> tuple[Standing, ...]:
    """Rank the assessed units in their groups and suggest grades; `scores` holds every assessed unit by its code.

    Sorted by group in the scheme's order, rank (units without a score last) and unit code. Grades are suggestions
    with reasons: a competent body decides. A group with `graded` false is ranked and gets none.
    """
    groups = {group.code: group for group in scheme.groups}
    by_group: dict[str, list[Score]] = defaultdict(list)
    pools: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for unit in scheme.units:
        if unit.code in scores and unit.group is not None:
            score = Score(scheme, unit.code, unit.group, scores[unit.code], adjusted.of(unit.code))
            by_group[unit.group].append(score)
            group = groups[unit.group]
            if group.graded:
                pools["pool" if group.quota_pool else "group", group.quota_pool or group.code].append(score)
    suggested = {unit: one for pool in pools.values() for unit, one in suggest(scheme, pool).items()}
    found = []
    for group in scheme.groups:
        ranked = ranks(by_group[group.code], scheme.ranking.method)
        below = [
            *(node.code for node in scheme.nodes if node.parent == group.root),
            *(indicator.code for indicator in scheme.indicators if indicator.parent == group.root),
        ]
        parts = {code: place for place, code in enumerate(below)}
        rows = [
            _standing(scheme, group, parts, score, ranked.get(score.unit), suggested.get(score.unit))
            for score in by_group[group.code]
        ]
        found += sorted(rows, key=lambda row: (row.rank is None, row.rank or Decimal(0), row.unit))
    return tuple(found)


def _standing(
    scheme: Scheme, group: Group, parts: Mapping[str, int], score: Score, rank: Decimal | None, one: Candidate | None
) -> Standing:
    """The standing of one unit; `parts` are the codes right under the group's root, with their order."""
    mine = sorted((code for code in score.scores.nodes if code in parts), key=parts.__getitem__)
    grades, decimals = scheme.grading.grades, scheme.decimals
    base, total = score.scores.base, score.total
    return Standing(
        unit=score.unit,
        group=group.code,
        base=None if base is None else to_points(base, decimals),
        bonus=to_points(score.sums.bonus, decimals),
        deduction=to_points(score.sums.deduction, decimals),
        total=None if total is None else to_points(total, decimals),
        compared=score.compared,
        rank=rank,
        tie_keys=score.tie_keys,
        parts={code: _points(score.scores.nodes[code], decimals) for code in mine},
        vetoes=score.sums.vetoes,
        tie_bonus=to_points(score.sums.tie_bonus, decimals),
        grade_by_score=None if one is None or one.by_score is None else grades[one.by_score].code,
        grade=None if one is None or one.grade is None else grades[one.grade].code,
        reasons=(*of_total(scheme, score), *_reasons(scheme, group, one)),
    )


def _reasons(scheme: Scheme, group: Group, one: Candidate | None) -> list[Reason]:
    if not scheme.grading.grades or (one is None and group.graded):
        return []
    return [("engine.group_not_graded", {"group": group.name})] if one is None else one.reasons


def _points(quanta: int | None, decimals: int) -> Decimal | None:
    return None if quanta is None else to_points(quanta, decimals)
