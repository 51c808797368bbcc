"""A report that a unit makes itself: filled in, split, put from desk to desk, printed for signature and seal."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from baton.assessment.actions.scans import attach_file
from baton.assessment.actions.submissions import act_on_report, fill_report, split_report
from baton.assessment.choices import Verb
from baton.assessment.queries.desk.own import OwnReport, own_report
from baton.assessment.queries.working import works
from baton.core.files import receive
from baton.core.queries.files import files_of
from baton.web.asking import actor_of, key_of, user_of
from baton.web.countdown import countdown
from baton.web.problems import by_field, shown
from baton.web.report.phones import only_looks, refuse_phone
from baton.web.report.places import by_phone
from baton.web.telling import tell, told
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused, text

_CODE = "assessment.verb_"


def _report(request: HttpRequest, number: int) -> OwnReport:
    found = own_report(user_of(request), number)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, number: int) -> HttpResponse:
    """Show a report; on POST do what the button says, or say what stands against it, with what was typed kept."""
    found = _report(request, number)
    if request.method != "POST":
        return _page(request, found)
    do = _DOINGS.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    try:
        do(request, found)
    except Refused as refused:
        return _page(request, _report(request, number), _at_fields(found, refused.problems))
    return HttpResponseRedirect(reverse("report-own", args=[number]))


def _at_fields(found: OwnReport, problems: Iterable[Problem]) -> list[Problem]:
    """Point problems of figures to the inputs of this page."""
    row = found.submission
    named = {
        f"{row.unit.code}:{row.series}.{value.field.figure}:{value.name.partition(':')[2]}": value.name
        for value in found.values
    }
    return [Problem(one.code, one.params, Place(field=named.get(one.place.field, one.place.field))) for one in problems]


def _fill(request: HttpRequest, found: OwnReport) -> None:
    refuse_phone(request)
    values = {one.name: request.POST.get(one.name, "").strip() for one in found.values if one.name in request.POST}
    fill_report(by=actor_of(request), report=found.submission.pk, values=values, key=key_of(request))


def _keep(request: HttpRequest, found: OwnReport) -> None:
    _fill(request, found)
    tell(request, "reporting.own_kept")


def _submit(request: HttpRequest, found: OwnReport) -> None:
    lacking = [
        Problem("reporting.value_missing", {"field": one.field.name}, Place(field=one.name))
        for one in found.values
        if not one.field.optional and not request.POST.get(one.name, "").strip()
    ]
    if lacking:
        raise Refused(lacking)
    _fill(request, found)
    act_on_report(by=actor_of(request), report=found.submission.pk, verb=Verb.SUBMIT, key=key_of(request))
    tell(request, "reporting.own_submitted")


def _verb(verb: Verb) -> Callable[[HttpRequest, OwnReport], None]:
    def do(request: HttpRequest, found: OwnReport) -> None:
        reason = request.POST.get("reason", "")
        act_on_report(by=actor_of(request), report=found.submission.pk, verb=verb, reason=reason, key=key_of(request))
        tell(request, "reporting.own_done", verb=text(f"{_CODE}{verb.value}", page_language()))

    return do


def _split(request: HttpRequest, found: OwnReport) -> None:
    chosen = [int(one) for one in request.POST.getlist("offices") if one.isdecimal()]
    if not chosen:
        raise Refused([Problem("reporting.no_office", {}, Place(field="offices"))])
    split_report(by=actor_of(request), report=found.submission.pk, offices=chosen)
    tell(request, "reporting.own_split", count=len(chosen))


def _attach(request: HttpRequest, found: OwnReport) -> None:
    file = request.FILES.get("file")
    if file is None:
        raise Refused([Problem("reporting.no_file", {}, Place(field="file"))])
    try:
        received = receive(file.name or "", file.chunks())
    except Refused as refused:
        raise Refused(Problem(one.code, one.params, Place(field="file")) for one in refused.problems) from refused
    scan = request.POST.get("scan") == "1"
    attach_file(by=actor_of(request), report=found.submission.pk, received=received, scan=scan)
    tell(request, "reporting.file_attached", file=received.name)


_DOINGS: dict[str, Callable[[HttpRequest, OwnReport], None]] = {
    "keep": _keep,
    "submit": _submit,
    "approve": _verb(Verb.APPROVE),
    "return": _verb(Verb.RETURN),
    "recall": _verb(Verb.RECALL),
    "remind": _verb(Verb.REMIND),
    "split": _split,
    "attach": _attach,
}
"""What the buttons of the page do."""


def _page(request: HttpRequest, found: OwnReport, problems: Iterable[Problem] = ()) -> HttpResponse:
    listed = shown(problems)
    row = found.submission
    context: dict[str, Any] = {
        "report": found,
        "row": row,
        "month": row.month,
        "typed": request.POST,
        "key": uuid4().hex,
        "values": [(one, request.POST.get(one.name, one.shown)) for one in found.values],
        "due": countdown(found.closes, works()),
        "files": files_of(user_of(request), row),
        "by_phone": by_phone(),
        "only_looks": only_looks(request),
        "problems": listed,
        "messages": by_field(listed),
        "told": told(request),
    }
    return render(request, "web/report/own.html", context, status=422 if listed else 200)


@require_safe
def form(request: HttpRequest, number: int) -> HttpResponse:
    """Show the report as a form for signature and seal, one page of A4."""
    found = _report(request, number)
    return render(request, "web/report/form.html", {"report": found, "row": found.submission})
