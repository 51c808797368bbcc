"""A unit claims a bonus: first its item, then what the item asks for, with the document and the file that shows it."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from baton.assessment.actions.claims import claim_bonus
from baton.assessment.queries.desk.ledger import bonuses_on, claiming_units
from baton.core import clock
from baton.org.choices import Role
from baton.web.asking import actor_of, key_of, powers_of, user_of
from baton.web.correct.views import received_with
from baton.web.org.forming import Form, form_page
from baton.web.report.ledger import at_field, typed_event
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.telling import tell
from baton.words import Place, Problem, Refused

_CLAIMS = (Role.REPORTER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD)


@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Claim a bonus for one of the person's own units."""
    if not powers_of(request).has(*_CLAIMS):
        raise PermissionDenied
    user, today = user_of(request), clock.today()
    items = {one.code: one for one in bonuses_on(today)}
    units = {one.pk: one for one in claiming_units(user, today)}
    item = items.get(request.GET.get("item", ""))

    def do(form: Form) -> HttpResponse:
        refuse_phone(request)
        if item is None:
            raise Refused([Problem("reporting.item_missing", {}, Place(field="item"))])
        given = typed_event(form, item)
        unit = units.get(given.pop("unit"))
        if unit is None:
            raise Http404
        received = received_with(request)
        try:
            row = claim_bonus(by=actor_of(request), unit=unit, received=received, key=key_of(request), **given)
        except Refused as refused:
            raise Refused(at_field(one, item) for one in refused.problems) from refused
        tell(request, "reporting.was_claimed")
        return HttpResponseRedirect(reverse("ledger-entry", args=[row.pk]))

    only_one = {"unit": str(next(iter(units)))} if len(units) == 1 else {}
    context: dict[str, Any] = {"items": items.values(), "item": item, "units": units.values(), "key": uuid4().hex}
    context["only_looks"] = only_looks(request)
    return form_page(request, "web/report/claim.html", Form(only_one), do, **context)
