"""The home page: what the person who asks must do, by when, and where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.assessment.choices import Light
from baton.assessment.queries.desk.burden import burdens_of, months_at_work
from baton.assessment.queries.inbox import to_do
from baton.assessment.queries.looking import yearly_of
from baton.assessment.queries.looking.newest import newest_result
from baton.core.queries.notices import inbox
from baton.org.choices import Role
from baton.web.asking import powers_of, user_of
from baton.web.home.lines import lines_of
from baton.web.notices.saying import said
from baton.web.telling import told

_CARRIES = (Role.REPORTER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD)
_SHOWN = 5
_LIGHTS = (Light.GREEN.value, Light.YELLOW.value, Light.RED.value)


def home(request: HttpRequest) -> HttpResponse:
    """Show what the person who asks must do."""
    user = user_of(request)
    mine = powers_of(request).units_of(*_CARRIES)
    months = months_at_work(user)
    unread = list(inbox(user, unread_only=True)[: _SHOWN + 1])
    context = {
        "lines": lines_of(user, to_do(user, months), mine),
        "notices": [said(one) for one in unread[:_SHOWN]],
        "burdens": burdens_of(user, mine, months),
        "yearly": yearly_of(user, mine, months[0] if months else None),
        "newest": newest_result(user, powers_of(request).units_of(*Role)),
        "lights": _LIGHTS,
        "told": told(request),
    }
    if len(unread) <= _SHOWN:
        context["unread_notices"] = len(unread)
    return render(request, "web/home.html", context)
