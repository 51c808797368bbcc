"""Suggested grades of one pool: threshold, quota and vetoes; the stricter wins.

The system suggests; the competent body decides (党政领导干部考核工作条例: 不能由得分直接确定考核结果).

Grades are filled from the best down. Units are called in the order of their scores, equals together. A unit gets a
grade if it reaches the threshold, no veto keeps it from the grade, and a place is free. Who does not get it is called
again for the next one.

A veto that caps keeps the unit out of better grades. A veto that drops lets the unit be called as if there were no
drop, and then moves it down; a unit with both is capped first. Whether a unit that a veto keeps out still uses up a
place is `vetoed_uses_quota`; if not, the next one moves up. In the lower grade it lands in, a vetoed unit needs a place
like everyone else.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from baton.engine.scheme.model import Scheme
from baton.engine.standing.candidate import Candidate, candidate
from baton.engine.standing.rank import tied
from baton.engine.standing.reasons import Reasons
from baton.engine.standing.scores import Score
from baton.engine.standing.stage import Stage
from baton.engine.terms import Rounding

_ROUNDING = {Rounding.DOWN: ROUND_FLOOR, Rounding.HALF_UP: ROUND_HALF_UP, Rounding.UP: ROUND_CEILING}


def places(quota: Decimal, units: int, rounding: Rounding) -> int:
    """Give the places of a grade: quota x units, made whole as the scheme says (33 x 30% = 9.9 are 9 rounded down)."""
    return int((quota * units).to_integral_value(_ROUNDING[rounding]))


def suggest(scheme: Scheme, pool: Sequence[Score]) -> dict[str, Candidate]:
    """Suggest grades for the units of one pool: one group, or small groups that share their quota.

    The quota is counted over the units of the pool that have a score.
    """
    grading = scheme.grading
    if not grading.grades:
        return {}
    candidates = {one.unit: candidate(scheme, one) for one in pool if one.total is not None}
    words = Reasons(scheme, len(candidates))
    for number, grade in enumerate(grading.grades):
        stage = Stage(
            number=number,
            grade=grade,
            last=len(grading.grades) - 1,
            size=None if grade.quota is None else places(grade.quota, len(candidates), grading.quota_rounding),
            vetoed_use=grading.vetoed_uses_quota,
            all_tied=grading.boundary_tie == "all",
            words=words,
        )
        called = [one.score for one in candidates.values() if one.is_called(number, grade)]
        for equals in tied(called):
            stage.call([candidates[score.unit] for score in equals])
    for one in candidates.values():
        _conclude(one, words)
    return candidates


def _conclude(one: Candidate, words: Reasons) -> None:
    one.reasons[:] = [*words.of_vetoes(one), *one.reasons]
    if one.by_score is None:
        one.reasons.append(words.below_every_grade())
    elif one.grade is None:
        one.reasons.append(words.no_place_left())
