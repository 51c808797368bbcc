"""What a unit brought in for a month, newest first, and what of it can still be taken back."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from baton.assessment.choices import BatchKind
from baton.assessment.models import Batch, Month
from baton.core.models import StoredFile, User
from baton.org.models import Unit

_SHOWN = 8
_TAKEN_BACK = (BatchKind.GRID, BatchKind.WORKBOOK, BatchKind.API, BatchKind.SYSTEM)


def batches_of(user: User, month: Month, unit: Unit) -> list[Batch]:
    """Give the newest batches of a unit; each with `count`, how many figures it holds."""
    return list(_batches(user, month, unit)[:_SHOWN])


def last_own(user: User, month: Month, unit: Unit) -> Batch | None:
    """Give the newest batch, where this person brought it in and can take it back as one step."""
    newest = _batches(user, month, unit).exclude(kind=BatchKind.UNDO).filter(undone_by__isnull=True).first()
    mine = newest is not None and newest.by_id == user.pk and newest.kind in _TAKEN_BACK
    return newest if mine else None


def workbooks_of(user: User, batches: Iterable[int]) -> dict[int, StoredFile]:
    """Give the kept workbooks of batches, by the batch's number; only of those that the person may see."""
    seen = (
        Batch.objects.visible_to(user).filter(pk__in=set(batches)).exclude(file_digest="").values_list("pk", flat=True)
    )
    owners = [str(number) for number in seen]
    if not owners:
        return {}
    rows = StoredFile.objects.filter(owner_type=Batch._meta.label_lower, owner_id__in=owners)
    return {int(one.owner_id): one for one in rows}


def _batches(user: User, month: Month, unit: Unit) -> QuerySet[Batch]:
    rows = Batch.objects.visible_to(user).filter(month=month, unit=unit).select_related("by", "undone_by")
    return rows.annotate(count=Count("figures")).order_by("-pk")


def same_file(user: User, month: Month, digest: str) -> Batch | None:
    """Give the batch that brought in the very same file and still stands."""
    rows = Batch.objects.visible_to(user).filter(month=month, file_digest=digest, undone_by__isnull=True)
    return rows.exclude(kind=BatchKind.UNDO).select_related("by").first()
