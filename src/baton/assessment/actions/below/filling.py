"""Cells of a workbook that go over the desks of a unit: they fill in its own report, which a person then submits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from baton.assessment.actions.below.cells import Desk, Wish
from baton.assessment.actions.below.desks import may_take, turn_of
from baton.assessment.actions.below.doors import window_problem
from baton.assessment.choices import StepRole, SubmissionState
from baton.assessment.models import Submission
from baton.assessment.queries.desk.cells import NONE, words_of
from baton.assessment.rules.figures import Read, read_typed
from baton.core.acting import Actor, Told
from baton.words import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A cell of a unit's own report as a workbook has it: `stood` and `text` as the report's page writes them."""

    wish: Wish
    report: int
    stood: str
    text: str

    @property
    def name(self) -> str:
        """Its name in the report."""
        return f"{self.wish.cell.figure}:{self.wish.cell.period}"


def own_cells(by: Actor, desk: Desk, wishes: Sequence[Wish], file: str) -> tuple[list[OwnCell], list[Problem]]:
    """Hold cells against the reports they belong to; gives those that would change, and why others cannot be filled in.

    What cannot be filled in keeps nothing else of a workbook out, so it is a notice.
    """
    about = {wish.unit.pk for wish in wishes}
    rows = Submission.objects.filter(month=desk.month, whole__isnull=True, unit__in=about)
    rows = rows.select_related("unit", "window__release")
    reports = {(one.unit_id, one.series): one for one in rows.prefetch_related("window__reopenings")}
    cells, problems = [], []
    for wish in wishes:
        report = reports.get((wish.unit.pk, wish.cell.series))
        text = NONE if wish.read.value is None else words_of(wish.field, wish.read.text)
        name = f"{wish.cell.figure}:{wish.cell.period}"
        stood = report.values.get(name, "") if report is not None else ""
        if wish.read.blank or _says(stood, wish) == wish.read.text != "" or stood == text:
            continue
        barred = Problem("assessment.goes_by_desks") if report is None else _barred(by, report)
        if report is None or barred is not None:
            place = replace(wish.place, file=file)
            found = barred or Problem("assessment.goes_by_desks")
            problems.append(Problem(found.code, found.params, place, Severity.NOTICE))
            continue
        cells.append(OwnCell(wish, report.pk, stood, text))
    return cells, problems


def _says(stood: str, wish: Wish) -> str:
    read = read_typed(stood, wish.field, Place()) if stood else None
    return read.text if isinstance(read, Read) else ""


def _barred(by: Actor, report: Submission) -> Problem | None:
    """Say why this person does not fill in a report now."""
    if report.state != SubmissionState.DRAFT or turn_of(report) is not StepRole.CLERK:
        return Problem("assessment.report_on_its_way")
    if not may_take(by, report, StepRole.CLERK):
        return Problem("assessment.goes_by_desks")
    return window_problem(report.window)


def fill_in(told: Told, cells: Sequence[OwnCell]) -> list[Submission]:
    """Write cells into their reports; inside an action, which has just held them against what stands there."""
    filled = []
    for number in dict.fromkeys(one.report for one in cells):
        row = Submission.objects.select_for_update(of=("self",), no_key=True).get(pk=number)
        values = {one.name: one.text for one in cells if one.report == number}
        row.values = {**row.values, **values}
        row.save(update_fields=["values"])
        told.did("assessment.report_filled", row, turn=StepRole.CLERK.value, values=values)
        filled.append(row)
    return filled
