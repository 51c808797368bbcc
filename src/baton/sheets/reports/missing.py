"""Figures that were expected and did not come."""

from collections.abc import Iterable, Iterator

from baton.engine.panel import Observation
from baton.engine.terms import Frequency
from baton.sheets.cells import Absent
from baton.sheets.forms import Field, grain_of, periods_of_year
from baton.sheets.reports.context import Context, last_day
from baton.sheets.reports.merge import Key, key_of
from baton.sheets.reports.model import Absence, Missing


def missing_figures(
    context: Context,
    observations: Iterable[Observation],
    absences: Iterable[Absence],
    periods: Iterable[str] | None = None,
) -> Iterator[Missing]:
    """Give every figure of the periods that nobody reported; `periods` None: those for which anything was reported.

    Items of lists that differ by unit are never missing one by one, only where a unit has none of them.
    """
    seen = {key_of(one): one.value is not None for one in observations}
    marks = {(one.unit, one.series, one.figure, one.period): one.kind for one in absences}
    known = tuple(dict.fromkeys(periods)) if periods is not None else _reported(seen, marks)
    for field in context.fields.values():
        for period in known:
            if grain_of(period) is field.frequency:
                yield from _of_field(context, field, period, seen, marks)


def _reported(seen: Iterable[Key], marks: Iterable[Key]) -> tuple[str, ...]:
    return tuple(sorted({key[3] for key in seen} | {key[3] for key in marks}))


def _of_field(
    context: Context, field: Field, period: str, seen: dict[Key, bool], marks: dict[Key, Absent]
) -> Iterator[Missing]:
    day = last_day(period)
    for code in field.units:
        unit = context.units[code]
        if day is not None and unit.valid_to is not None and unit.valid_to < day:
            continue
        key = (code, field.series, field.figure, period)
        if seen.get(key) or (field.optional and not _none_at_all(context, field, code, period, seen)):
            continue
        yield Missing(code, field.series, field.figure, period, field.lead or "", marks.get(key))


def _none_at_all(context: Context, field: Field, unit: str, period: str, seen: dict[Key, bool]) -> bool:
    """Tell whether a unit has no item at all of its own list; then its first item stands for the list."""
    items = [one.figure for one in context.fields.values() if one.series == field.series and one.optional]
    return field.figure == items[0] and not any(seen.get((unit, field.series, item, period)) for item in items)


def year_periods(year: int) -> tuple[str, ...]:
    """Give all periods of a year, months first."""
    return tuple(period for frequency in Frequency for period in periods_of_year(year, frequency))
