"""Changes of fixed targets in the year: asked for with reason and document, decided by the head, listed."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.targets.adjusting import ask_adjustment, decide_adjustment, withdraw_adjustment
from baton.assessment.choices import AdjustmentState
from baton.assessment.models import TargetAdjustment
from baton.assessment.queries.targets.lists import adjustments as rows_of
from baton.assessment.queries.targets.page import AdjustmentPage, adjustment_page
from baton.core import clock
from baton.web.asking import actor_of, key_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.org.forming import Form, form_page
from baton.web.targets.listing import counted
from baton.web.targets.negotiating import page_of
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused, text


def _words(state: str) -> str:
    return text(f"targets.adjustment_{state}", page_language())


def _asker(row: TargetAdjustment) -> str:
    return row.of.name if row.of else text("targets.office_itself", page_language())


_COLUMNS = (
    Column("at", "targets.asked_at", lambda row: clock.day_of(row.at), ("at",)),
    Column("unit", "targets.unit", lambda row: row.target.unit.name, ("target__unit__order",)),
    Column("title", "targets.title", lambda row: row.target.title, template="web/targets/adjustment_title.html"),
    Column(
        "before",
        "targets.before",
        lambda row: counted(row.before.value),
        number=True,
        template="web/targets/before.html",
    ),
    Column("after", "targets.after", lambda row: counted(row.value), number=True, template="web/targets/after.html"),
    Column("reason", "targets.reason", lambda row: row.reason, template="web/correct/reason.html"),
    Column("document", "targets.document", lambda row: row.document),
    Column("of", "targets.asked_by", _asker),
    Column(
        "state",
        "targets.state",
        lambda row: _words(row.state),
        ("state",),
        template="web/targets/adjustment_state.html",
    ),
)


def adjustments(request: HttpRequest) -> HttpResponse:
    """List the changes that a person may see, newest first."""
    listing = Listing(rows_of(user_of(request)), _COLUMNS, _filters(), "-at", request.GET.dict())
    return list_page(request, listing, "web/targets/adjustments.html", file_name="adjustments", told=told(request))


def _filters() -> tuple[Filter, ...]:
    states = [Choice(one.value, _words(one.value)) for one in AdjustmentState]
    return (
        Filter("q", "targets.find", _named),
        Filter("state", "targets.state", lambda rows, state: rows.filter(state=state), states),
    )


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(target__unit__name__icontains=given) | Q(target__title__icontains=given))


def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask that a fixed target be changed; one that waits is shown instead."""
    found = page_of(request, number)
    waiting = next((one for one in found.changes if one.state == AdjustmentState.OPEN), None)
    if waiting is not None:
        return redirect("target-adjustment", waiting.pk)
    if not found.can.adjust:
        raise Http404

    def do(form: Form) -> HttpResponse:
        given = {name: form.text(name) for name in ("typed", "reason", "document")}
        made = ask_adjustment(by=actor_of(request), target=number, key=key_of(request), **given)
        tell(request, "targets.was_asked")
        return redirect("target-adjustment", made.pk)

    return form_page(request, "web/targets/adjust.html", Form(), do, found=found)


def _page(request: HttpRequest, number: int) -> AdjustmentPage:
    found = adjustment_page(user_of(request), number)
    if found is None:
        raise Http404
    return found


def adjustment(request: HttpRequest, number: int) -> HttpResponse:
    """Show a change that was asked for; on POST grant or decline it."""
    found = _page(request, number)

    def do(form: Form) -> HttpResponse:
        if form.text("granted") not in ("yes", "no"):
            raise Refused([Problem("office.say_yes_or_no", {}, Place(field="granted-yes"))])
        granted = form.text("granted") == "yes"
        answer, key = form.text("answer"), key_of(request)
        decide_adjustment(by=actor_of(request), adjustment=number, granted=granted, answer=answer, key=key)
        tell(request, "targets.was_granted" if granted else "targets.was_declined")
        return redirect("target-adjustment", number)

    return form_page(request, "web/targets/adjustment.html", Form(), do, found=found, told=told(request))


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a request back that waits."""
    found = _page(request, number)

    def do(form: Form) -> HttpResponse:
        withdraw_adjustment(by=actor_of(request), adjustment=number)
        tell(request, "targets.was_withdrawn")
        return redirect("target-adjustment", number)

    return form_page(request, "web/targets/adjustment.html", Form(), do, found=found)
