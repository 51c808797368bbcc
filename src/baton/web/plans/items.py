"""One item of the plan: proposing it, putting it right, filing, returning and calling it off."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.plans import (
    approve_item,
    cancel_item,
    change_item,
    propose_item,
    return_item,
)
from baton.assessment.choices import PlanKind, Rhythm
from baton.assessment.queries.plans import ItemPage, item_page, organisers_for, plan_of
from baton.assessment.rules.plan_items import Proposal, lacking
from baton.core import clock
from baton.org.models import Unit
from baton.org.queries.names import NamesOnDay
from baton.web.asking import actor_of, key_of, user_of
from baton.web.org.forming import Form, form_page, names_today
from baton.web.plans.listing import kind_words, rhythm_words
from baton.web.telling import tell
from baton.words import Place, Problem, Refused

_LONGEST = 19
"""Digits beyond which a number is none of ours."""


def add(request: HttpRequest) -> HttpResponse:
    """Propose an item."""
    organisers = organisers_for(user_of(request))
    if not organisers:
        raise PermissionDenied

    def do(form: Form) -> HttpResponse:
        row = propose_item(by=actor_of(request), given=_proposal(request, form, names), key=key_of(request))
        tell(request, "plans.was_proposed_off" if row.off_plan else "plans.was_proposed")
        return redirect("plan-item", row.pk)

    names = names_today(request)
    first = {"organiser": organisers[0].name} if len(organisers) == 1 else {}
    form = Form(first | {"kind": PlanKind.CHECK.value, "rhythm": Rhythm.ONCE.value})
    context = _fields(request, names, organisers, set())
    return form_page(request, "web/plans/edit.html", form, do, row=None, **context)


def change(request: HttpRequest, number: int) -> HttpResponse:
    """Put an item right that nobody approved yet."""
    found = _page_of(request, number)
    if not found.changes:
        raise Http404

    def do(form: Form) -> HttpResponse:
        change_item(by=actor_of(request), item=number, given=_proposal(request, form, names))
        tell(request, "plans.was_changed")
        return redirect("plan-item", number)

    names, row = names_today(request), found.row
    plain = {name: getattr(row, name) for name in ("kind", "title", "rhythm", "basis", "reason")}
    days = {"opens": row.opens.isoformat(), "closes": row.closes.isoformat(), "organiser": row.organiser.name}
    form = Form(plain | days | ({"visits": "1"} if row.visits else {}))
    context = _fields(request, names, organisers_for(user_of(request)), {unit.pk for unit in found.units})
    return form_page(request, "web/plans/edit.html", form, do, row=row, **context)


def _fields(request: HttpRequest, names: NamesOnDay, organisers: list[Unit], chosen: set[int]) -> dict[str, Any]:
    """Give what the form offers; of units those that were ticked stay ticked."""
    if request.method == "POST":
        chosen = _ticked(request, names.today)
    return {
        "kinds": [(one.value, kind_words(one.value)) for one in PlanKind],
        "rhythms": [(one.value, rhythm_words(one.value)) for one in Rhythm],
        "choices_of_units": organisers,
        "groups": _groups(names.today, chosen),
        "chosen": chosen,
        "key": uuid4().hex,
        "approved": plan_of(user_of(request), clock.today().year),
    }


@dataclass(frozen=True, slots=True)
class _Group:
    """Units of one kind, and how many of them are ticked."""

    kind: str
    units: tuple[Unit, ...]
    chosen: int


def _groups(units: Iterable[Unit], chosen: set[int]) -> list[_Group]:
    """Give units by their kind, kinds in the order of the official list."""
    by_kind: dict[str, list[Unit]] = {}
    for unit in units:
        by_kind.setdefault(unit.kind, []).append(unit)
    return [
        _Group(kind, tuple(several), sum(unit.pk in chosen for unit in several)) for kind, several in by_kind.items()
    ]


def _ticked(request: HttpRequest, units: Iterable[Unit]) -> set[int]:
    """Give the units that are ticked, one by one or by their kind."""
    whole = set(request.POST.getlist("whole"))
    one_by_one = {int(one) for one in request.POST.getlist("units") if one.isdecimal() and len(one) < _LONGEST}
    return one_by_one | {unit.pk for unit in units if unit.kind in whole}


def _proposal(request: HttpRequest, form: Form, names: NamesOnDay) -> Proposal:
    """Read an item; what cannot be read is told together with all that it lacks."""
    organiser = form.unit("organiser", names, needed=True)
    opens, closes = form.day("opens"), form.day("closes")
    unread = {problem.place.field for problem in form.problems}
    kind, rhythm = form.text("kind"), form.text("rhythm")
    if kind not in set(PlanKind):
        form.problems.append(Problem("plans.kind_lacking", {}, Place(field="kind")))
    if rhythm not in set(Rhythm):
        form.problems.append(Problem("plans.rhythm_lacking", {}, Place(field="rhythm")))
    given = Proposal(
        kind=PlanKind(kind) if kind in set(PlanKind) else PlanKind.CHECK,
        title=form.text("title"),
        organiser=0 if organiser is None else organiser.pk,
        units=sorted(_ticked(request, names.today)),
        opens=opens,
        closes=closes,
        rhythm=Rhythm(rhythm) if rhythm in set(Rhythm) else Rhythm.ONCE,
        visits=form.text("visits") == "1",
        basis=form.text("basis"),
        reason=form.text("reason"),
    )
    if form.problems:
        off_plan = plan_of(user_of(request), (opens or clock.today()).year) is not None
        further = lacking(given, off_plan, clock.today())
        form.problems += [problem for problem in further if problem.place.field not in unread]
    form.check()
    return given


def item(request: HttpRequest, number: int) -> HttpResponse:
    """Show an item; on POST file it or return it."""
    found = _page_of(request, number)

    def do(form: Form) -> HttpResponse:
        by, verdict = actor_of(request), form.text("verdict")
        if verdict == "yes":
            row = approve_item(by=by, item=number, answer=form.text("answer"))
            tell(request, "plans.was_filed", number=row.number)
        elif verdict == "no":
            return_item(by=by, item=number, answer=form.text("answer"))
            tell(request, "plans.was_returned")
        else:
            raise Refused([Problem("office.say_yes_or_no", {}, Place(field="verdict"))])
        return redirect("plan-item", number)

    return form_page(request, "web/plans/item.html", Form(), do, found=found)


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Call an item off, with the reason."""
    found = _page_of(request, number)

    def do(form: Form) -> HttpResponse:
        try:
            cancel_item(by=actor_of(request), item=number, answer=form.text("why"))
        except Refused as refused:
            problems = [Problem(one.code, one.params, Place(field=_field_of(one))) for one in refused.problems]
            raise Refused(problems) from refused
        tell(request, "plans.was_cancelled")
        return redirect("plan-item", number)

    return form_page(request, "web/plans/item.html", Form(), do, found=found, cancelling=True)


def _field_of(one: Problem) -> str:
    """Name the field of the form that calls an item off; its decision stands on the same page."""
    return "why" if one.place.field == "answer" else one.place.field


def _page_of(request: HttpRequest, number: int) -> ItemPage:
    found = item_page(user_of(request), number)
    if found is None:
        raise Http404
    return found
