"""League tables: one per group, level, movement and place side by side."""

from dataclasses import dataclass

from baton.assessment.models import UnitResult
from baton.assessment.queries.looking.month import Shown


@dataclass(frozen=True, slots=True)
class League:
    """The table of one group: its code and name, and its units, best first."""

    group: str
    name: str
    rows: tuple[UnitResult, ...]


def league(shown: Shown, group: str = "") -> list[League]:
    """Give the tables of all groups, or of one, in the scheme's order; units without a score stand last."""
    rows = UnitResult.objects.filter(run=shown.run).select_related("unit")
    if group:
        rows = rows.filter(group=group)
    by_group: dict[str, list[UnitResult]] = {}
    for row in rows.order_by("rank", "unit__order", "unit__code"):
        by_group.setdefault(row.group, []).append(row)
    return [
        League(code, name, tuple(sorted(by_group[code], key=lambda row: row.rank is None)))
        for code, name in shown.groups.items()
        if code in by_group
    ]
