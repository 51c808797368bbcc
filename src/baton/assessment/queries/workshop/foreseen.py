"""What a draft would have given with the figures of a year that are held. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models.functions import Substr

from baton.assessment.choices import MonthState
from baton.assessment.models import Figure, Month, PastResult, ResultReader, UnitResult
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.monthly import figures_of_year, newest_figure, panel_of
from baton.assessment.queries.workshop.comparing import Side
from baton.assessment.rules.trial_scheme import trial_scheme
from baton.core import clock
from baton.core.models import User
from baton.engine.result.sheet import ScoreSheet, Standing
from baton.engine.scheme.model import Scheme
from baton.engine.score import score
from baton.sheets.scheme_book.terms import terms_at
from baton.words import Problem, Refused

_HUNDRED = Decimal(100)
_KEPT = 16
_TRIED: dict[tuple[str, int, int], "_Tried"] = {}
"""What was tried, by digest of the text, year, and number of the newest figure there was."""


@dataclass(frozen=True, slots=True)
class ForeseenUnit:
    """A unit by a draft and the figures of a year: total, place in its group, suggested grade.

    `total_before`, `rank_before`: the same figures by the scheme that the draft comes from, so that the difference is
    the scheme's alone. `score_known`, `rank_known`: what was made known for the year. None: not there.
    """

    code: str
    name: str
    group: str
    total: Decimal | None
    rank: Decimal | None
    grade: str
    total_before: Decimal | None
    rank_before: Decimal | None
    score_known: Decimal | None
    rank_known: Decimal | None

    @property
    def risen(self) -> Decimal | None:
        """How many places further up than by the scheme before; None where one of them is not known."""
        return None if self.rank is None or self.rank_before is None else self.rank_before - self.rank


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would have come out. `without`: indicators of which the year has no figure, so that they are left out.

    `before`: the scheme that the draft is compared with; empty where there is none, or it cannot be scored.
    """

    year: int
    units: Sequence[ForeseenUnit]
    without: Sequence[str]
    counted: int
    figures: int
    problems: Sequence[Problem]
    before: str = ""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A text tried on a year: standings by unit, the names of what was left out, how many figures there were."""

    standings: Mapping[str, Standing]
    without: tuple[str, ...]
    figures: int
    problems: tuple[Problem, ...] = ()


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


def foreseen(after: Side, before: Side | None, year: int) -> Foreseen:
    """Score a year by a draft, and by the scheme before; what must be there and is not is left out.

    Callers ask `years_held` who may see it.
    """
    newest = newest_figure()
    tried = _tried(after.digest, after.scheme, year, newest)
    if tried.problems:
        return Foreseen(year, (), tried.without, 0, tried.figures, tried.problems)
    other = None if before is None else _tried(before.digest, before.scheme, year, newest)
    was = {} if other is None else other.standings
    known, scheme = _known(year), after.scheme
    groups = {group.code: group.name for group in scheme.groups}
    grades = {grade.code: grade.name for grade in scheme.grading.grades}
    names = {unit.code: unit.name for unit in scheme.units}
    units = [
        ForeseenUnit(
            *(one.unit, names.get(one.unit, one.unit), groups.get(one.group, one.group), one.total, one.rank),
            grades.get(one.grade or "", one.grade or ""),
            *((was[one.unit].total, was[one.unit].rank) if one.unit in was else (None, None)),
            *known.get(one.unit, (None, None)),
        )
        for one in tried.standings.values()
    ]
    counted = len(scheme.indicators) - len(tried.without)
    name = before.name if before is not None and was else ""
    return Foreseen(year, units, tried.without, counted, tried.figures, (), name)


def _tried(digest: str, scheme: Scheme, year: int, newest: int) -> _Tried:
    """Try a text once for as long as no figure comes in."""
    key = digest, year, newest
    if key not in _TRIED:
        while len(_TRIED) >= _KEPT:
            _TRIED.pop(next(iter(_TRIED)))
        _TRIED[key] = _try(scheme, year)
    return _TRIED[key]


def sheet_of(scheme: Scheme, year: int) -> ScoreSheet:
    """Score a year by a draft's scheme; indicators of which the year has no figure are left out. Raises `Refused`."""
    given = figures_of_year(scheme, year, Figure.objects.counting())
    tried, _ = trial_scheme(scheme, set(given["series"].unique()))
    return score(tried, panel_of(given), year)


def _try(scheme: Scheme, year: int) -> _Tried:
    given = figures_of_year(scheme, year, Figure.objects.counting())
    tried, left_out = trial_scheme(scheme, set(given["series"].unique()))
    without = tuple(one.name for one in left_out)
    try:
        sheet = score(tried, panel_of(given), year)
    except Refused as refused:
        told = tuple(replace(one, terms=terms_at(one.place.field)) for one in refused.problems)
        return _Tried({}, without, given.height, told)
    return _Tried({one.unit: one for one in sheet.standings}, without, given.height)


def _known(year: int) -> Mapping[str, tuple[Decimal | None, Decimal | None]]:
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
