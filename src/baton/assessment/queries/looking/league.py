"""League tables: one per group, level, movement and place side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from baton.assessment.models import UnitResult
from baton.assessment.queries.looking.month import Shown

FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class League:
    """The table of one group: its code and name, and its units, best first."""

    group: str
    name: str
    rows: tuple[UnitResult, ...]

    @property
    def sure(self) -> bool:
        """Whether it is known how sure the places are."""
        return any(row.best is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Peers:
    """Units that somebody chose to look at together, ranked among themselves (equals share a place, 1-2-2-4)."""

    rows: tuple[tuple[int | None, UnitResult], ...]


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


def peers(shown: Shown, units: Iterable[str]) -> Peers:
    """Rank chosen units (codes) among themselves, by scores at the precision of the scheme's ranks.

    Only units of one group share a scheme; of several groups the share of full marks is compared.
    """
    rows = list(UnitResult.objects.filter(run=shown.run, unit__code__in=set(units)).select_related("unit"))
    places = Decimal(1).scaleb(-shown.scheme.ranking.decimals)

    def height(row: UnitResult) -> Decimal:
        share: Decimal = row.score / row.full * FULL if row.full else Decimal(0)
        return share.quantize(places, ROUND_HALF_UP)

    scored = sorted((row for row in rows if row.score is not None), key=lambda row: (-height(row), row.unit.order))
    heights = [height(row) for row in scored]
    ranked = [(1 + sum(other > mine for other in heights), row) for row, mine in zip(scored, heights, strict=True)]
    return Peers((*ranked, *((None, row) for row in rows if row.score is None)))
