"""Looking at a scheme from several sides: what hangs on what, two texts line by line, tried on figures, the library."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from baton.assessment.actions.scheme_drafts import reuse_line
from baton.assessment.models import SchemeVersion
from baton.assessment.queries.workshop.comparing import Side, before_of, choices, compared, side
from baton.assessment.queries.workshop.foreseen import foreseen, years_held
from baton.assessment.queries.workshop.library import library_page
from baton.assessment.rules.coverage import coverage as coverage_of
from baton.sheets.scheme_book import write_scheme
from baton.web.asking import actor_of, user_of
from baton.web.lists.respond import workbook_file
from baton.web.org.forming import Form, form_page, page
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.web.workshop.rooms import around, draft_for, is_office
from baton.words import Place, Problem, Refused


@require_safe
def coverage(request: HttpRequest, number: int) -> HttpResponse:
    """Show the three lists with who carries each task, and what hangs on nothing."""
    found = draft_for(request, number)
    return page(request, "web/workshop/coverage.html", **around(request, found, coverage=coverage_of(found.scheme)))


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show an adopted scheme: the document, its draft, and its three lists."""
    rows = SchemeVersion.objects.visible_to(user_of(request)).select_related("adopted_by")
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404
    context: dict[str, Any] = {"version": found, "coverage": coverage_of(found.scheme), "office": is_office(request)}
    context["made_of"] = found.drafts.select_related("amends").first()
    return page(request, "web/workshop/version.html", told=told(request), **context)


@require_safe
def version_workbook(request: HttpRequest, number: int) -> HttpResponse:
    """Give an adopted scheme as a workbook; it is a public document of the county."""
    found = SchemeVersion.objects.visible_to(user_of(request)).filter(pk=number).first()
    if found is None:
        raise Http404
    return workbook_file(write_scheme(found.scheme, page_language()), f"scheme-{found.year}-v{found.pk}.xlsx")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Compare two texts line by line; the address names them, so that it can be passed on."""
    user, asked = user_of(request), {name: request.GET.get(name, "") for name in ("before", "after")}
    sides = {name: side(user, given) if given else None for name, given in asked.items()}
    context: dict[str, Any] = {"asked": asked, "choices": choices(user), "sides": sides}
    before, after = sides["before"], sides["after"]
    if before is not None and after is not None:
        context["changes"] = compared(before, after)
        context |= {"before": before.scheme, "after": after.scheme}
    lacking = any(given and sides[name] is None for name, given in asked.items())
    return page(request, "web/workshop/compare.html", lacking=lacking, **context)


@require_safe
def compare_draft(request: HttpRequest, number: int) -> HttpResponse:
    """Lead to a draft beside what it comes from."""
    found = draft_for(request, number)
    before = before_of(found.row)
    return redirect(f"{redirect('workshop-compare').url}?before={before}&after=d{number}")


@require_safe
def trial(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a draft would have given with the figures of a year."""
    found = draft_for(request, number)
    years = years_held(user_of(request))
    asked = request.GET.get("year", "")
    earlier = [one for one in years if one < found.row.year]
    year = int(asked) if asked.isdecimal() and len(asked) < 5 else next(iter(earlier or years), None)
    user, result = user_of(request), None
    if year in years and year is not None:
        after = Side(f"d{number}", found.row.name, found.scheme, found.revision)
        result = foreseen(after, side(user, before_of(found.row)), year)
    context = {"years": years, "year": year, "result": result}
    return page(request, "web/workshop/trial_run.html", **around(request, found, **context))


def line(request: HttpRequest, number: int) -> HttpResponse:
    """Show an indicator of the library; on POST take it into a draft."""
    found = library_page(user_of(request), number)
    if found is None:
        raise Http404
    drafts = {str(one.pk): one for one in found.drafts}
    asked = request.POST.get("draft", "") or request.GET.get("draft", "")
    into = drafts.get(asked)
    context: dict[str, Any] = {"found": found, "office": is_office(request), "into": into, "told": told(request)}
    context["drafts"] = [(number_, one.name) for number_, one in drafts.items()]
    if into is not None:
        scheme = draft_for(request, into.pk).scheme
        context["parents"] = [(node.code, node.name) for node in scheme.nodes]
        context["hooks"] = [(task.code, task.name) for task in scheme.tasks]

    def do(form: Form) -> HttpResponse:
        if into is None:
            raise Refused([Problem("workshop.draft_unknown", {}, Place(field="draft"))])
        reuse_line(by=actor_of(request), draft=into.pk, line=number, parent=form.text("parent"), hook=form.text("hook"))
        tell(request, "workshop.line_taken", name=found.row.name)
        return redirect("workshop-draft", into.pk)

    return form_page(request, "web/workshop/line.html", Form({"draft": asked}), do, **context)
