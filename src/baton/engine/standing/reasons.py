"""Why a suggested grade is what it is, as codes of the catalogue with what their sentences want."""

from dataclasses import dataclass
from decimal import Decimal

from baton.engine.scheme.adjustments import GradeCap
from baton.engine.scheme.grades import Grade
from baton.engine.scheme.model import Scheme
from baton.engine.standing.candidate import Candidate, Reason
from baton.engine.standing.scores import Score
from baton.engine.terms import plain


@dataclass(frozen=True, slots=True)
class Reasons:
    """Reasons for the units of one pool of `units` that have a score."""

    scheme: Scheme
    units: int

    def no_place(self, grade: Grade, size: int, tied: int) -> Reason:
        """Say that the threshold is reached but there is no place: none at all, all taken, too few for equals."""
        quota = plain((grade.quota or Decimal(0)) * 100) + "%"
        common = {"grade": grade.name, "units": self.units, "quota": quota, "places": size}
        if size == 0:
            return "engine.pool_too_small", common
        if tied:
            return "engine.tie_at_boundary", {**common, "tied": tied}
        return "engine.quota_full", common

    def moved_up(self, grade: Grade) -> Reason:
        """Say that the place was free because a vetoed unit did not use it."""
        return "engine.moved_up", {"grade": grade.name}

    def of_vetoes(self, one: Candidate) -> list[Reason]:
        """Say what the unit's vetoes did to its grade; nothing, where it would have had the same without them."""
        found: list[Reason] = []
        names = [grade.name for grade in self.scheme.grading.grades]
        if one.by_score is not None and one.by_score < one.cap:
            vetoes = self._vetoes(one.score, caps=True)
            found.append(("engine.veto_cap", {"veto": vetoes, "grade": names[one.cap], "before": names[one.by_score]}))
        if one.before is not None and one.before < one.barred:
            params = {"veto": self._vetoes(one.score, caps=False), "before": names[one.before]}
            found.append(("engine.grade_dropped", {**params, "grade": names[one.barred], "steps": one.drop}))
        return found

    def below_every_grade(self) -> Reason:
        """Say that the total is below every threshold."""
        thresholds = [grade.at_least for grade in self.scheme.grading.grades if grade.at_least is not None]
        return "engine.below_every_grade", {"least": plain(min(thresholds))}

    def no_place_left(self) -> Reason:
        """Say that even the last grade had no place."""
        return "engine.no_place_left", {"grade": self.scheme.grading.grades[-1].name}

    def _vetoes(self, score: Score, *, caps: bool) -> str:
        named = {veto.code: veto for veto in self.scheme.vetoes}
        codes = dict.fromkeys(
            code for code in score.sums.vetoes if isinstance(named[code].consequence, GradeCap) is caps
        )
        return "、".join(f"{code} {named[code].name}" for code in codes)


def of_total(scheme: Scheme, score: Score) -> list[Reason]:
    """Say that the total was lifted to the floor or cut at the cap, or that there is no score."""
    if score.total is None or score.unbounded is None:
        return [("engine.no_score", {})]
    if score.total > score.unbounded:
        return [("engine.total_lifted", {"bound": plain(scheme.limits.total_floor or Decimal(0))})]
    if score.total < score.unbounded:
        return [("engine.total_cut", {"bound": plain(scheme.limits.total_cap or Decimal(0))})]
    return []
