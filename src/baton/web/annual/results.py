"""The results of a year for everybody who may see them: tables, each unit's full calculation, the figures behind it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from baton.assessment.models import AnnualPublication, AnnualRun
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.annual.run import annual_tables
from baton.assessment.queries.annual.unit import annual_trace, annual_unit, decided_of, shown_run
from baton.assessment.queries.annual.votes import votes_of_unit
from baton.assessment.queries.desk.batches import workbooks_of
from baton.assessment.queries.objections.asking import can_object
from baton.assessment.queries.objections.listing import objected
from baton.web.annual.asked_years import asked_years
from baton.web.annual.board import year_for
from baton.web.annual.export import annual_workbook
from baton.web.asking import user_of
from baton.web.lists.respond import WORKBOOK
from baton.web.org.forming import page


def results(request: HttpRequest, year: int) -> HttpResponse:
    """Show the tables of a year; `?export=xlsx` gives them as a workbook."""
    annual = year_for(request, year)
    found = shown_run(user_of(request), year)
    if found is None:
        return page(request, "web/annual/nothing.html", annual=annual)
    run, out = found
    rows = list(run.units.select_related("unit").order_by("group", "rank", "unit__order", "unit"))
    tables = list(annual_tables(run.scheme.scheme, rows, decided_of(run, out)))
    if request.GET.get("export") == "xlsx":
        answer = HttpResponse(annual_workbook(run, tables), content_type=WORKBOOK)
        answer.headers["Content-Disposition"] = f'attachment; filename="annual-{year}.xlsx"'
        return answer
    differs = asked_years(request, year) is not None
    return page(request, "web/annual/results.html", tables=tables, differs=differs, **_around(run, out))


def _around(run: AnnualRun, out: AnnualPublication | None) -> dict[str, Any]:
    grades = {grade.code: grade.name for grade in run.scheme.scheme.grading.grades}
    return {"annual": run.annual, "run": run, "out": out, "grades": grades}


def _shown(request: HttpRequest, year: int) -> tuple[AnnualRun, AnnualPublication | None]:
    found = shown_run(user_of(request), year_for(request, year).year)
    if found is None:
        raise Http404
    return found


def unit(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show a unit's year: total, grade and why, every line of the calculation, events, months."""
    run, out = _shown(request, year)
    found = annual_unit(run, out, code, request.GET.get("period", ""))
    if found is None:
        raise Http404
    sight = sight_of(user_of(request))
    letter = out is not None and (sight.everything or found.row.result.unit_id in sight.member)
    differs = asked_years(request, year) is not None
    votes = votes_of_unit(user_of(request), run, found.row.result.unit_id)
    given: dict[str, Any] = {"found": found, "letter": letter, "differs": differs, "votes": votes}
    return page(request, "web/annual/unit.html", **given, **_around(run, out), **_disputed(request, out, code))


def _disputed(request: HttpRequest, out: AnnualPublication | None, code: str, indicator: str = "") -> dict[str, Any]:
    """Give whether this person may object to what is made known, and the objections there are to it."""
    if out is None:
        return {"objects": False, "disputed": ()}
    user = user_of(request)
    return {"objects": can_object(user, out), "disputed": objected(user, out.period, code, indicator)}


def trace(request: HttpRequest, year: int, code: str, indicator: str) -> HttpResponse:
    """Show what an indicator gave a unit in every period, and the figures it came from."""
    run, out = _shown(request, year)
    found = annual_trace(user_of(request), run, code, indicator)
    if found is None:
        raise Http404
    kept = workbooks_of(user_of(request), {one.batch_id for one in found.figures})
    context = _around(run, out) | _disputed(request, out, code, indicator)
    context |= {"found": found, "unit": found.result.unit, "workbooks": kept}
    return page(request, "web/annual/trace.html", **context)
