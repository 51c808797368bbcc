"""The units of an annual run as the rules on quotas and decisions want them."""

from baton.assessment.models import AnnualResult, AnnualRun
from baton.assessment.rules.annual.placed import Placed


def placed(row: AnnualResult) -> Placed:
    """Give a unit's result; its unit must be read with it."""
    return Placed(
        unit=row.unit.code,
        name=row.unit.name,
        group=row.group,
        total=row.total,
        compared=row.compared,
        rank=row.rank,
        by_score=row.by_score,
        grade=row.grade,
        vetoes=tuple(row.vetoes),
    )


def placed_of(run: AnnualRun) -> list[Placed]:
    """Give all units of a run, by group and place. Whose eyes it may meet, its callers decide."""
    rows = AnnualResult.objects.filter(run=run).select_related("unit")
    return [placed(row) for row in rows.order_by("group", "rank", "unit__order", "unit")]
