"""Pages of units: the tree, one unit, and putting one right."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.core import clock
from baton.org.actions.units import add_unit, edit_unit
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import tree
from baton.org.queries.unit import unit_view
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.lists.listing import PAGE_SIZE
from baton.web.org.forming import Form, form_page, names_today, only, page
from baton.web.telling import tell

KEEPER = Role.SYSTEM_ADMINISTRATOR
_PLAIN = ("name", "short_name", "kind", "note")


def _parent(unit: Unit) -> str:
    return unit.parent.name if unit.parent else ""


_COLUMNS = (
    Column("name", "web.unit", lambda unit: unit.name, ("name",), template="web/org/cells/unit_name.html"),
    Column("short_name", "units.short_name", lambda unit: unit.short_name, ("short_name",)),
    Column("kind", "web.unit_kind", lambda unit: unit.kind, ("kind",)),
    Column("parent", "units.parent", _parent, ("parent__order",), template="web/org/cells/parent.html"),
    Column("code", "web.unit_code", lambda unit: unit.code, ("code",)),
    Column(
        "valid_from",
        "units.valid_from",
        lambda unit: unit.valid_from,
        ("valid_from",),
        template="web/org/cells/first.html",
    ),
    Column("valid_to", "units.valid_to", lambda unit: unit.valid_to, ("valid_to",), template="web/org/cells/last.html"),
)


def units(request: HttpRequest) -> HttpResponse:
    """Show the tree of units of today; narrowed by a name, a kind or the unit above it is a list."""
    user, today = user_of(request), clock.today()
    seen = Unit.objects.visible_to(user).select_related("parent")
    listing = Listing(seen, _COLUMNS, _filters(user_of(request)), asked=request.GET.dict())
    branches = None
    if not listing.chosen:
        listing.rows = seen.on(today)
        branches = Paginator(tree(user, today), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"branches": branches, "keeps": powers_of(request).has(KEEPER)}
    return list_page(request, listing, "web/org/units.html", file_name="units", **context)


def _filters(user: Any) -> tuple[Filter, ...]:
    seen = Unit.objects.visible_to(user)
    kinds = seen.exclude(kind="").order_by("kind").values_list("kind", flat=True).distinct()
    above = seen.filter(children__isnull=False).distinct()
    return (
        Filter("q", "units.search", _named),
        Filter("kind", "web.unit_kind", lambda rows, kind: rows.filter(kind=kind), [Choice(k, k) for k in kinds]),
        Filter(
            "below",
            "units.parent",
            lambda rows, code: rows.filter(parent__code=code),
            [Choice(unit.code, unit.name) for unit in above],
        ),
    )


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    """Look in every name a unit has or had."""
    wanted = Q(name__icontains=given) | Q(short_name__icontains=given) | Q(code__iexact=given)
    return rows.filter(wanted | Q(names__name__icontains=given)).distinct()


def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit."""
    today = clock.today()
    view = unit_view(user_of(request), code, today)
    if view is None:
        raise Http404
    ended = view.unit.valid_to is not None and view.unit.valid_to < today
    return page(request, "web/org/unit.html", view=view, ended=ended, keeps=powers_of(request).has(KEEPER))


def unit_of(request: HttpRequest, code: str) -> Unit:
    """Give a unit by its code; there is none where the person may see none."""
    found = Unit.objects.visible_to(user_of(request)).select_related("parent").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@only(KEEPER)
def add(request: HttpRequest) -> HttpResponse:
    """Write down a unit."""
    names = names_today(request)

    def do(form: Form) -> HttpResponse:
        parent = form.unit("parent", names)
        first, last = form.day("valid_from"), form.day("valid_to")
        form.check()
        plain = {name: form.text(name) for name in _PLAIN}
        made = add_unit(
            code=form.text("code"), parent=parent, by=actor_of(request), valid_from=first, valid_to=last, **plain
        )
        tell(request, "units.was_added", name=made.name)
        return HttpResponseRedirect(reverse("unit", args=[made.code]))

    context = {"title": "units.add", "back": reverse("units"), "choices_of_units": names.today}
    return form_page(request, "web/org/unit_edit.html", Form(), do, **context)


@only(KEEPER)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Put a unit right."""
    one, names = unit_of(request, code), names_today(request)

    def do(form: Form) -> HttpResponse:
        parent = form.unit("parent", names)
        first, last = form.day("valid_from"), form.day("valid_to")
        form.check()
        plain = {name: form.text(name) for name in _PLAIN}
        aliases = form.text("aliases").replace("，", "、").replace(",", "、").split("、")
        edit_unit(
            unit=one,
            parent=parent,
            aliases=aliases,
            by=actor_of(request),
            valid_from=first,
            valid_to=last,
            **plain,
        )
        tell(request, "units.was_saved")
        return HttpResponseRedirect(reverse("unit", args=[code]))

    context = {
        "title": "units.edit",
        "unit": one,
        "back": reverse("unit", args=[code]),
        "choices_of_units": names.today,
    }
    return form_page(request, "web/org/unit_edit.html", Form(_given(one)), do, **context)


def _given(unit: Unit) -> dict[str, str]:
    """Give a unit as its form has it."""
    return {
        **{name: getattr(unit, name) for name in _PLAIN},
        "aliases": "、".join(unit.names.filter(alias=True).values_list("name", flat=True)),
        "parent": unit.parent.name if unit.parent else "",
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else "",
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else "",
    }
