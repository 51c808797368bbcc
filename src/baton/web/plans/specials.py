"""Special assessments of key work: the list, opening one on the plan, its page, scoring and publishing it."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.special_scores import publish_special, score_special, withdraw_special
from baton.assessment.actions.special_sealing import ask_for_special_seal
from baton.assessment.actions.specials import open_special
from baton.assessment.choices import RunKind, RunState, SpecialStage, SpecialState
from baton.assessment.models import PlanItem, Special
from baton.assessment.queries.special_days import days_of
from baton.assessment.queries.special_why import comparable_runs
from baton.assessment.queries.specials import SpecialPage, is_late, items_to_open, special_page, specials
from baton.assessment.rules.special import Opening
from baton.core import clock
from baton.org.choices import Role
from baton.web.asking import actor_of, key_of, powers_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.org.forming import Form, form_page, only, page
from baton.web.plans.special_scheme import Tried, look_over, number_of
from baton.web.plans.special_sealing import sealing_of
from baton.web.problems import shown
from baton.web.telling import tell
from baton.web.templatetags.results import period
from baton.web.templatetags.words import page_language
from baton.web.views.opening import opened_by_view
from baton.words import Place, Problem, Refused, text

OFFICE = (Role.OFFICE, Role.OFFICE_HEAD)


def stage_words(row: Special) -> str:
    """Say how far a special assessment is."""
    stage = days_of(row).stage(clock.today()).value
    code = "plans.stage_published" if row.state == SpecialState.PUBLISHED else f"plans.stage_{stage}"
    return text(code, page_language())


def _span(row: Special) -> str:
    return period(row.first) if row.first == row.last else f"{period(row.first)}—{period(row.last)}"


def _title(row: Special) -> str:
    return row.item.title


def _number(row: Special) -> str:
    return row.item.number


def _report(row: Special) -> date:
    return row.report_until


def _check(row: Special) -> date:
    return row.check_until


_COLUMNS = (
    Column("title", "plans.title", _title, ("item__title",), template="web/plans/special_title.html"),
    Column("number", "plans.number", _number, ("item__number",), template="web/plans/special_number.html"),
    Column("organiser", "plans.organiser", lambda row: row.item.organiser.name, ("item__organiser__order",)),
    Column("span", "plans.span", _span, ("last",)),
    Column("report", "plans.report_until", _report, ("report_until",), template="web/plans/report_until.html"),
    Column("check", "plans.check_until", _check, ("check_until",), template="web/plans/check_until.html"),
    Column("stage", "plans.stage", stage_words, ("state",)),
    Column("document", "plans.publish_document", lambda row: row.run.document if row.run else ""),
)


def listed(request: HttpRequest) -> HttpResponse:
    """List the special assessments that concern the person, newest first."""
    if opened := opened_by_view(request, "specials"):
        return opened
    states = [
        Choice(SpecialState.OPEN.value, text("plans.under_way", page_language())),
        Choice(SpecialState.PUBLISHED.value, text("plans.stage_published", page_language())),
    ]
    filters = (
        Filter("q", "plans.search", _named),
        Filter("state", "plans.stage", lambda rows, given: rows.filter(state=given), states),
    )
    listing = Listing(specials(user_of(request)), _COLUMNS, filters, "-report", request.GET.dict())
    context = {"office": powers_of(request).has(*OFFICE)}
    return list_page(request, listing, "web/plans/specials.html", file_name="specials", **context)


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(item__title__icontains=given) | Q(item__number__icontains=given))


@only(*OFFICE)
def start(request: HttpRequest) -> HttpResponse:
    """Open a special assessment of an item of the plan, or only look its scheme over."""
    items, tried = items_to_open(user_of(request)), Tried()
    context: dict[str, Any] = {
        "items": [(str(one.pk), _item_words(one)) for one in items],
        "key": uuid4().hex,
        "tried": tried,
    }
    template, form = "web/plans/special_open.html", Form({"item": request.GET.get("item", "")})

    def do(form: Form) -> HttpResponse:
        only_tries = form.text("verb") == "try"
        if only_tries or request.FILES.get("file") is not None:
            look_over(request, form, tried)
        if only_tries:
            form.check()
            return page(request, template, form=form, problems=(), **context)
        row = open_special(by=actor_of(request), given=_opening(form), key=key_of(request))
        tell(request, "plans.was_opened")
        return redirect("special", row.pk)

    return form_page(request, template, form, do, **context)


def _item_words(item: PlanItem) -> str:
    return f"{item.title}（{item.number or text('plans.not_filed', page_language())}）"


def _opening(form: Form) -> Opening:
    """Read how it is opened. Raises `Refused` with everything that cannot be read."""
    report_until, check_until = form.day("report_until", needed=True), form.day("check_until", needed=True)
    if not number_of(form):
        form.problems.append(Problem("plans.item_unknown", {}, Place(field="item")))
    form.check()
    return Opening(
        item=number_of(form),
        text=form.given.get("scheme", ""),
        first=form.text("first"),
        last=form.text("last"),
        report_until=report_until or date.min,
        check_until=check_until or date.min,
        document=form.text("document"),
    )


def page_of(request: HttpRequest, number: int) -> SpecialPage:
    """Give a special assessment that the person may see; raises `Http404`."""
    found = special_page(user_of(request), number)
    if found is None:
        raise Http404
    return found


def _context(request: HttpRequest, found: SpecialPage) -> dict[str, Any]:
    newest = found.runs[0] if found.runs else None
    told = [] if newest is None else shown(Problem(one["code"], one["params"]) for one in newest.problems)
    return {
        "found": found,
        "span": _span(found.row),
        "failed": told,
        "stage": stage_words(found.row),
        "check_over": found.stage == SpecialStage.RESULT,
        "late_checks": [one.pk for one in found.checks if is_late(found.row, one)],
        "key": uuid4().hex,
        "compares": comparable_runs(user_of(request), found.row).count() > 1,
        **sealing_of(user_of(request), found),
    }


def special(request: HttpRequest, number: int) -> HttpResponse:
    """Show a special assessment; on POST publish its result."""
    found = page_of(request, number)

    def do(form: Form) -> HttpResponse:
        publish_special(by=actor_of(request), special=number, document=form.text("document"), key=key_of(request))
        tell(request, "plans.was_published")
        return redirect("special-results", number)

    return form_page(request, "web/plans/special.html", Form(), do, **_context(request, found))


@require_POST
def score(request: HttpRequest, number: int) -> HttpResponse:
    """Score a special assessment, as a trial or officially."""
    found = page_of(request, number)
    if not found.office:
        raise PermissionDenied

    def do(form: Form) -> HttpResponse:
        if form.text("kind") not in (RunKind.TRIAL, RunKind.OFFICIAL):
            raise Refused([Problem("office.say_yes_or_no", {})])
        kind = RunKind(form.text("kind"))
        given = {"reason": form.text("reason"), "key": key_of(request)}
        run = score_special(by=actor_of(request), special=number, kind=kind, **given)
        tell(request, "plans.was_scored" if run.state == RunState.DONE else "plans.was_refused")
        return redirect("special", number)

    return form_page(request, "web/plans/special.html", Form(), do, **_context(request, found))


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a result back, with the reason."""
    found = page_of(request, number)
    if not found.head:
        raise PermissionDenied

    def do(form: Form) -> HttpResponse:
        withdraw_special(by=actor_of(request), special=number, reason=form.text("reason"), key=key_of(request))
        tell(request, "plans.was_withdrawn")
        return redirect("special", number)

    return form_page(request, "web/plans/special.html", Form(), do, **_context(request, found))


@require_POST
def seal(request: HttpRequest, number: int, run: int) -> HttpResponse:
    """Ask for a run that was published as a sealed file."""
    found = page_of(request, number)
    if not found.office:
        raise PermissionDenied
    if run not in {one.pk for one in found.runs}:
        raise Http404

    def do(form: Form) -> HttpResponse:
        ask_for_special_seal(by=actor_of(request), run=run)
        tell(request, "annual.seal_was_asked")
        return redirect("special", number)

    return form_page(request, "web/plans/special.html", Form(), do, **_context(request, found))
