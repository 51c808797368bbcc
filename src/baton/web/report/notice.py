"""The written notice of deductions and vetoes, taken along by the office, the unit, and who noted it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from baton.assessment.models import LedgerEntry, SchemeVersion
from baton.assessment.queries.desk.ledger import entries_of, in_notice
from baton.core import clock
from baton.core.models import User
from baton.core.queries.files import files_of
from baton.reports.notices import Matter, NoticeTerms, matter_of, notice_docx
from baton.web.annual.letters import WORD
from baton.web.asking import user_of
from baton.web.templatetags.words import page_language
from baton.words import text


@require_safe
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """Give the notice in which an entry was announced, as Word."""
    user, language = user_of(request), page_language()
    row = entries_of(user).filter(pk=number).first()
    rows = [] if row is None else in_notice(user, row)
    version = None if row is None else SchemeVersion.objects.on(row.on).first()
    if row is None or not rows or version is None or row.announced_at is None:
        raise Http404
    terms = NoticeTerms(
        unit=row.unit.name,
        authority=text("annual.authority_usual", language),
        on=clock.day_of(row.announced_at),
        number=row.notice_number or text("reporting.notice_own_number", language, number=row.pk),
        scheme=version.name,
        contact=row.notice_contact,
        language=language,
    )
    content = notice_docx([_matter(request, user, version, one) for one in rows], terms)
    answer = HttpResponse(content, content_type=WORD)
    named = f"{text('reporting.notice_file', language)}-{row.unit.name}-{row.pk}.docx"
    answer.headers["Content-Disposition"] = content_disposition_header(True, named) or "attachment"
    return answer


def _matter(request: HttpRequest, user: User, version: SchemeVersion, row: LedgerEntry) -> Matter:
    link = request.build_absolute_uri(reverse("ledger-entry", args=[row.pk]))
    files = [file.name for file in files_of(user, row)]
    return matter_of(version.scheme, row, row.unit.code, files, link, page_language())
