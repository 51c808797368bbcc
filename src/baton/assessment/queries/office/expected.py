"""What a month asks for, with who reports and verifies it, and what is there."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from baton.assessment.choices import Stage
from baton.assessment.models import Batch, Duty, Figure, Month, Window
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.month_scheme import month_before
from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit
from baton.sheets.forms import Field

type DutyKey = tuple[str, str]
"""Series, and code of the unit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that a month asks for: about whom, of whom, and (None: not there yet) what was reported."""

    cell: Cell
    field: Field
    unit: Unit
    duty: Duty
    figure: Figure | None


def month_of(user: User, period: str = "") -> Month | None:
    """Give a month, or the newest; None where there is none that this person may know of."""
    months = Month.objects.visible_to(user).select_related("scheme")
    return (months.filter(period=period) if period else months).order_by("-period").first()


def months_of(user: User) -> list[str]:
    """Give the periods of all months, newest first."""
    return list(Month.objects.visible_to(user).order_by("-period").values_list("period", flat=True))


def next_period(months: Sequence[str]) -> str:
    """Give the month to be opened next: the one after the newest, or, where there is none, the one that ended last."""
    return month_before(months[0], -1) if months else month_before(f"{clock.today():%Y-%m}")


def duties_of_month(user: User, month: Month, unit: Unit | None = None) -> dict[DutyKey, Duty]:
    """Give the duties of a month's scheme that a person may know of, by series and code of the unit."""
    duties = Duty.objects.visible_to(user).filter(scheme=month.scheme)
    if unit is not None:
        duties = duties.filter(unit=unit)
    return by_duty(duties)


def by_duty(duties: QuerySet[Duty]) -> dict[DutyKey, Duty]:
    """Give duties by series and code of the unit. Their units are read once each, not once a duty."""
    units = Unit.objects.in_bulk()
    found = {}
    for one in duties.order_by():
        one.unit = units[one.unit_id]
        one.reporter = None if one.reporter_id is None else units[one.reporter_id]
        one.verifier = None if one.verifier_id is None else units[one.verifier_id]
        found[one.series, one.unit.code] = one
    return found


def figures_of(user: User, periods: Collection[str], unit: Unit | None = None) -> dict[Cell, Figure]:
    """Give the figures that count in some periods, of one unit or of all that a person may see."""
    figures = Figure.objects.visible_to(user).counting().filter(period__in=periods)
    if unit is not None:
        figures = figures.filter(unit=unit)
    return by_cell(figures)


def values_of(user: User, periods: Collection[str], unit: Unit) -> dict[Cell, Figure]:
    """Give the figures of a unit that count in some periods, without what brought them: for their values alone."""
    found = Figure.objects.visible_to(user).counting().filter(period__in=periods, unit=unit).order_by()
    return {Cell(unit.code, one.series, one.figure, one.period): one for one in found}


def by_cell(figures: QuerySet[Figure]) -> dict[Cell, Figure]:
    """Give figures by their key. What they share is read once, not once a figure: units, and what brought them."""
    batches = Prefetch("batch", Batch.objects.prefetch_related("by", "unit"))
    found = figures.prefetch_related("unit", batches, "supersedes")
    return {Cell(one.unit.code, one.series, one.figure, one.period): one for one in found}


def due_of(month: Month, unit: Unit | None = None) -> list[tuple[Cell, Field]]:
    """Give the cells that a month asks for, about one unit or all."""
    form = month.scheme.form
    if unit is None:
        return list(form.expected(month.period))
    return [(ask.cell(unit.code), ask.field) for ask in form.asks(month.period) if unit.code in ask.among]


def asked_of(
    user: User, month: Month, unit: Unit | None = None, figures: Mapping[Cell, Figure] | None = None
) -> Iterator[Asked]:
    """Go through what a month asks for, about one unit or all, as far as a person may see it.

    `figures`: those of the periods due, where they have been read already.
    """
    due, duties = due_of(month, unit), duties_of_month(user, month, unit)
    there = figures_of(user, {cell.period for cell, _ in due}, unit) if figures is None else figures
    yield from joined(due, duties, there)


def joined(
    due: Iterable[tuple[Cell, Field]], duties: Mapping[DutyKey, Duty], figures: Mapping[Cell, Figure]
) -> Iterator[Asked]:
    """Put cells beside their duties and what was reported."""
    for cell, field in due:
        duty = duties.get((cell.series, cell.unit))
        if duty is not None:
            yield Asked(cell, field, duty.unit, duty, figures.get(cell))


def windows_of(user: User, month: Month, unit: Unit, stage: Stage) -> list[Window]:
    """Give the windows of a unit in a stage of a month, with their reopenings, as far as a person may see them."""
    windows = Window.objects.visible_to(user).filter(month=month, unit=unit, stage=stage)
    return list(windows.select_related("unit", "release", "month").prefetch_related("reopenings"))
