"""Cells as somebody types them: kept for that person alone, and gone once they are entered."""

from collections.abc import Sequence

from baton.assessment.actions.below.entering import Typed
from baton.assessment.models import DraftCell, Figure
from baton.core import clock
from baton.core.acting import Actor
from baton.core.models import User


def keep_typed(user: User, keys: Sequence[tuple[int, str, str, str]], cells: Sequence[Typed]) -> None:
    """Keep cells, right or wrong. `keys`: unit (its number), series, figure and period of each."""
    known = set(Figure.objects.filter(pk__in={one.seen for one in cells if one.seen}).values_list("pk", flat=True))
    DraftCell.objects.bulk_create(
        [
            DraftCell(
                by=user,
                unit_id=key[0],
                series=one.series,
                figure=one.figure,
                period=one.period,
                typed=one.typed[:160],
                seen_id=one.seen if one.seen in known else None,
                at=clock.now(),
            )
            for key, one in zip(keys, cells, strict=True)
        ],
        update_conflicts=True,
        update_fields=["typed", "seen", "at"],
        unique_fields=["by", "period", "series", "figure", "unit"],
    )


def forget_typed(by: Actor, cells: Sequence[Typed]) -> None:
    """Forget what was typed into cells, once they are entered."""
    if by.user is not None:
        keys = {(one.unit, one.series, one.figure, one.period) for one in cells}
        rows = DraftCell.objects.filter(by=by.user, period__in={one.period for one in cells}).select_related("unit")
        done = [row.pk for row in rows if (row.unit.code, row.series, row.figure, row.period) in keys]
        DraftCell.objects.filter(pk__in=done).delete()
