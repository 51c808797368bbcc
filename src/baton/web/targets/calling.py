"""The office calls for the targets of a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baton.assessment.actions.targets.calling import call_for_targets
from baton.assessment.actions.targets.recalling import take_back_call
from baton.assessment.queries.targets.lists import callable_schemes, calls
from baton.org.queries.names import NamesOnDay
from baton.web.asking import actor_of, key_of, user_of
from baton.web.office.board import office_only
from baton.web.org.forming import Form, form_page, names_today
from baton.web.telling import tell, told
from baton.words import Place, Problem


@office_only
def call(request: HttpRequest) -> HttpResponse:
    """Choose year, targets, units and last day; on POST call for them."""
    schemes = callable_schemes(user_of(request))
    asked = request.POST.get("year") or request.GET.get("year", "")
    found = next((one for one in schemes if str(one[0].year) == asked), schemes[0] if schemes else None)
    names, chosen = names_today(request), request.POST.getlist("wanted")

    def do(form: Form) -> HttpResponse:
        closes = form.day("closes", needed=True)
        units = _units(form, names, request.POST.getlist("unit"))
        form.check()
        if closes is None or found is None:
            return redirect("targets-call")
        wanted = [(series, figure) for one in chosen for series, _, figure in [one.partition(".")]]
        by, year, key = actor_of(request), found[0].year, key_of(request)
        made = call_for_targets(by=by, year=year, wanted=wanted, closes=closes, units=units, key=key)
        tell(request, "targets.was_called", count=made.targets.count())
        return redirect("targets")

    years = [one[0].year for one in schemes]
    earlier = {"calls": calls(user_of(request)), "told": told(request)}
    context = {"found": found, "years": years, "chosen": chosen, "choices_of_units": names.today}
    return form_page(request, "web/targets/call.html", Form(), do, **context, **earlier)


@require_POST
@office_only
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a call back, as far as nobody has done anything with it."""

    def do(form: Form) -> HttpResponse:
        count = take_back_call(by=actor_of(request), call=number, reason=form.text(f"reason-{number}"))
        tell(request, "targets.was_taken_back", count=count)
        return redirect("targets-call")

    context = {"calls": calls(user_of(request)), "told": told(request)}
    return form_page(request, "web/targets/call.html", Form(), do, **context)


def _units(form: Form, names: NamesOnDay, given: list[str]) -> list[str]:
    """Read the units that are named; none: all who carry the indicators."""
    found = []
    for written in (part.strip() for one in given for part in one.replace("，", "、").split("、")):
        if not written:
            continue
        unit = names.find(written, Place(field="unit"))
        if isinstance(unit, Problem):
            form.problems.append(unit)
        else:
            found.append(unit.code)
    return found
