"""The list of who may see results before they are out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.readers import add_reader, end_reader
from baton.assessment.models import ResultReader
from baton.core import clock
from baton.core.models import User
from baton.org.choices import ADMINISTRATORS, COUNTY_WIDE, Role
from baton.web.asking import actor_of, powers_of
from baton.web.office.board import OFFICE
from baton.web.org.forming import Form, form_page, only
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused, text

_ROLES = (Role.OFFICE_HEAD, Role.OFFICE, Role.COUNTY_LEADER, Role.AUDITOR)


@only(*OFFICE)
def readers(request: HttpRequest) -> HttpResponse:
    """Show the list; its keeper adds to it."""

    def do(form: Form) -> HttpResponse:
        until = form.day("until")
        user, role = _who(form)
        form.check()
        add_reader(by=actor_of(request), user=user, role=role, until=until, reason=form.text("reason"))
        tell(request, "office.reader_was_added")
        return redirect("result-readers")

    today = clock.today()
    rows = ResultReader.objects.select_related("user").order_by("valid_from", "pk")
    return form_page(
        request,
        "web/office/readers.html",
        Form(),
        do,
        now=[row for row in rows if row.valid_to is None or row.valid_to >= today],
        before=[row for row in rows if row.valid_to is not None and row.valid_to < today],
        roles=[(role.value, text(f"org.role_{role.value}", page_language())) for role in _ROLES],
        heads=powers_of(request).has(Role.OFFICE_HEAD),
    )


def _who(form: Form) -> tuple[int | None, Role | None]:
    """Read who is meant: a role, or a person by the name they sign in with."""
    named, role = form.text("who"), form.text("role")
    if role in COUNTY_WIDE - ADMINISTRATORS and not named:
        return None, Role(role)
    found = User.objects.filter(username__iexact=named, is_active=True).first() if named else None
    if found is None and named:
        form.problems.append(Problem("office.person_unknown", {"given": named}, Place(field="who")))
    return (None if found is None else found.pk), None


@require_POST
@only(Role.OFFICE_HEAD)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Take somebody off the list."""
    try:
        end_reader(by=actor_of(request), reader=number)
    except Refused:
        return redirect("result-readers")
    tell(request, "office.reader_was_ended")
    return redirect("result-readers")
