"""The rows as a workbook, with everything that is needed to compute the digests again."""

from collections.abc import Iterable

from django.utils import timezone

from baton.core import clock
from baton.core.models import AuditRow
from baton.documents.excel import Column, Kind, Sheet, Table, Workbook, write
from baton.web.audit.rows import detail_of, row_in_words, who
from baton.web.templatetags.words import page_language
from baton.words import text


def workbook_of(rows: Iterable[AuditRow], left_out: int) -> bytes:
    """Write rows as xlsx; `left_out`: how many older ones did not fit, which the sheet then says."""
    language = page_language()
    columns = (
        Column(text("services.audit_number", language), Kind.INTEGER, grouped=False),
        *(Column(text(code, language)) for code in _HEADS),
    )
    notes = (text("services.audit_left_out", language, count=left_out),) if left_out else ()
    title = text("services.audit_title", language)
    sheet = Sheet(title, title, tables=(Table(columns, [_cells(row) for row in rows]),), notes=notes)
    return write(Workbook((sheet,), title, created=clock.today(), language=language))


_HEADS = (
    "services.audit_at",
    "services.audit_who",
    "services.audit_behalf",
    "services.audit_what",
    "services.audit_code",
    "services.audit_thing",
    "services.audit_thing_id",
    "services.audit_detail",
    "services.audit_address",
    "services.audit_digest",
)


def _cells(row: AuditRow) -> tuple[int | str, ...]:
    return (
        row.sequence,
        timezone.localtime(row.at).isoformat(sep=" ", timespec="microseconds"),
        who(row),
        row.behalf_of,
        row_in_words(row),
        row.action,
        row.object_name,
        f"{row.object_type} {row.object_id}".strip(),
        detail_of(row),
        row.address,
        row.hash,
    )
