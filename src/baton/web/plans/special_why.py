"""Why scores differ between two runs of a special assessment: all units, and one down to its indicators and figures."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from baton.assessment.actions.below.special_changes import JOB
from baton.assessment.actions.special_changes import ask_for_change
from baton.assessment.choices import RunKind
from baton.assessment.models import Special, SpecialChange, SpecialRun
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.special_why import change_between, comparable_runs, differing_figures, moved_between
from baton.assessment.queries.specials import specials
from baton.core import clock
from baton.core.queries.jobs import jobs_of
from baton.engine.compare.attribution import Factor
from baton.web.asking import actor_of, user_of
from baton.web.jobs.saying import said
from baton.web.lists.respond import workbook_file
from baton.web.org.forming import Form, form_page, page
from baton.web.telling import tell
from baton.web.templatetags.results import factor_words
from baton.web.templatetags.words import page_language
from baton.web.why.counted import counted
from baton.web.why.export import why_workbook
from baton.web.why.waterfall import waterfall
from baton.words import text

_FACTORS = (Factor.VALUES, Factor.PEERS)
_NAMES = tuple(factor.value for factor in _FACTORS)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which two runs the address asks for, and what can be chosen."""

    row: Special
    runs: tuple[SpecialRun, ...]
    first: SpecialRun
    second: SpecialRun

    @property
    def query(self) -> str:
        return f"first={self.first.pk}&second={self.second.pk}"

    @property
    def sides(self) -> tuple[str, str]:
        return run_words(self.first), run_words(self.second)


def run_words(run: SpecialRun) -> str:
    """Name a run: when it was made, and what it was."""
    code = "plans.run_official" if run.kind == RunKind.OFFICIAL else "plans.run_trial"
    parts = [f"{clock.minute_of(run.at)} {text(code, page_language())}", run.document]
    if run.withdrawn_at is not None:
        parts.append(text("plans.run_withdrawn", page_language()))
    return " · ".join(part for part in parts if part)


def why(request: HttpRequest, number: int) -> HttpResponse:
    """Show who rose and who fell between two runs, and why; on POST have it worked out."""
    asked = _asked(request, number)
    if isinstance(asked, Special):
        return page(request, "web/plans/special_why_none.html", row=asked)
    change = change_between(asked.first, asked.second)
    if change is not None and request.method != "POST":
        return _shown(request, asked, change)

    def do(form: Form) -> HttpResponse:
        ask_for_change(by=actor_of(request), special=number, first=asked.first.pk, second=asked.second.pk)
        tell(request, "plans.change_was_asked")
        return redirect(f"{reverse('special-why', args=[number])}?{asked.query}")

    return form_page(request, "web/plans/special_why.html", Form(), do, jobs=_jobs(request, asked), **_context(asked))


def _shown(request: HttpRequest, asked: _Asked, change: SpecialChange) -> HttpResponse:
    rows, scheme = moved_between(change), asked.row.version.scheme
    if request.GET.get("export") == "xlsx":
        indicators = {one.code: one for one in scheme.indicators}
        name = f"special-{asked.row.pk}-why-{asked.first.pk}-{asked.second.pk}.xlsx"
        return workbook_file(why_workbook(asked.sides, indicators, rows), name)
    groups = {group.code: group.name for group in scheme.groups}
    tables = [(groups.get(one, one), list(some)) for one, some in groupby(rows, key=lambda row: row.change.group)]
    sight = sight_of(user_of(request))
    mine = {row.unit.code for row in rows if sight.everything or row.unit.pk in sight.member}
    context = {
        "tables": tables,
        "counted": counted(row.change.difference for row in rows),
        "mine": mine,
        **_context(asked),
    }
    return page(request, "web/plans/special_why.html", **context)


def why_unit(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show why one unit's score changed: to the unit, the office and readers."""
    asked = _asked(request, number)
    change = None if isinstance(asked, Special) else change_between(asked.first, asked.second)
    if isinstance(asked, Special) or change is None:
        raise Http404
    rows, sight = moved_between(change, code), sight_of(user_of(request))
    if not rows or not (sight.everything or rows[0].unit.pk in sight.member):
        raise Http404
    indicators = {one.code: one for one in asked.row.version.scheme.indicators}
    pieces = sorted(rows[0].change.pieces, key=lambda piece: -abs(piece.difference))
    fields = asked.row.version.form.fields
    figures = [(fields[one.series, one.figure], one) for one in differing_figures(change, code)]
    # Only the first parts can have moved: the scheme is one and the same.
    steps = [(factor_words(name), part) for name, part in zip(_NAMES, rows[0].change.parts, strict=False)]
    context = {
        "row": rows[0],
        "lines": [(indicators.get(piece.indicator), piece) for piece in pieces],
        "chart": waterfall(rows[0].change.before, steps),
        "figures": figures,
        **_context(asked),
    }
    return page(request, "web/plans/special_why_unit.html", **context)


def _asked(request: HttpRequest, number: int) -> _Asked | Special:
    """Give the two runs; the assessment alone where there are no two that this person may see. Raises `Http404`."""
    user = user_of(request)
    row = specials(user).filter(pk=number).first()
    if row is None:
        raise Http404
    runs = tuple(comparable_runs(user, row))
    if len(runs) < 2:
        return row
    given = {**request.GET.dict(), **request.POST.dict()}
    second = _run(runs, given.get("second", ""), runs[0])
    before = next((run for run in runs if run.pk < second.pk), runs[-1])
    return _Asked(row, runs, _run(runs, given.get("first", ""), before), second)


def _run(runs: tuple[SpecialRun, ...], given: str, usual: SpecialRun) -> SpecialRun:
    if not given:
        return usual
    found = next((run for run in runs if str(run.pk) == given), None)
    if found is None:
        raise Http404
    return found


def _context(asked: _Asked) -> dict[str, Any]:
    choices = [(run.pk, run_words(run)) for run in asked.runs]
    return {"asked": asked, "sides": asked.sides, "choices": choices, "names": _NAMES, "query": asked.query}


def _jobs(request: HttpRequest, asked: _Asked) -> list[Any]:
    """Give what this person had worked out of the two runs, and has not ended well."""
    wanted = {"first": asked.first.pk, "second": asked.second.pk}
    rows = jobs_of(user_of(request)).filter(kind=JOB)
    return [said(job, clock.now()) for job in rows if job.params == wanted][:1]
