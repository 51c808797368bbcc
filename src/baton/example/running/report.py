"""Reports a month as the county's people do: departments once for all units, units their own few figures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from baton.assessment.actions.below.cells import by_desks
from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import enter_figures
from baton.assessment.actions.submissions import act_on_report, approve_reports, fill_report
from baton.assessment.choices import Verb
from baton.assessment.models import Duty, Month, Submission
from baton.assessment.rules.expected import Cell
from baton.core.acting import SYSTEM, Actor
from baton.engine.panel import Observation
from baton.engine.terms import plain
from baton.example.running.staff import Staff
from baton.sheets.forms import Field


def report_month(
    month: Month,
    known: Iterable[Observation],
    staff: Mapping[int, Staff],
    *,
    verified: bool = True,
    without: Collection[str] = (),
) -> None:
    """Enter figures: what a department reports as one batch each, a unit's own figures from clerk to unit head.

    Figures that the month does not ask for (targets of what is scored once a year) are left out. `verified` False: own
    figures wait for the departments that verify them; `without`: units (codes) that have not sent theirs yet.
    """
    asked_for = {cell for cell, _ in month.scheme.form.expected(month.period)}
    rows = Duty.objects.filter(scheme=month.scheme).select_related("unit", "reporter")
    duties = {(duty.series, duty.unit.code): duty for duty in rows}
    fields = month.scheme.form.fields
    at_once: dict[int | None, list[Observation]] = defaultdict(list)
    by_unit: dict[tuple[int, str], list[Observation]] = defaultdict(list)
    for one in known:
        duty = duties.get((one.series, one.unit))
        asked = fields.get((one.series, one.figure))
        if duty is None or asked is None or Cell(one.unit, one.series, one.figure, one.period) not in asked_for:
            continue
        if by_desks(duty, asked):
            if one.unit in without:
                continue
            by_unit[duty.unit_id, one.series].append(one)
        else:
            at_once[duty.reporter_id].append(one)
    for reporter, mine in sorted(at_once.items(), key=lambda item: item[0] or 0):
        _enter(month, mine, SYSTEM if reporter is None else staff[reporter].clerk)
    _by_desks(month, by_unit, staff)
    if verified:
        _verify(month, by_unit.keys(), staff)


def _enter(month: Month, mine: list[Observation], by: Actor) -> None:
    for early in (False, True):
        cells = list(_cells(month, (one for one in mine if one.preliminary is early)))
        if cells:
            enter_figures(by=by, period=month.period, cells=cells, preliminary=early)


def _cells(month: Month, mine: Iterable[Observation]) -> Iterator[Typed]:
    for one in mine:
        if one.value is not None:
            field = month.scheme.form.fields[one.series, one.figure]
            yield Typed(one.unit, one.series, one.figure, one.period, typed(field, one.value))


def typed(field: Field, value: Decimal) -> str:
    """Write a figure as a clerk types it: the word where a list has one for it (是), else the number."""
    words = {amount: word for word, amount in field.choices.items()}
    return words.get(value) or plain(value)


def _by_desks(month: Month, by_unit: Mapping[tuple[int, str], list[Observation]], staff: Mapping[int, Staff]) -> None:
    """Clerk, leader in charge, unit head."""
    fields, reports = month.scheme.form.fields, _reports(month)
    for (unit, series), mine in by_unit.items():
        report, people = reports[unit, series], staff[unit]
        values = {
            f"{one.figure}:{one.period}": typed(fields[one.series, one.figure], one.value)
            for one in mine
            if one.value is not None
        }
        fill_report(by=people.clerk, report=report, values=values)
        act_on_report(by=people.clerk, report=report, verb=Verb.SUBMIT)
        act_on_report(by=people.deputy, report=report, verb=Verb.APPROVE)
        act_on_report(by=people.head, report=report, verb=Verb.APPROVE)


def _verify(month: Month, sent: Collection[tuple[int, str]], staff: Mapping[int, Staff]) -> None:
    """The verifying departments approve what reached them."""
    reports = _reports(month)
    verifiers: dict[int, list[int]] = defaultdict(list)
    for duty in Duty.objects.filter(scheme=month.scheme, verifier__isnull=False):
        if (duty.unit_id, duty.series) in sent and duty.verifier_id is not None:
            verifiers[duty.verifier_id].append(reports[duty.unit_id, duty.series])
    for verifier, waiting in verifiers.items():
        approve_reports(by=staff[verifier].verifier, reports=waiting)


def _reports(month: Month) -> dict[tuple[int, str], int]:
    """Number of each unit's own report of a series."""
    rows = Submission.objects.filter(month=month, whole__isnull=True)
    return {(row.unit_id, row.series): row.pk for row in rows}
