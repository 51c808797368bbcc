"""Pages of people: the list, one person, and the form that writes one down."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.core import clock
from baton.org.actions.people import add_person, edit_person
from baton.org.choices import COUNTY_WIDE, SEES_ITS_PEOPLE, Role
from baton.org.models import Person
from baton.org.queries.people import PersonView, person_view
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.org.forming import Form, form_page, names_today, only, page
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.web.views.opening import opened_by_view
from baton.words import text

KEEPER, GIVER = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR
READERS = COUNTY_WIDE | SEES_ITS_PEOPLE
"""Who has the list in the menu; everybody else finds only themselves on it."""


def _state(person: Person) -> str:
    code = "units.no_account" if person.user is None else "units.open" if person.user.is_active else "units.closed"
    return text(code, page_language())


_COLUMNS = (
    Column("name", "web.name", lambda one: one.name, ("name",), template="web/org/cells/person.html"),
    Column("unit", "web.unit", lambda one: one.unit.name, ("unit__order", "name"), template="web/org/cells/unit.html"),
    Column("title", "units.title", lambda one: one.title, ("title",)),
    Column("username", "web.username", lambda one: one.user.username if one.user else "", ("user__username",)),
    Column("state", "units.state", _state, ("user__is_active",), template="web/org/cells/account.html"),
)


def _named(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=given) | Q(user__username__icontains=given) | Q(title__icontains=given))


def _in_unit(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(unit__name__icontains=given) | Q(unit__short_name__icontains=given) | Q(unit__code=given))


def _in_state(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    if given == "none":
        return rows.filter(user__isnull=True)
    return rows.filter(user__is_active=given == "open")


@only(*READERS)
def people(request: HttpRequest) -> HttpResponse:
    """List the people that one may see."""
    if opened := opened_by_view(request, "people"):
        return opened
    language = page_language()
    states = [("open", "units.open"), ("closed", "units.closed"), ("none", "units.no_account")]
    filters = (
        Filter("q", "units.search_person", _named),
        Filter("unit", "web.unit", _in_unit),
        Filter("state", "units.state", _in_state, [Choice(value, text(code, language)) for value, code in states]),
    )
    rows = Person.objects.visible_to(user_of(request)).select_related("unit", "user")
    listing = Listing(rows, _COLUMNS, filters, first="unit", asked=request.GET.dict())
    mine = powers_of(request)
    context = {"keeps": mine.has(KEEPER), "gives": mine.has(GIVER), "file_name": "people"}
    return list_page(request, listing, "web/org/people.html", **context)


def view_of(request: HttpRequest, number: int) -> PersonView:
    """Give a person that one may see; there is none otherwise."""
    found = person_view(user_of(request), number)
    if found is None:
        raise Http404
    return found


def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show one person with their roles."""
    mine, view, today = powers_of(request), view_of(request, number), clock.today()
    ended = {one.pk for one in view.roles if one.withdrawn or (one.valid_to is not None and one.valid_to < today)}
    context: dict[str, Any] = {"view": view, "ended": ended, "keeps": mine.has(KEEPER), "gives": mine.has(GIVER)}
    return page(request, "web/org/person.html", listed=mine.has(*READERS), **context)


@only(KEEPER)
def add(request: HttpRequest) -> HttpResponse:
    """Write down a person, with an account if a sign-in name is given."""
    names = names_today(request)

    def do(form: Form) -> HttpResponse:
        unit = form.unit("unit", names)
        form.check()
        made = add_person(
            name=form.text("name"),
            unit=unit,
            title=form.text("title"),
            username=form.text("username"),
            email=form.text("email"),
            by=actor_of(request),
        )
        tell(request, "units.person_added", name=made.name)
        return HttpResponseRedirect(reverse("person", args=[made.pk]))

    context = {"title": "units.add_person", "back": reverse("people"), "choices_of_units": names.today}
    return form_page(request, "web/org/person_edit.html", Form(request.GET.dict()), do, **context)


@only(KEEPER)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Put a person right."""
    one, names = view_of(request, number).person, names_today(request)

    def do(form: Form) -> HttpResponse:
        unit = form.unit("unit", names)
        form.check()
        edit_person(
            person=one,
            name=form.text("name"),
            unit=unit,
            title=form.text("title"),
            email=form.text("email"),
            by=actor_of(request),
        )
        tell(request, "units.was_saved")
        return HttpResponseRedirect(reverse("person", args=[number]))

    email = one.user.email if one.user else ""
    form = Form({"name": one.name, "unit": one.unit.name, "title": one.title, "email": email})
    context = {"title": "units.edit_person", "person": one, "choices_of_units": names.today}
    return form_page(request, "web/org/person_edit.html", form, do, back=reverse("person", args=[number]), **context)
