"""Reads of the audit chain."""

from collections.abc import Iterator

from django.db.models import Subquery

from baton.core.models import AuditHead, AuditRow
from baton.core.rules.audit import START, Break, Entry, first_break

BREAKS = frozenset(
    {"core.audit_row_missing", "core.audit_row_changed", "core.audit_end_cut_off", "services.audit_row_beyond"}
)
"""Every way in which the chain can fail to hold."""
_AT_ONCE = 2_000


def entry_of(row: AuditRow) -> Entry:
    """Give what a row says, without its digests."""
    return Entry(
        sequence=row.sequence,
        at=row.at,
        by=row.by_id,
        behalf_of=row.behalf_of,
        action=row.action,
        object_type=row.object_type,
        object_id=row.object_id,
        object_name=row.object_name,
        detail=row.detail,
        address=row.address,
    )


def verify_chain() -> tuple[int, Break | None]:
    """Go along the whole chain; give its length and the first place where it does not hold.

    Others go on writing meanwhile: the chain is held against its head as it was at the start, and rows beyond the head
    are looked for in one statement of their own.
    """
    head = AuditHead.objects.filter(pk=1).first()
    end = (0, START) if head is None else (head.sequence, head.hash)
    return end[0], first_break(_rows(end[0]), end) or _beyond()


def _rows(last: int) -> Iterator[tuple[Entry, str, str]]:
    for row in AuditRow.objects.filter(sequence__lte=last).order_by("sequence").iterator(_AT_ONCE):
        yield entry_of(row), row.previous_hash, row.hash


def _beyond() -> Break | None:
    """Find a row that was put in behind the head's back."""
    rows = AuditRow.objects.order_by("sequence")
    if AuditHead.objects.filter(pk=1).exists():
        rows = rows.filter(sequence__gt=Subquery(AuditHead.objects.filter(pk=1).values("sequence")))
    extra = rows.first()
    return None if extra is None else Break(extra.sequence, "services.audit_row_beyond")
