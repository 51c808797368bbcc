"""One indicator of a month over all units of a group: who is far off, and whether it tells units apart."""

from dataclasses import dataclass

from baton.assessment.models import LeafResult
from baton.assessment.queries.looking.month import Shown
from baton.engine.scheme.indicators import Indicator


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The rows of one group, best first, and how many different scores there are."""

    name: str
    rows: tuple[LeafResult, ...]

    @property
    def different(self) -> int:
        """How many different scores the units have: 1 means the indicator tells nobody apart."""
        return len({row.points for row in self.rows if row.points is not None})


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """An indicator and its results by group."""

    indicator: Indicator
    groups: tuple[IndicatorGroup, ...]


def indicator_result(shown: Shown, code: str) -> IndicatorResult | None:
    """Give an indicator's results; None where the scheme has no such indicator."""
    indicator = shown.indicators.get(code)
    if indicator is None:
        return None
    rows = LeafResult.objects.filter(run=shown.run, indicator=code).select_related("unit")
    by_group: dict[str, list[LeafResult]] = {}
    for row in rows.order_by("rank", "unit__order"):
        by_group.setdefault(row.group, []).append(row)
    groups = [
        IndicatorGroup(name, tuple(sorted(by_group[group], key=lambda row: row.rank is None)))
        for group, name in shown.groups.items()
        if group in by_group
    ]
    return IndicatorResult(indicator, tuple(groups))
