"""Pages of roles: giving and ending them, deciding what is asked for, lending, and who may do what."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.core import clock
from baton.org.actions.roles import decide_requests, end_role, grant_role, lend_role, take_back_role
from baton.org.choices import LENDS_NOTHING, Role
from baton.org.models import Assignment
from baton.org.queries.people import RIGHTS_READERS, borrowers, lendable, lent_by, open_requests, rights
from baton.web.asking import actor_of, user_of
from baton.web.lists import Choice, Column, Filter, Listing, list_page
from baton.web.org.forming import Form, form_page, names_today, only, page
from baton.web.org.people import GIVER, view_of
from baton.web.problems import shown
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused, text

LENDERS = frozenset(Role) - LENDS_NOTHING


def role_words(value: str) -> str:
    """Say a role in the language of the page."""
    return text(f"org.role_{value}", page_language())


@only(GIVER)
def grant(request: HttpRequest, number: int) -> HttpResponse:
    """Give a person a role."""
    person, names = view_of(request, number).person, names_today(request)
    user = person.user
    if user is None:
        raise Http404

    def do(form: Form) -> HttpResponse:
        if form.text("role") not in set(Role):
            form.problems.append(Problem("units.role_missing", {}, Place(field="role")))
        unit, first = form.unit("unit", names), form.day("first", needed=True) or clock.today()
        last = form.day("last")
        form.check()
        grant_role(
            user=user,
            role=Role(form.text("role")),
            unit=unit,
            first=first,
            last=last,
            reason=form.text("reason"),
            by=actor_of(request),
        )
        tell(request, "units.role_given", name=person.name)
        return HttpResponseRedirect(reverse("person", args=[number]))

    form = Form({"unit": person.unit.name, "first": clock.today().isoformat()})
    context = {"person": person, "roles": [(role.value, role_words(role)) for role in Role]}
    context |= {"choices_of_units": names.today, "back": reverse("person", args=[number])}
    return form_page(request, "web/org/grant.html", form, do, **context)


@only(GIVER)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Let a role end."""
    rows = Assignment.objects.visible_to(user_of(request)).select_related("user__person", "unit")
    one = rows.filter(pk=number).first()
    if one is None:
        raise Http404
    holder = getattr(one.user, "person", None)
    back = reverse("person", args=[holder.pk]) if holder else reverse("people")

    def do(form: Form) -> HttpResponse:
        last = form.day("last") if form.text("when") == "day" else None
        if form.text("when") == "day" and last is None and not form.problems:
            form.problems.append(Problem("units.day_missing", {}, Place(field="last")))
        form.check()
        end_role(assignment=one, last=last, reason=form.text("reason"), by=actor_of(request))
        tell(request, "units.role_ended", name=one.user.name)
        return HttpResponseRedirect(back)

    return form_page(request, "web/org/end.html", Form({"when": "now"}), do, one=one, back=back)


@only(GIVER)
def requests(request: HttpRequest) -> HttpResponse:
    """Show the roles that are asked for; on POST give those chosen, or decline them."""
    rows = list(open_requests(user_of(request)))
    chosen = [one for one in rows if str(one.pk) in request.POST.getlist("request")]
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            if not chosen:
                raise Refused([Problem("units.nothing_chosen", {}, Place(field="requests"))])
            reason, give = request.POST.get("reason", "").strip(), "give" in request.POST
            done = decide_requests(requests=chosen, give=give, reason=reason, by=actor_of(request))
            tell(request, "units.requests_given" if give else "units.requests_declined", count=done)
            return HttpResponseRedirect(reverse("role-requests"))
        except Refused as refused:
            problems = list(refused.problems)
    context: dict[str, Any] = {"rows": rows, "chosen": {one.pk for one in chosen}, "problems": shown(problems)}
    reason = request.POST.get("reason", "")
    return page(request, "web/org/requests.html", status=422 if problems else 200, reason=reason, **context)


