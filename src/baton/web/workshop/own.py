"""Targets that departments set themselves: put forward by them, taken into the scheme or sent back by the office."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.own_targets import (
    Pick,
    propose_target,
    return_target,
    take_targets,
    withdraw_target,
)
from baton.assessment.choices import OwnTargetState
from baton.assessment.queries.workshop.drafts import DraftPage
from baton.assessment.queries.workshop.drafts import own_targets as targets_of
from baton.assessment.queries.workshop.lines import indicator_lines
from baton.assessment.rules.scheme_edits import own_places
from baton.engine.terms import plain
from baton.web.asking import actor_of, key_of, user_of
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page, refused_on_a_page
from baton.web.telling import tell
from baton.web.workshop.rooms import around, draft_for, is_office, units_spoken_for
from baton.words import Refused

_SHOWN = 100
"""Targets that wait and that a page shows to the office; when they are decided, the next come up."""
_PROPOSED = ("name", "value", "measure", "hook", "definition")


def own(request: HttpRequest, number: int) -> HttpResponse:
    """Show own targets, in the scheme and put forward; on POST put one forward."""
    found = draft_for(request, number)

    def do(form: Form) -> HttpResponse:
        units = {str(one.pk): one for one in units_spoken_for(request)}
        unit = units.get(form.text("unit") or next(iter(units), ""))
        if unit is None:
            raise Http404
        given = {name: form.text(name) for name in _PROPOSED}
        propose_target(by=actor_of(request), draft=number, unit=unit, key=key_of(request), **given)
        tell(request, "workshop.was_proposed")
        return redirect("workshop-own", number)

    return form_page(request, "web/workshop/own.html", do=do, **_context(request, found))


def _context(request: HttpRequest, found: DraftPage) -> dict[str, Any]:
    scheme, speaks_for = found.scheme, units_spoken_for(request)
    lines = indicator_lines(scheme, found.found, {}, own=True)
    with_own = {one.indicator.units[0]: one.unit for one in lines}
    first = next((one.code for one in speaks_for if one.code in with_own), "")
    asked = request.GET.get("unit", first)
    places, points = own_places(scheme), _points(lines)
    targets, office = list(targets_of(user_of(request), found.row.pk)), is_office(request)
    waiting = [one for one in targets if one.state == OwnTargetState.PROPOSED]
    proposed = [
        (one, places.get(one.unit.code, ""), points.get(places.get(one.unit.code, ""), ""))
        for one in (waiting[:_SHOWN] if office else targets)
    ]
    named = {task.code: task.name for task in scheme.tasks}
    return around(
        request,
        found,
        lines=[one for one in lines if not asked or one.indicator.units[0] == asked],
        units_with=list(with_own.items()),
        asked=asked,
        total=len(lines),
        proposed=proposed,
        count=len(targets),
        waiting=len(waiting),
        later=max(0, len(waiting) - _SHOWN) if office else 0,
        node_names={node.code: node.name for node in scheme.nodes},
        tasks=[(task.code, task.name) for task in scheme.tasks],
        task_names=named,
        parents=[(node.code, node.name) for node in scheme.nodes],
        speaks_for=[(str(one.pk), one.name) for one in speaks_for],
        mine={one.pk for one in speaks_for},
        key=uuid4().hex,
    )


def _points(lines: list[Any]) -> dict[str, str]:
    """Give by node the points that its own targets have."""
    found: dict[str, str] = {}
    for one in lines:
        for points in one.indicator.points.values():
            found.setdefault(one.indicator.parent, plain(points))
    return found


@require_POST
@office_only
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take the targets that were ticked into the scheme, all in one revision."""

    def do(form: Form) -> None:
        ticked = [int(one) for one in request.POST.getlist("pick") if one.isdecimal() and len(one) < 10]
        picks = [Pick(one, form.text(f"parent-{one}"), form.text(f"points-{one}")) for one in ticked]
        take_targets(by=actor_of(request), draft=number, picks=picks)

    return _done(request, number, do, "workshop.was_taken")


@require_POST
@office_only
def send_back(request: HttpRequest, number: int, target: int) -> HttpResponse:
    """Send a target back to its unit."""

    def do(form: Form) -> None:
        return_target(by=actor_of(request), target=target, reason=form.text(f"reason-{target}"))

    return _done(request, number, do, "workshop.was_returned")


@require_POST
def withdraw(request: HttpRequest, number: int, target: int) -> HttpResponse:
    """Take a target back that was put forward."""
    return _done(request, number, lambda form: _withdraw(request, target), "workshop.target_taken_back")


def _withdraw(request: HttpRequest, target: int) -> None:
    withdraw_target(by=actor_of(request), target=target)


def _done(request: HttpRequest, number: int, do: Callable[[Form], None], said: str) -> HttpResponse:
    found, form = draft_for(request, number), Form(request.POST.dict())
    try:
        do(form)
    except Refused as refused:
        form.problems = list(refused.problems)
        context = _context(request, found) | {"form": form}
        return refused_on_a_page(request, "web/workshop/own.html", refused.problems, **context)
    tell(request, said)
    return redirect("workshop-own", number)
