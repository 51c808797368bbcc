"""A month put through the engine, by the figures that stand now. Whose eyes it may meet, its callers decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Min

from baton.assessment.models import Figure, Month
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.month_scheme import month_scheme
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.engine.score import score

_NOTHING: Mapping[Cell, Decimal | None] = {}


@dataclass(frozen=True, slots=True)
class Scored:
    """A month's sheet, with what a run keeps of where it came from."""

    sheet: ScoreSheet
    scheme: Scheme
    month_digest: str
    until: int
    figures: int
    preliminary: int


def score_of(month: Month, lenient: bool = False, instead: Mapping[Cell, Decimal | None] = _NOTHING) -> Scored:
    """Score all months of the year up to one, by the figures that stand now.

    `instead`: figures that are not entered yet, in place of those that stand.

    Raises `Refused` with every figure that must be there and is not, as the engine says it.
    """
    scheme = month_scheme(month.scheme.scheme, month.period, lenient, _first_month(month))
    newest = newest_figure()
    given = list(_with(observations(scheme, month), instead))
    sheet = score(scheme, Panel.of(given), month.year)
    preliminary = sum(one.preliminary and one.period == month.period for one in given)
    return Scored(sheet, scheme, digest(scheme), newest, len(given), preliminary)


def newest_figure() -> int:
    """Give the number of the newest figure there is."""
    return Figure.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _first_month(month: Month) -> str:
    """Give the first month of the year with figures: a county may begin in the middle of one."""
    rows = Figure.objects.filter(period__startswith=f"{month.year}-", period__lte=month.period).exclude(
        period__contains="Q"
    )
    first = rows.aggregate(first=Min("period"))["first"]
    return first or month.period


def observations(scheme: Scheme, month: Month) -> Iterator[Observation]:
    """Give the figures that stand for a month's scheme: those of its year up to the month, and of the whole year."""
    series = sorted({one.series_code for one in scheme.indicators})
    units = [unit.code for unit in scheme.units if unit.group is not None]
    rows = Figure.objects.counting().of_year(month.year).filter(series__in=series, unit__code__in=units)
    wanted = ("unit__code", "series", "figure", "period", "value", "preliminary", "version")
    for unit, name, figure, period, value, preliminary, version in rows.values_list(*wanted):
        if value and not _later(period, month):
            key = unit, name, figure, period
            yield Observation(*key, Decimal(value), preliminary, version)


def _with(given: Iterator[Observation], instead: Mapping[Cell, Decimal | None]) -> Iterator[Observation]:
    for one in given:
        if Cell(one.unit, one.series, one.figure, one.period) not in instead:
            yield one
    for cell, value in instead.items():
        if value is not None:
            yield Observation(cell.unit, cell.series, cell.figure, cell.period, value)


def _later(period: str, month: Month) -> bool:
    """Whether a period ends after the month; a year's own figures are its targets."""
    if "Q" in period:
        return int(period[-1]) * 3 > month.number
    return len(period) == len(month.period) and period > month.period
