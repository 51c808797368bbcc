"""Forms for what becomes of units: another name, one into another, one into several."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.core import clock
from baton.org.actions.changes import merge_units, rename_unit, split_unit
from baton.org.models import Unit
from baton.org.queries.names import NamesOnDay
from baton.web.asking import actor_of
from baton.web.org.forming import Form, form_page, names_today, only
from baton.web.org.units import KEEPER, unit_of
from baton.web.telling import tell
from baton.words import Place, Problem

_PARTS = (1, 2, 3, 4)
"""Units that the form of a split has room for; a reform cuts a bureau into two or three."""
_TEMPLATE = "web/org/unit_change.html"


@only(KEEPER)
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a unit another name from a day on."""
    one = unit_of(request, code)

    def do(form: Form) -> HttpResponse:
        on = form.day("on", needed=True) or clock.today()
        form.check()
        rename_unit(
            unit=one,
            name=form.text("name"),
            on=on,
            document=form.text("document"),
            note=form.text("note"),
            by=actor_of(request),
        )
        tell(request, "units.was_renamed", old=one.name, new=form.text("name"))
        return HttpResponseRedirect(reverse("unit", args=[code]))

    context = {"title": "units.rename", "about": "units.rename_about", "kind": "rename", "unit": one}
    return form_page(request, _TEMPLATE, Form(), do, back=reverse("unit", args=[code]), **context)


@only(KEEPER)
def merge(request: HttpRequest) -> HttpResponse:
    """Let one unit take over from others."""
    names = names_today(request)

    def do(form: Form) -> HttpResponse:
        ending = _several(form, "units", names)
        into = form.unit("into", names, needed=True)
        on = form.day("on", needed=True) or clock.today()
        form.check()
        if into is not None:
            merge_units(
                units=ending,
                into=into,
                on=on,
                document=form.text("document"),
                note=form.text("note"),
                by=actor_of(request),
            )
            tell(request, "units.was_merged", old="、".join(one.name for one in ending), new=into.name)
        return HttpResponseRedirect(reverse("unit", args=[into.code if into else ""]))

    context = {"title": "units.merge", "about": "units.merge_about", "kind": "merge", "choices_of_units": names.today}
    return form_page(request, _TEMPLATE, Form(request.GET.dict()), do, back=reverse("units"), **context)


def _several(form: Form, name: str, names: NamesOnDay) -> Sequence[Unit]:
    """Give the units that a field names, separated by commas of either kind."""
    found = []
    for written in form.text(name).replace("，", "、").replace(",", "、").split("、"):
        if not written.strip():
            continue
        one = names.find(written, Place(field=name))
        if isinstance(one, Problem):
            form.problems.append(one)
        else:
            found.append(one)
    return found


@only(KEEPER)
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Let several units take over from one."""
    one = unit_of(request, code)

    def do(form: Form) -> HttpResponse:
        on = form.day("on", needed=True) or clock.today()
        form.check()
        fields = [(form.text(f"part-{number}-code"), form.text(f"part-{number}-name")) for number in _PARTS]
        last = max((number for number, part in enumerate(fields, 1) if any(part)), default=0)
        split_unit(
            unit=one,
            parts=fields[:last],
            on=on,
            document=form.text("document"),
            note=form.text("note"),
            by=actor_of(request),
        )
        tell(request, "units.was_split", old=one.name)
        return HttpResponseRedirect(reverse("unit", args=[code]))

    context = {"title": "units.split", "about": "units.split_about", "kind": "split", "unit": one, "numbers": _PARTS}
    return form_page(request, _TEMPLATE, Form(), do, back=reverse("unit", args=[code]), **context)
