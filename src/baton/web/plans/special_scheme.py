"""The scheme of a special assessment as a workbook: one to begin with, one brought and looked over, one taken along."""

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from baton.assessment.queries.special_schemes import starter_for, tried_scheme
from baton.assessment.queries.specials import specials
from baton.assessment.rules.scheme_files import SchemeRead
from baton.engine.scheme.text import to_yaml
from baton.sheets.scheme_book import write_scheme
from baton.web.asking import user_of
from baton.web.lists.respond import workbook_file
from baton.web.office.board import office_only
from baton.web.org.forming import Form
from baton.web.report.trial import Line, lines_of
from baton.web.report.uploaded import Uploaded, content_of, received
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, text

_SHOWN = 500
_TEXT = "scheme.yaml"


@dataclass
class Tried:
    """A scheme that was looked over: what was found, and the file it came in; nothing before."""

    trial: SchemeRead | None = None
    given: Uploaded | None = None
    lines: list[Line] = field(default_factory=list)


def number_of(form: Form) -> int:
    """Give the item that the form names, 0 for none."""
    named = form.text("item")
    return int(named) if named.isdecimal() and len(named) < 10 else 0


def look_over(request: HttpRequest, form: Form, tried: Tried) -> None:
    """Read the scheme that the form brings, a file or as text, and keep what it says as text with the form.

    A file that cannot be read, or in which something forbids to open, leaves its problems with the form.
    """
    user, upload = user_of(request), request.FILES.get("file")
    if upload is not None:
        tried.given = received(upload, user, preliminary=False)
        name, content = tried.given.name, content_of(tried.given)
    else:
        name, content = _TEXT, form.given.get("scheme", "").encode()
    if not content.strip():
        form.problems.append(Problem("plans.scheme_lacking", {}, Place(field="scheme")))
        return
    found = tried_scheme(user, number_of(form), form.text("last"), name, content)
    tried.trial, tried.lines = found, lines_of(found.problems)[:_SHOWN]
    if found.scheme is not None and upload is not None:
        form.given = {**form.given, "scheme": to_yaml(found.scheme)}
    if found.errors:
        place = Place(field="problems" if tried.lines else "scheme")
        form.problems.append(Problem("plans.scheme_has_errors", {"count": found.errors}, place))


@require_safe
@office_only
def starter(request: HttpRequest) -> HttpResponse:
    """Give a scheme workbook to begin with, with the units of an item of the plan."""
    item, language = request.GET.get("item", ""), page_language()
    words = (text("plans.starter_group", language), text("plans.starter_indicator", language))
    scheme = starter_for(user_of(request), int(item), words) if item.isdecimal() and len(item) < 10 else None
    if scheme is None:
        raise Http404
    return workbook_file(write_scheme(scheme, language), f"special-scheme-{item}.xlsx")


@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """Give the scheme of a special assessment as a workbook, to whom it concerns: to read it, or to begin the next."""
    row = specials(user_of(request)).filter(pk=number).first()
    if row is None:
        raise Http404
    return workbook_file(write_scheme(row.version.scheme, page_language()), f"special-{number}-scheme.xlsx")
