"""Forms for accounts: closing, opening again, handing over."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.core import clock
from baton.core.models import User
from baton.org.actions.accounts import Newcomer, close_account, hand_over, reopen_account
from baton.org.models import Person
from baton.org.work import open_work
from baton.web.asking import actor_of
from baton.web.org.forming import Form, form_page, only
from baton.web.org.people import KEEPER, view_of
from baton.web.org.roles import role_words
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import text


def _account_of(request: HttpRequest, number: int) -> tuple[Person, User]:
    person = view_of(request, number).person
    if person.user is None:
        raise Http404
    return person, person.user


@only(KEEPER)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account."""
    person, user = _account_of(request, number)

    def do(form: Form) -> HttpResponse:
        close_account(user=user, reason=form.text("reason"), by=actor_of(request))
        tell(request, "units.account_closed", name=person.name)
        return HttpResponseRedirect(reverse("person", args=[number]))

    context = {"title": "units.close_account", "about": "units.close_about", "person": person, "danger": True}
    return form_page(request, "web/org/reason.html", Form(), do, back=reverse("person", args=[number]), **context)


@only(KEEPER)
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open a closed account again."""
    person, user = _account_of(request, number)

    def do(form: Form) -> HttpResponse:
        reopen_account(user=user, reason=form.text("reason"), by=actor_of(request))
        tell(request, "units.account_opened", name=person.name)
        return HttpResponseRedirect(reverse("person", args=[number]))

    context = {"title": "units.reopen_account", "about": "units.reopen_about", "person": person}
    return form_page(request, "web/org/reason.html", Form(), do, back=reverse("person", args=[number]), **context)


@only(KEEPER)
def handover(request: HttpRequest, number: int) -> HttpResponse:
    """Hand over from somebody who leaves to somebody who comes: roles, open work, the old account's last day."""
    person, user = _account_of(request, number)
    roles = [one for one in user.assignments.on(clock.today()).select_related("unit") if one.delegated_from_id is None]
    language = page_language()
    work = [(text(code, language), count) for code, count in open_work(user).items()]

    def do(form: Form) -> HttpResponse:
        on = form.day("on", needed=True) or clock.today()
        form.check()
        wanted = set(request.POST.getlist("role"))
        newcomer = Newcomer(form.text("username"), form.text("name"), form.text("title"))
        comer = hand_over(
            leaver=user,
            newcomer=newcomer,
            roles=[one for one in roles if str(one.pk) in wanted],
            on=on,
            reason=form.text("reason"),
            by=actor_of(request),
        )
        tell(request, "units.was_handed_over", old=person.name, new=comer.name)
        return HttpResponseRedirect(reverse("person", args=[comer.person.pk]))

    chosen = set(request.POST.getlist("role")) if request.method == "POST" else {str(one.pk) for one in roles}
    rows = [(one, role_words(one.role), str(one.pk) in chosen) for one in roles]
    form = Form({"on": clock.today().isoformat()})
    context = {"person": person, "roles": rows, "work": work, "back": reverse("person", args=[number])}
    return form_page(request, "web/org/handover.html", form, do, **context)