@only(*LENDERS)
def lending(request: HttpRequest) -> HttpResponse:
    """Show what one may lend and what one has lent; on POST take something back."""
    user, today = user_of(request), clock.today()
    lent = lent_by(user, today)
    if request.method == "POST":
        for one in lent:
            if str(one.pk) == request.POST.get("back"):
                take_back_role(assignment=one, by=actor_of(request))
                tell(request, "units.came_back", name=one.user.name)
        return HttpResponseRedirect(reverse("lending"))
    return page(request, "web/org/lending.html", mine=lendable(user, today), lent=lent)


@only(*LENDERS)
def lend(request: HttpRequest, number: int) -> HttpResponse:
    """Lend one of one's roles to a colleague."""
    user = user_of(request)
    one = next((held for held in lendable(user, clock.today()) if held.pk == number), None)
    if one is None:
        raise Http404
    colleagues = {str(person.pk): person for person in borrowers(user, one)}

    def do(form: Form) -> HttpResponse:
        to = colleagues.get(form.text("to"))
        if to is None:
            form.problems.append(Problem("units.colleague_missing", {}, Place(field="to")))
        first, last = form.day("first", needed=True) or clock.today(), form.day("last", needed=True)
        form.check()
        if to is not None and to.user is not None:
            lend_role(
                assignment=one, to=to.user, first=first, last=last, reason=form.text("reason"), by=actor_of(request)
            )
            tell(request, "units.was_lent", name=to.name)
        return HttpResponseRedirect(reverse("lending"))

    form = Form({"first": clock.today().isoformat()})
    people = [(key, " · ".join(filter(None, (other.name, other.title)))) for key, other in colleagues.items()]
    return form_page(request, "web/org/lend.html", form, do, one=one, people=people, back=reverse("lending"))


_COLUMNS = (
    Column("name", "web.name", lambda one: one.user.name, ("user__name",), template="web/org/cells/user.html"),
    Column("username", "web.username", lambda one: one.user.username, ("user__username",)),
    Column(
        "role",
        "units.role",
        lambda one: role_words(one.role),
        ("role", "unit__order"),
        template="web/org/cells/role.html",
    ),
    Column(
        "unit",
        "web.unit",
        lambda one: one.unit.name if one.unit else _whole_county(),
        ("unit__order",),
        template="web/org/cells/unit.html",
    ),
    Column(
        "first", "units.first_day", lambda one: one.valid_from, ("valid_from",), template="web/org/cells/first.html"
    ),
    Column("last", "units.last_day", lambda one: one.valid_to, ("valid_to",), template="web/org/cells/last.html"),
    Column("by", "units.granted_by", lambda one: one.granted_by.name if one.granted_by else "", ("granted_by__name",)),
    Column("reason", "units.reason", lambda one: one.reason, template="web/org/cells/reason.html"),
)


def _whole_county() -> str:
    return text("units.whole_county", page_language())


def _of_unit(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(unit__name__icontains=given) | Q(unit__short_name__icontains=given) | Q(unit__code=given))


def _of_role(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(role=given)


def _of_person(rows: QuerySet[Any], given: str) -> QuerySet[Any]:
    return rows.filter(Q(user__name__icontains=given) | Q(user__username__icontains=given))


@only(*RIGHTS_READERS)
def who_may_what(request: HttpRequest) -> HttpResponse:
    """List all roles that hold on a day, for those who look after them."""
    form = Form(request.GET.dict())
    day = form.day("day") or clock.today()
    filters = (
        Filter("day", "units.on_day", lambda rows, _: rows),
        Filter("q", "units.search_person", _of_person),
        Filter("role", "units.role", _of_role, [Choice(role, role_words(role)) for role in Role]),
        Filter("unit", "web.unit", _of_unit),
    )
    listing = Listing(rights(user_of(request), day), _COLUMNS, filters, first="role", asked=request.GET.dict())
    context = {"day": day, "problems": form.shown, "file_name": "rights"}
    return list_page(request, listing, "web/org/rights.html", **context)
