"""Objecting to the result of a month or year, or to a figure or rule of one indicator in it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string

from baton.assessment.actions.objecting import write_objection
from baton.assessment.choices import ObjectionKind
from baton.assessment.queries.objections.asking import Objecting, objecting
from baton.web.asking import actor_of, key_of, user_of
from baton.web.correct.views import received_with
from baton.web.org.forming import Form, form_page
from baton.web.telling import tell
from baton.words import Place, Problem, Refused

_OF_RESULT = (ObjectionKind.RULE, ObjectionKind.DEDUCTION, ObjectionKind.GROUP, ObjectionKind.OTHER)
_OF_YEAR = (ObjectionKind.RULE, ObjectionKind.DEDUCTION, ObjectionKind.GRADE, ObjectionKind.GROUP, ObjectionKind.OTHER)
_OF_INDICATOR = (ObjectionKind.FIGURE, ObjectionKind.RULE)


def to_result(request: HttpRequest, period: str, about: str) -> HttpResponse:
    """Object to a unit's result: a rule, an event, the group, the standing of a year."""
    kinds = _OF_YEAR if period.isdecimal() else _OF_RESULT
    return _page(request, objecting(user_of(request), period, about), kinds)


def to_indicator(request: HttpRequest, period: str, about: str, code: str) -> HttpResponse:
    """Object to a figure of an indicator, or to how its rule was applied."""
    return _page(request, objecting(user_of(request), period, about, code), _OF_INDICATOR)


def _page(request: HttpRequest, found: Objecting | None, kinds: tuple[ObjectionKind, ...]) -> HttpResponse:
    if found is None:
        raise Http404
    one: Objecting = found

    def do(form: Form) -> HttpResponse:
        kind = next((kind for kind in kinds if kind.value == form.text("kind")), None)
        if kind is None:
            raise Refused([Problem("objections.kind_lacking", {}, Place(field=f"kind-{kinds[0].value}"))])
        figure, entry = form.text("figure"), form.text("entry")
        row = write_objection(
            by=actor_of(request),
            period=one.issued.period,
            unit=_unit(one, form.text("unit")),
            kind=kind,
            reason=form.text("reason"),
            about=one.about.pk,
            indicator=one.indicator.code if one.indicator else form.text("indicator"),
            figure=int(figure) if figure.isdecimal() else None,
            entry=int(entry) if entry.isdecimal() and kind is ObjectionKind.DEDUCTION else None,
            claimed=form.text("claimed") if kind is ObjectionKind.FIGURE else "",
            received=received_with(request),
            key=key_of(request),
        )
        tell(request, "objections.was_lodged" if row.number else "objections.was_written", number=row.number)
        return redirect("objection", row.pk)

    names = [kind.value for kind in kinds]
    return form_page(request, "web/object/ask.html", Form(), do, found=one, kinds=names, new_key=get_random_string(16))


def _unit(found: Objecting, given: str) -> int:
    """Give the unit that objects: the one chosen, or the only one there is."""
    known = {str(unit.pk): unit.pk for unit in found.units}
    return known.get(given, found.units[0].pk)
