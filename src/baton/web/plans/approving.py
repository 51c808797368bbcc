"""Approving the plan of a year: what will be approved, what to think over, and the document that decides it."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.plans import approve_plan
from baton.assessment.choices import PlanState
from baton.assessment.queries.plans import items_of, limits, plan_of, warnings_of
from baton.core import clock
from baton.org.choices import Role
from baton.web.asking import actor_of, key_of, user_of
from baton.web.org.forming import Form, form_page, only
from baton.web.telling import tell


@only(Role.OFFICE_HEAD)
def approve(request: HttpRequest, year: int) -> HttpResponse:
    """Show what is proposed for a year; on POST approve it all by one document."""

    def do(form: Form) -> HttpResponse:
        approve_plan(by=actor_of(request), year=year, document=form.text("document"), key=key_of(request))
        tell(request, "plans.was_approved", year=year)
        return redirect("plan")

    user = user_of(request)
    rows = items_of(user).filter(year=year, state=PlanState.PROPOSED).order_by("organiser__order", "opens", "pk")
    context = {
        "year": year,
        "key": uuid4().hex,
        "rows": rows,
        "approved": plan_of(user, year),
        "warnings": warnings_of(user, year),
        "limits": limits(clock.today()),
    }
    return form_page(request, "web/plans/approve.html", Form(), do, **context)
