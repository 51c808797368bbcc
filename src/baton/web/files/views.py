"""The download of a kept file."""

import logging
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from baton.core.choices import FileKind
from baton.core.disk import path_of
from baton.core.queries.files import file_for
from baton.web.asking import user_of

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
    FileKind.CSV: "text/csv",
    FileKind.ZIP: "application/zip",
    FileKind.XLS: "application/vnd.ms-excel",
    FileKind.XLSB: "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
_LOG = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, number: UUID) -> HttpResponseBase:
    """Give a file as an attachment; whether it is not there or not theirs to read, the answer is the same."""
    file = file_for(user_of(request), number)
    if file is None:
        raise Http404
    try:
        content = path_of(file.digest).open("rb")
    except FileNotFoundError as error:
        _LOG.exception("the bytes of file %s are not on disk", file.pk)
        raise Http404 from error
    answer = FileResponse(content, as_attachment=True, filename=file.name, content_type=_TYPES[FileKind(file.kind)])
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
