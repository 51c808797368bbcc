"""A unit on its way to a grade: what its score reaches and what its vetoes do."""

from dataclasses import dataclass, field
from typing import Any

from baton.engine.scheme.adjustments import GradeCap
from baton.engine.scheme.grades import Grade
from baton.engine.scheme.model import Scheme
from baton.engine.standing.scores import Score

type Reason = tuple[str, dict[str, Any]]


@dataclass(slots=True)
class Candidate:
    """A unit on its way to a grade. Grades are places in the scheme's list, 0 is best.

    `by_score`: by threshold alone. `barred`: grades better than this are closed to it. `drop`: steps to fall.
    `before`: the grade it would have had without the drop, once known. `spent`: it has used up a place of a grade
    that a veto kept it from.
    """

    score: Score
    by_score: int | None
    barred: int
    drop: int
    cap: int = 0
    before: int | None = None
    spent: bool = False
    grade: int | None = None
    reasons: list[Reason] = field(default_factory=list)

    def is_called(self, number: int, grade: Grade) -> bool:
        """Tell whether its turn comes for a grade: it reaches the threshold, or has fallen to it."""
        if self.grade is not None:
            return False
        return reaches(grade, self.score) if self.before is None else number >= self.barred

    def is_kept_out(self, number: int) -> bool:
        """Tell whether a veto keeps it from a grade for which it is called."""
        return number < self.barred or (self.drop > 0 and self.before is None)

    def take(self, number: int, last: int) -> None:
        """Take the grade; or, under a drop, fall from it, but not below the last; or nothing, if it is barred."""
        if number < self.barred:
            return
        if self.drop and self.before is None:
            self.before = number
            self.barred = min(number + self.drop, last)
            if self.barred > number:
                return
        self.grade = number


def reaches(grade: Grade, score: Score) -> bool:
    """Tell whether a unit's total, at the precision of ranks, reaches the threshold of a grade."""
    return grade.at_least is None or (score.compared is not None and score.compared >= grade.at_least)


def candidate(scheme: Scheme, score: Score) -> Candidate:
    """Put a unit with a score on its way. Of several caps the lowest holds; several drops add up."""
    grades = scheme.grading.grades
    codes = [grade.code for grade in grades]
    consequences = {veto.code: veto.consequence for veto in scheme.vetoes}
    barred = drop = 0
    for consequence in (consequences[code] for code in score.sums.vetoes):
        if isinstance(consequence, GradeCap):
            barred = max(barred, codes.index(consequence.grade) if consequence.grade in codes else 0)
        else:
            drop += consequence.steps
    by_score = next((number for number, grade in enumerate(grades) if reaches(grade, score)), None)
    return Candidate(score, by_score, barred, drop, cap=barred)
