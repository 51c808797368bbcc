"""The bulletin of a published month as Word, and the county's own template for it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from baton.assessment.actions.bulletin_template import keep_bulletin_template
from baton.assessment.queries.looking import Shown, shown_month
from baton.assessment.queries.office.bulletin import bulletin_template, public_ranges
from baton.core import clock
from baton.core.disk import path_of
from baton.core.files import receive
from baton.reports.bulletin import (
    BulletinTerms,
    bulletin_docx,
    check_template,
    contents_of,
    filled_docx,
    placeholders,
)
from baton.web.asking import actor_of, user_of
from baton.web.office.board import month_for, office_only
from baton.web.office.publishing import title_of
from baton.web.org.forming import Form, form_page
from baton.web.telling import tell
from baton.web.templatetags.words import page_language
from baton.words import Place, Problem, Refused

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KEPT = "bulletin"
"""Name in the session of what the office typed last, so that next month asks for it no more."""


def _published(request: HttpRequest, period: str) -> Shown:
    shown = shown_month(user_of(request), month_for(request, period).period)
    if shown is None or shown.publication is None:
        raise Http404
    return shown


@office_only
def bulletin(request: HttpRequest, period: str) -> HttpResponse:
    """Ask for who issues the bulletin and when, and give it as Word."""
    shown = _published(request, period)
    issue, kept = shown.publication, bulletin_template(user_of(request), shown.month)
    template = None if kept is None else path_of(kept.digest).read_bytes()

    def do(form: Form) -> HttpResponse:
        on = form.day("on", needed=True) or clock.today()
        form.check()
        words = {name: form.text(name) for name in ("authority", "recipients")}
        terms = BulletinTerms(title=form.text("title"), on=on, number=form.text("number"), **words)
        contents = contents_of(shown, page_language(), public_ranges(shown))
        own = template is None or form.text("form") == "own"
        made = bulletin_docx(contents, terms) if own or template is None else filled_docx(template, contents, terms)
        request.session[_KEPT] = words
        answer = HttpResponse(made, content_type=_WORD)
        answer.headers["Content-Disposition"] = content_disposition_header(True, f"{terms.title}.docx") or "attachment"
        return answer

    given = {
        "title": "" if issue is None else issue.title or title_of(period),
        "number": "" if issue is None else issue.document,
        "on": clock.today().isoformat(),
        **request.session.get(_KEPT, {}),
    }
    context = {"month": shown.month, "kept": kept, "ranges": shown.scheme.ranking.intervals_in_public}
    return form_page(request, "web/office/bulletin.html", Form(given), do, **context)


@office_only
def template(request: HttpRequest, period: str) -> HttpResponse:
    """Take the county's template; what stands in it that nobody can fill is said before it is kept."""
    month = month_for(request, period)

    def do(form: Form) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            raise Refused([Problem("office.template_lacking", {}, Place(field="file"))])
        try:
            received = receive(file.name or "", file.chunks())
            check_template(path_of(received.digest).read_bytes())
        except Refused as refused:
            raise Refused(Problem(one.code, one.params, Place(field="file")) for one in refused.problems) from refused
        keep_bulletin_template(by=actor_of(request), period=period, received=received)
        tell(request, "office.template_was_kept")
        return redirect("bulletin-template", period)

    names = [(f"{{{{{name}}}}}", meaning) for name, meaning in placeholders(page_language()).items()]
    kept = bulletin_template(user_of(request), month)
    return form_page(request, "web/office/template.html", Form(), do, month=month, kept=kept, names=names)
