"""What a draft would have given with the figures of a year that are held. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models.functions import Substr

from baton.assessment.choices import MonthState
from baton.assessment.models import Figure, Month, PastResult, ResultReader, UnitResult
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.monthly import figures_of_year, panel_of
from baton.assessment.rules.trial_scheme import trial_scheme
from baton.core import clock
from baton.core.models import User
from baton.engine.scheme.model import Scheme
from baton.engine.score import score
from baton.words import Problem, Refused

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class ForeseenUnit:
    """A unit by a draft and the figures of a year: total, place in its group, suggested grade; and what it really got.

    None: no total. `rank_before`: the place that was made known for the year, None where none is held.
    """

    code: str
    name: str
    group: str
    total: Decimal | None
    rank: Decimal | None
    grade: str
    score_before: Decimal | None
    rank_before: Decimal | None

    @property
    def risen(self) -> Decimal | None:
        """How many places further up than it really was; None where one of them is not known."""
        return None if self.rank is None or self.rank_before is None else self.rank_before - self.rank


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would have come out. `without`: indicators of which the year has no figure, so that they are left out."""

    year: int
    units: Sequence[ForeseenUnit]
    without: Sequence[str]
    counted: int
    figures: int
    problems: Sequence[Problem]


def years_held(user: User) -> list[int]:
    """Give the years of which figures are held and whose result this person may try, newest first.

    A year in which a month is not out yet is only for people on the list of readers.
    """
    sight = sight_of(user)
    if not sight.everything:
        return []
    rows = Figure.objects.counting().order_by().annotate(year=Substr("period", 1, 4)).values_list("year", flat=True)
    years = {int(one) for one in rows.distinct()}
    if not ResultReader.objects.reads(user, clock.today()):
        not_out = Month.objects.exclude(state=MonthState.PUBLISHED).values_list("period", flat=True)
        years -= {int(one[:4]) for one in not_out}
    return sorted(years, reverse=True)


def foreseen(scheme: Scheme, year: int) -> Foreseen:
    """Score a year by a draft; what must be there and is not is left out. Callers ask `years_held` who may see it."""
    given = figures_of_year(scheme, year, Figure.objects.counting())
    tried, left_out = trial_scheme(scheme, set(given["series"].unique()))
    without = [one.name for one in left_out]
    try:
        sheet = score(tried, panel_of(given), year)
    except Refused as refused:
        return Foreseen(year, (), without, 0, given.height, refused.problems)
    before = _before(year)
    groups = {group.code: group.name for group in scheme.groups}
    grades = {grade.code: grade.name for grade in scheme.grading.grades}
    names = {unit.code: unit.name for unit in scheme.units}
    units = [
        ForeseenUnit(
            *(one.unit, names.get(one.unit, one.unit), groups.get(one.group, one.group), one.total, one.rank),
            grades.get(one.grade or "", one.grade or ""),
            *before.get(one.unit, (None, None)),
        )
        for one in sheet.standings
    ]
    return Foreseen(year, units, without, len(scheme.indicators) - len(without), given.height, ())


def _before(year: int) -> Mapping[str, tuple[Decimal | None, Decimal | None]]:
    """Give score (of a hundred) and place that were made known for a year, else the means of its newest month out."""
    held = PastResult.objects.filter(period=str(year)).select_related("unit")
    known = {one.unit.code: (_share(one.score, one.full), one.rank) for one in held}
    if known:
        return known
    rows = UnitResult.objects.filter(
        run__publications__withdrawn_at__isnull=True, run__month__period__startswith=f"{year}-"
    ).filter(run__publications__isnull=False)
    newest = rows.order_by("-run__month__period").values_list("run", flat=True).first()
    found = rows.filter(run=newest).select_related("unit")
    return {one.unit.code: (_share(one.mean, one.full), one.mean_rank) for one in found}


def _share(points: Decimal | None, full: Decimal) -> Decimal | None:
    return None if points is None or not full else points / full * _HUNDRED
