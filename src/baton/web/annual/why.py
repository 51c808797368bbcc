"""Why totals of years differ: the whole county, one unit down to its pieces, and having a pair worked out."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from baton.assessment.actions.annual.why import ask_for_change
from baton.assessment.models import AnnualChange
from baton.assessment.queries.annual.unit import shown_run
from baton.assessment.queries.annual.why import (
    annual_moved,
    change_for,
    job_of,
    only_one_side,
    problems_of,
    steps_of,
)
from baton.core import clock
from baton.core.choices import JobState
from baton.web.annual.asked_years import AskedYears, asked_years
from baton.web.annual.board import year_for
from baton.web.annual.why_export import why_years_workbook
from baton.web.asking import actor_of, user_of
from baton.web.jobs.saying import said
from baton.web.lists.respond import workbook_file
from baton.web.org.forming import page
from baton.web.problems import shown
from baton.web.telling import tell
from baton.web.templatetags.annual import step_words
from baton.web.why.counted import counted
from baton.web.why.waterfall import waterfall
from baton.words import Problem, Refused


def why(request: HttpRequest, year: int) -> HttpResponse:
    """Show whose total differs between two results, and why; `?export=xlsx` gives it as a workbook."""
    annual = year_for(request, year)
    asked = asked_years(request, year)
    if asked is None:
        return page(request, "web/annual/why_nothing.html", annual=annual)
    return _county(request, asked)


def _county(request: HttpRequest, asked: AskedYears, *, status: int = 200, **context: Any) -> HttpResponse:
    if asked.first.run.pk == asked.second.run.pk:
        problems = shown([Problem("annual.why_same")])
        return page(request, "web/annual/why.html", status=422, problems=problems, **asked.context)
    change = change_for(user_of(request), asked.first, asked.second)
    if change is None:
        return page(request, "web/annual/why.html", status=status, unknown=True, **context, **_job(asked))
    rows = annual_moved(change, asked.runs)
    if request.GET.get("export") == "xlsx":
        name = f"why-{asked.first.key}-{asked.second.key}.xlsx"
        return workbook_file(why_years_workbook(asked, change, annual_moved(change, asked.runs, whole=True)), name)
    names = {group.code: group.name for side in asked.runs for group in side.scheme.scheme.groups}
    tables = [(names.get(group, group), list(some)) for group, some in groupby(rows, key=lambda row: row.group)]
    context |= {
        "tables": tables,
        "counted": counted(row.change.difference for row in rows),
        "apart": only_one_side(asked.runs),
    }
    return page(request, "web/annual/why.html", status=status, **context, **_around(change), **asked.context)


def _job(asked: AskedYears) -> dict[str, Any]:
    """Give how far the difference is, or why it could not be worked out."""
    job = job_of(asked.first.run.pk, asked.second.run.pk)
    last = None if job is None or job.state == JobState.DONE else said(job, clock.now())
    waits = last is not None and job is not None and job.state in (JobState.WAITING, JobState.RUNNING)
    return {"job": last, "waits": waits, **asked.context}


def _around(change: AnnualChange) -> dict[str, Any]:
    factors = [factor.value for step in steps_of(change) for factor in step]
    steps = [step_words(step) for step in steps_of(change)]
    return {"steps": steps, "factors": factors, "joined": shown(problems_of(change)), "left_out": change.left_out}


def unit_why(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show why one unit's total differs: a waterfall, and every piece of the total."""
    annual = year_for(request, year)
    asked = asked_years(request, year)
    if asked is None:
        return page(request, "web/annual/why_nothing.html", annual=annual)
    known = {unit.code: unit.name for side in asked.runs for unit in side.scheme.scheme.units}
    if code not in known:
        raise Http404
    change = change_for(user_of(request), asked.first, asked.second)
    if change is None:
        return _county(request, asked)
    rows = annual_moved(change, asked.runs, only=code)
    if not rows:
        return page(request, "web/annual/why_nothing.html", name=known[code], **asked.context)
    (row,) = rows
    pieces = sorted((piece for piece in row.change.pieces if any(piece.parts)), key=lambda one: -abs(one.difference))
    around = _around(change)
    now = shown_run(user_of(request), year)
    context: dict[str, Any] = {
        "row": row,
        "pieces": pieces,
        "chart": waterfall(row.change.before, list(zip(around["steps"], row.change.parts, strict=True))),
        "traces": now is not None and now[0].pk == asked.second.run.pk,
    }
    return page(request, "web/annual/why_unit.html", **context, **around, **asked.context)


@require_POST
def ask_why(request: HttpRequest, year: int) -> HttpResponse:
    """Have the difference of two results worked out in the background."""
    year_for(request, year)
    asked = asked_years(request, year)
    if asked is None:
        raise Http404
    try:
        job = ask_for_change(by=actor_of(request), first=asked.first.run.pk, second=asked.second.run.pk)
    except Refused as refused:
        return _county(request, asked, status=409, problems=shown(refused.problems))
    if job is not None:
        tell(request, "why.was_asked")
    return redirect(f"{reverse('year-why', args=[year])}?{asked.context['query']}")


def why_waits(request: HttpRequest, year: int) -> HttpResponse:
    """Give how far the difference is; once it is there the page asks for itself anew."""
    asked = asked_years(request, year)
    if asked is None:
        raise Http404
    context = _job(asked)
    answer = render(request, "web/annual/why_waits.html", context)
    if not context["waits"]:
        answer.headers["HX-Refresh"] = "true"
    return answer
