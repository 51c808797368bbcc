"""Settling a year of the calendar by hand, and taking that back."""

from baton.core.acting import Actor, acting
from baton.org.choices import MAY_IMPORT, ImportKind
from baton.org.models import CalendarYear, Holiday
from baton.org.queries.access import require
from baton.org.queries.calendar import official
from baton.words import Place, Problem, Refused

_KEEPERS = sorted(MAY_IMPORT[ImportKind.DAYS])


def settle_year(*, year: int, source: str, by: Actor) -> CalendarYear:
    """Say that all special days of a year stand there, by which notice; from then terms are counted in it.

    Raises `Refused` for a year that the package brings, and for one of which no day was entered.
    """
    require(by.user, *_KEEPERS)
    with acting(by) as told:
        problems = []
        if not source:
            problems.append(Problem("org.document_missing", {}, Place(field="source")))
        if year in official().years:
            problems.append(Problem("org.year_is_official", {"year": year}, Place(field="source")))
        elif not Holiday.objects.filter(day__year=year).exists():
            problems.append(Problem("org.year_without_days", {"year": year}, Place(field="source")))
        if problems:
            raise Refused(problems)
        made, new = CalendarYear.objects.get_or_create(year=year, defaults={"source": source})
        if new:
            told.did("org.year_settled", made, source=source)
    return made


def unsettle_year(*, year: int, by: Actor) -> None:
    """Say that a year is not complete after all; a second click finds it so."""
    require(by.user, *_KEEPERS)
    with acting(by) as told:
        for one in CalendarYear.objects.filter(year=year):
            told.did("org.year_unsettled", one)
            one.delete()
