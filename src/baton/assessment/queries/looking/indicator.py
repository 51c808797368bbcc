"""One indicator of a month over all units of a group: who is far off, and whether it tells units apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baton.assessment.models import Figure, LeafResult
from baton.assessment.queries.corrections import Corrected, corrected_in
from baton.assessment.queries.desk.cells import words_of
from baton.assessment.queries.earlier import same_month_last_year
from baton.assessment.queries.looking.month import Shown
from baton.core.models import User
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
    """An indicator and its results by group; `corrected`: figures that were put right, by unit (its code).

    `last_year`: the figure of the same month of the year before, by unit, where it is held and the indicator has one.
    """

    indicator: Indicator
    groups: tuple[IndicatorGroup, ...]
    corrected: Mapping[str, Sequence[Corrected]]
    last_year: Mapping[str, str]


def indicator_result(user: User, shown: Shown, code: str) -> IndicatorResult | None:
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
    series = indicator.series_code
    right = corrected_in(user, shown.run.scheme, shown.periods, shown.run.until, series=series)
    return IndicatorResult(
        indicator, tuple(groups), {unit: some for (unit, _), some in right.items()}, _last_year(user, shown, series)
    )


def _last_year(user: User, shown: Shown, series: str) -> dict[str, str]:
    fields = [one for one in shown.run.scheme.form.fields_in(series) if not one.target]
    if len(fields) != 1:
        return {}
    rows = Figure.objects.visible_to(user).counting().filter(series=series, figure=fields[0].figure)
    before = rows.filter(period=same_month_last_year(shown.month.period)).values_list("unit__code", "value")
    return {unit: words_of(fields[0], value) for unit, value in before if value}
