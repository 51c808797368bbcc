"""Whether all targets together reach the county's own, figure by figure; the county's own is entered here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from baton.assessment.actions.targets.county import set_county_target
from baton.assessment.choices import Adding
from baton.assessment.queries.targets.county import county_of
from baton.assessment.queries.targets.lists import years_called
from baton.core import clock
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.office.board import OFFICE
from baton.web.org.forming import Form, form_page, page
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.words import text


def newest(request: HttpRequest) -> HttpResponse:
    """Lead to the newest year for which targets were called for; without one, to this year."""
    asked = request.GET.get("year", "")
    years = years_called(user_of(request))
    return redirect("targets-county-year", int(asked) if asked.isdigit() else (years or [clock.today().year])[0])


def county(request: HttpRequest, year: int) -> HttpResponse:
    """Show all figures of a year: the county's own, the units' together, the gap, who asks less of himself."""
    user = user_of(request)
    found = {"years": years_called(user), "wholes": county_of(user, year)}
    return page(request, "web/targets/county.html", year=year, found=found, told=told(request))


def figure(request: HttpRequest, year: int, series: str, figure: str) -> HttpResponse:
    """Show one figure unit by unit; on POST the office enters the county's own target."""
    rows = county_of(user_of(request), year, (series, figure))
    if not rows:
        raise Http404
    whole, office = rows[0], powers_of(request).has(*OFFICE)
    if request.method == "POST" and not office:
        raise Http404

    def do(form: Form) -> HttpResponse:
        given = {name: form.text(name) for name in ("typed", "adding", "document")}
        set_county_target(by=actor_of(request), year=year, series=series, figure=figure, **given)
        tell(request, "targets.was_entered")
        return redirect("targets-county-figure", year, series, figure)

    first = {"adding": whole.adding.value}
    if whole.own is not None:
        first |= {"typed": whole.own.value, "document": whole.own.document}
    addings = [(one.value, text(f"targets.adding_{one.value}", page_language())) for one in Adding]
    context = {"year": year, "whole": whole, "office": office, "addings": addings, "told": told(request)}
    return form_page(request, "web/targets/figure.html", Form(first), do, **context)
