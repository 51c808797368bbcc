"""The page of the working-day calendar: a year's days, and the form by which the office extends them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.core import clock
from baton.org.actions.calendar import settle_year, unsettle_year
from baton.org.actions.imports import try_import
from baton.org.actions.imports.days import LINES
from baton.org.choices import MAY_IMPORT, ImportKind
from baton.org.queries.calendar import year_shown, years_known
from baton.web.asking import actor_of, powers_of, user_of
from baton.web.org.forming import Form, form_page, only
from baton.web.telling import tell
from baton.words import Place, Problem, Refused

_KEEPERS = MAY_IMPORT[ImportKind.DAYS]
_YEARS_SHOWN = 4


def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year; on POST settle it, or say that it is not complete after all."""
    today = clock.today()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 1990 <= int(asked) <= 2199 else today.year

    def do(form: Form) -> HttpResponse:
        if "unsettle" in request.POST:
            unsettle_year(year=year, by=actor_of(request))
        else:
            settle_year(year=year, source=form.text("source"), by=actor_of(request))
        tell(request, "units.was_saved")
        return HttpResponseRedirect(f"{reverse('calendar')}?year={year}")

    user = user_of(request)
    recent = [one for one in years_known(user) if one >= today.year - 1][:_YEARS_SHOWN]
    context = {
        "shown_year": year_shown(user, year),
        "years": sorted({*recent, today.year, today.year + 1, year}),
        "keeps": powers_of(request).has(*_KEEPERS),
    }
    return form_page(request, "web/org/calendar.html", Form(), do, **context)


@only(*_KEEPERS)
def paste(request: HttpRequest) -> HttpResponse:
    """Try days that were pasted as lines; they are looked at and taken like a workbook."""

    def do(form: Form) -> HttpResponse:
        if not form.text("lines"):
            raise Refused([Problem("units.lines_missing", {}, Place(field="lines"))])
        content = form.text("lines").encode()
        name = f"{clock.now():%Y%m%d-%H%M}{LINES}"
        kept = try_import(kind=ImportKind.DAYS, content=content, file_name=name, by=actor_of(request))
        return HttpResponseRedirect(reverse("import", args=[kept.pk]))

    return form_page(request, "web/org/paste.html", Form(), do, back=reverse("calendar"))
