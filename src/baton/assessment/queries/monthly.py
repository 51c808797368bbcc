"""A month put through the engine, by the figures that stand now. Whose eyes it may meet, its callers decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl
from django.db.models import Count, Max, Min
from django.db.models.functions import Coalesce

from baton.assessment.choices import RunKind
from baton.assessment.models import Batch, Figure, Month, Run, SchemeVersion
from baton.assessment.models.figure import FigureQuerySet
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.month_scheme import month_scheme
from baton.core.bulk import as_table
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.panel.texts import panel_of_texts
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.engine.score import score
from baton.engine.terms import plain
from baton.words import Problem, Refused

_COLUMNS = ["unit", "series", "figure", "period", "value", "preliminary"]
_SCHEMA = dict.fromkeys(_COLUMNS[:5], pl.String) | {"preliminary": pl.Boolean}
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
    newest, counting = newest_figure(), Figure.objects.counting()
    scheme = month_scheme(month.scheme.scheme, month.period, lenient, _first_month(month, Figure.objects.all()))
    given = _with(figures_for(scheme, month, counting), instead)
    return _scored(scheme, month, given, newest)


@dataclass(frozen=True, slots=True)
class Again:
    """A run made again: its result, and the figures it was made of, with the columns of `figures_for`."""

    scored: Scored
    figures: pl.DataFrame


def score_again(run: Run) -> Again:
    """Make a run again by the figures that counted then, whatever was entered, corrected or taken back since.

    Raises `Refused` where that gives another digest than the run has: then some of what it rests on is no longer known.
    """
    month, lenient = run.month, run.kind == RunKind.PREVIEW
    figures = Figure.objects.as_of(run.until)
    first = _first_month(month, Figure.objects.filter(pk__lte=run.until))
    scheme = month_scheme(run.scheme.scheme, month.period, lenient, first)
    given = figures_for(scheme, month, figures)
    found = _scored(scheme, month, given, run.until)
    if found.sheet.digest != run.digest or found.sheet.data_digest != run.data_digest:
        params = {"found": found.sheet.digest, "told": run.digest}
        raise Refused([Problem("assessment.run_not_made_again", params)])
    return Again(found, given)


def score_run_under(run: Run, version: SchemeVersion) -> ScoreSheet:
    """Score the figures that a run was made of by another version of the scheme; nothing of it is kept.

    What must be there and is not is left out, since figures were asked for by the run's own scheme. Raises `Refused`.
    """
    first = _first_month(run.month, Figure.objects.filter(pk__lte=run.until))
    scheme = month_scheme(version.scheme, run.month.period, lenient=True, first=first)
    given = figures_for(scheme, run.month, Figure.objects.as_of(run.until))
    return _scored(scheme, run.month, given, run.until).sheet


def _scored(scheme: Scheme, month: Month, given: pl.DataFrame, newest: int) -> Scored:
    sheet = score(scheme, panel_of(given), month.year)
    preliminary = given.filter((pl.col("period") == month.period) & pl.col("preliminary")).height
    return Scored(sheet, scheme, digest(scheme), newest, given.height, preliminary)


def newest_figure() -> int:
    """Give the number of the newest figure there is."""
    return Figure.objects.aggregate(newest=Max("pk"))["newest"] or 0


def batches_so_far() -> dict[str, int]:
    """Give the number of the newest batch and how many there are, as a run keeps them; ask before figures are read."""
    return Batch.objects.aggregate(newest_batch=Coalesce(Max("pk"), 0), batches=Count("pk"))


def _first_month(month: Month, figures: FigureQuerySet) -> str:
    """Give the first month of the year with figures: a county may begin in the middle of one."""
    rows = figures.filter(period__startswith=f"{month.year}-", period__lte=month.period).exclude(period__contains="Q")
    first = rows.aggregate(first=Min("period"))["first"]
    return first or month.period


def figures_for(scheme: Scheme, month: Month, figures: FigureQuerySet) -> pl.DataFrame:
    """Give what there is of some figures for a month's scheme: of its year up to the month, and of the whole year.

    One row each: unit (code), series, figure, period, value (as it is kept), preliminary.
    """
    found = figures_of_year(scheme, month.year, figures)
    kept = [period for period in found["period"].unique() if not _later(period, month)]
    return found.filter(pl.col("period").is_in(kept))


def figures_of_year(scheme: Scheme, year: int, figures: FigureQuerySet) -> pl.DataFrame:
    """Give what there is of some figures for a scheme in a year, with the columns of `figures_for`."""
    series = sorted({one.series_code for one in scheme.indicators})
    units = [unit.code for unit in scheme.units if unit.group is not None]
    rows = figures.of_year(year).filter(series__in=series, unit__code__in=units)
    return as_table(rows.exclude(value="").order_by().values_list("unit__code", *_COLUMNS[1:]), _SCHEMA)


def panel_of(given: pl.DataFrame) -> Panel:
    """Make a panel of figures with the columns of `figures_for`. Raises `Refused` with each that cannot be read."""
    return panel_of_texts(given) or Panel.of(_one_by_one(given))


def _with(given: pl.DataFrame, instead: Mapping[Cell, Decimal | None]) -> pl.DataFrame:
    if not instead:
        return given
    keys = [(cell.unit, cell.series, cell.figure, cell.period) for cell in instead]
    rest = given.join(pl.DataFrame(keys, schema=_COLUMNS[:4], orient="row"), on=_COLUMNS[:4], how="anti")
    new = [(*key, plain(value), False) for key, value in zip(keys, instead.values(), strict=True) if value is not None]
    return pl.concat([rest, pl.DataFrame(new, schema=_SCHEMA, orient="row")])


def _one_by_one(given: pl.DataFrame) -> Iterator[Observation]:
    for *key, value, early in given.iter_rows():
        unit, series, figure, period = key
        yield Observation(unit, series, figure, period, Decimal(value), early)


def _later(period: str, month: Month) -> bool:
    """Whether a period ends after the month; a year's own figures are its targets."""
    if "Q" in period:
        return int(period[-1]) * 3 > month.number
    return len(period) == len(month.period) and period > month.period
