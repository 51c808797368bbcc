"""Figures that were expected and did not come."""

from collections.abc import Iterable, Iterator

from baton.engine.panel import Observation
from baton.sheets.cells import Absent
from baton.sheets.forms import Field, grain_of
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

    Then a year counts as reported for its own figures only once one of them came; the annual targets that stand in
    monthly tables ask for annual targets alone. Items of lists that differ by unit are never missing one by one, only
    where a unit has none of them.
    """
    seen = {key_of(one): one.value is not None for one in observations}
    marks = {(one.unit, one.series, one.figure, one.period): one.kind for one in absences}
    known = tuple(dict.fromkeys(periods)) if periods is not None else _reported({*seen, *marks})
    begun = set(known) if periods is not None else _begun(context, {*seen, *marks})
    for field in context.fields.values():
        for period in known:
            if grain_of(period) is field.frequency and (field.target or period in begun):
                yield from _of_field(context, field, period, seen, marks)


def _reported(keys: Iterable[Key]) -> tuple[str, ...]:
    return tuple(sorted({period for _, _, _, period in keys}))


def _begun(context: Context, keys: Iterable[Key]) -> set[str]:
    """Give the periods for which more than annual targets came."""
    targets = {(field.series, field.figure) for field in context.fields.values() if field.target}
    return {period for _, series, figure, period in keys if (series, figure) not in targets}


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
