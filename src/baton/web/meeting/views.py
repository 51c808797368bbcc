"""A month's meeting pack: from which day on it tells, and as Word."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from baton.assessment.queries import looking
from baton.assessment.queries.looking.meeting import last_meeting, meeting_of
from baton.core import clock
from baton.org.choices import Role
from baton.reports.meeting import PackTerms, pack_docx
from baton.web.asking import user_of
from baton.web.org.forming import Form, form_page, only
from baton.web.templatetags.results import period as written
from baton.web.templatetags.words import page_language
from baton.words import text

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@only(Role.OFFICE, Role.OFFICE_HEAD, Role.COUNTY_LEADER)
def meeting(request: HttpRequest, period: str) -> HttpResponse:
    """Show a pack, `?since=` a day; on POST give it as Word."""
    user = user_of(request)
    shown = looking.shown_month(user, period)
    if shown is None:
        raise Http404
    since = _day(request.POST.get("since") or request.GET.get("since", "")) or last_meeting(shown)
    found = meeting_of(user, shown, since)

    def do(form: Form) -> HttpResponse:
        on = form.day("on", needed=True) or clock.today()
        form.check()
        terms = PackTerms(form.text("title") or title, on, form.text("authority"))
        answer = HttpResponse(pack_docx(found, terms, page_language()), content_type=_WORD)
        named = content_disposition_header(True, f"{terms.title}.docx")
        answer.headers["Content-Disposition"] = named or "attachment"
        return answer

    title = text("meeting.usual_title", page_language(), period=written(period))
    given = {"since": since.isoformat(), "title": title, "on": clock.today().isoformat()}
    return form_page(request, "web/meeting/meeting.html", Form(given), do, found=found, shown=shown)


def _day(written_day: str) -> date | None:
    try:
        return date.fromisoformat(written_day)
    except ValueError:
        return None
