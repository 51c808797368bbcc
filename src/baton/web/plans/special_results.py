"""The result of a special assessment: the league, and every unit's own full calculation."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.http import Http404, HttpRequest, HttpResponse

from baton.assessment.choices import SpecialState
from baton.assessment.models import SpecialResult, SpecialRun
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.specials import may_see_lines, results_of, run_shown
from baton.web.asking import user_of
from baton.web.lists import Column, Listing, list_page
from baton.web.org.forming import page
from baton.web.templatetags.results import exact, points, rank
from baton.web.templatetags.words import page_language
from baton.words import text


def _unit(row: SpecialResult) -> str:
    return row.unit.name


def results(request: HttpRequest, number: int) -> HttpResponse:
    """Show the league of a special assessment."""
    run = _run_of(request, number)
    names = {group.code: group.name for group in run.special.version.scheme.groups}
    columns = (
        Column("rank", "results.rank", lambda row: rank(row.rank), ("group", "rank"), number=True),
        Column("unit", "results.unit", _unit, ("unit__order",), template="web/plans/result_unit.html"),
        Column("group", "results.group", lambda row: names.get(row.group, row.group), ("group",)),
        Column("score", "plans.score", lambda row: points(row.score), ("score",), number=True),
        Column("full", "results.full", lambda row: exact(row.full), number=True),
    )
    seen = sight_of(user_of(request))
    mine = Value(True) if seen.everything else Q(unit__in=seen.member)
    rows = results_of(run).annotate(linked=ExpressionWrapper(mine, output_field=BooleanField()))
    listing = Listing(rows, columns, (), "rank", request.GET.dict())
    context = {"run": run, "early": run.special.state != SpecialState.PUBLISHED}
    return list_page(request, listing, "web/plans/special_results.html", file_name=f"special-{number}", **context)


def calculation(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show a unit's full calculation: to the unit, the office and readers."""
    run = _run_of(request, number)
    result = results_of(run).filter(unit__code=code).first()
    if result is None or not may_see_lines(user_of(request), result):
        raise Http404
    return page(request, "web/plans/special_calculation.html", run=run, result=result, lines=_said(result))


def _run_of(request: HttpRequest, number: int) -> SpecialRun:
    run = run_shown(user_of(request), number)
    if run is None:
        raise Http404
    return run


def _said(result: SpecialResult) -> list[dict[str, Any]]:
    """Say the kept lines in the language of the page."""
    language = page_language()

    def said(lines: list[tuple[str, Mapping[str, Any]]]) -> list[str]:
        return [text(code, language, **params) for code, params in lines]

    return [
        {
            **line,
            "rule": said(line["rule"]),
            "leaves": [{**leaf, "check": said(leaf["check"]), "flags": said(leaf["flags"])} for leaf in line["leaves"]],
        }
        for line in result.lines
    ]
