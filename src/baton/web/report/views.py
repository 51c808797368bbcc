"""What there is to report, and where."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.assessment.models import Submission
from baton.assessment.queries.desk.filled import Filled, filled_of
from baton.assessment.queries.desk.tasks import Task, open_months, submissions_of, tasks_of
from baton.assessment.queries.desk.windows import until_of
from baton.assessment.queries.working import works
from baton.web.asking import user_of
from baton.web.countdown import Countdown, countdown
from baton.web.telling import told


@dataclass(frozen=True, slots=True)
class Line:
    """A month that a unit reports for the whole county, how far it is and how long there is."""

    task: Task
    filled: Filled
    due: Countdown


@dataclass(frozen=True, slots=True)
class Own:
    """A report that a unit makes itself, and how long there is."""

    report: Submission
    name: str
    due: Countdown


def reports(request: HttpRequest) -> HttpResponse:
    """Show what the person's units report in the months that are open."""
    user, worked = user_of(request), works()
    months = open_months(user)
    tasks = tasks_of(user, months)
    filled = filled_of(tasks)
    lines = [
        Line(one, filled[one.month.pk, one.unit.pk], countdown(one.closes, worked))
        for one in tasks
        if filled[one.month.pk, one.unit.pk].asked
    ]
    own = [Own(one, _name(one), countdown(until_of(one.window).closes, worked)) for one in submissions_of(user, months)]
    context = {"months": months, "lines": lines, "own": own, "told": told(request)}
    return render(request, "web/report/reports.html", context)


def _name(report: Submission) -> str:
    fields = report.month.scheme.form.fields_in(report.series)
    return fields[0].indicator.name if fields else report.series
