"""The sheet of a month as rows that pages list."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import polars as pl

from baton.assessment.actions.below.leaf_rows import leaf_rows
from baton.assessment.models import LeafResult, Month, NodeResult, Run, UnitResult
from baton.assessment.queries.monthly import Scored
from baton.assessment.queries.numbers import lights, numbers
from baton.assessment.rules.chart import movement
from baton.assessment.rules.lights import Lights
from baton.assessment.rules.month_scheme import month_before, monthly_roots
from baton.core.bulk import add_rows
from baton.engine.quantum import half_up
from baton.engine.robustness.everyday import everyday
from baton.engine.standing.rank import places
from baton.org.models import Unit


def write_results(run: Run, month: Month, scored: Scored) -> None:
    """Write a sheet down as the rows of a run: the month's own leaves and nodes, and the units' places."""
    found = numbers()
    colours, points = lights(found), found["chart_points"]
    units = dict(Unit.objects.values_list("code", "pk"))
    table = _Table(scored, month.period)
    roots = monthly_roots(month.scheme.scheme)
    NodeResult.objects.bulk_create(table.nodes(run, units, colours))
    leaves = leaf_rows(scored.sheet.leaves.to_native(), scored.scheme, table.months, units, colours, points)
    add_rows(LeafResult, leaves.with_columns(run_id=pl.lit(run.pk)))
    UnitResult.objects.bulk_create(table.units(run, units, roots, colours, points))


class _Table:
    """A sheet read by unit, in points instead of quanta."""

    def __init__(self, scored: Scored, period: str) -> None:
        self.sheet, self.scheme, self.period = scored.sheet, scored.scheme, period
        self.quantum = Decimal(1).scaleb(-scored.scheme.decimals)
        self.group = {unit.code: unit.group or "" for unit in self.scheme.units}
        months = [text for back in range(12) if (text := month_before(period, back))[:4] == period[:4]]
        self.months = sorted(months)
        nodes: pl.DataFrame = scored.sheet.nodes.to_native()
        self.scores: dict[tuple[str, str], dict[str, tuple[Decimal | None, Decimal]]] = {}
        for unit, node, at, own, full in nodes.select("unit", "node", "period", "score", "full").iter_rows():
            self.scores.setdefault((unit, node), {})[at] = (self._points(own), self._points(full) or Decimal(0))

    def _points(self, quanta: int | None) -> Decimal | None:
        return None if quanta is None else quanta * self.quantum

    def nodes(self, run: Run, units: Mapping[str, int], colours: Lights) -> Iterator[NodeResult]:
        """Give the rows of all nodes of the month."""
        for (unit, node), by_month in self.scores.items():
            if self.period in by_month:
                own, full = by_month[self.period]
                yield NodeResult(
                    run=run,
                    unit_id=units[unit],
                    group=self.group[unit],
                    node=node,
                    score=own,
                    full=full,
                    light=colours.of(own, full).value,
                )

    def units(
        self, run: Run, units: Mapping[str, int], roots: Mapping[str, tuple[str, ...]], colours: Lights, points: int
    ) -> Iterator[UnitResult]:
        """Give the rows of all units: this month's place in the group, last month's, and that of the mean so far."""
        means = {one.unit: one for one in self.sheet.standings}
        sure = everyday(self.sheet)
        for group, tops in roots.items():
            courses = {
                unit: [self._total(unit, tops, at) for at in self.months]
                for unit, of in self.group.items()
                if of == group
            }
            now = self._ranks({unit: course[-1][0] for unit, course in courses.items()})
            before = self._ranks({unit: course[-2][0] for unit, course in courses.items() if len(course) > 1})
            for unit, course in courses.items():
                own, full = course[-1]
                mean, known = means.get(unit), sure.get(unit)
                yield UnitResult(
                    run=run,
                    unit_id=units[unit],
                    group=group,
                    score=own,
                    full=full,
                    rank=now.get(unit),
                    mean=None if mean is None else mean.total,
                    mean_rank=None if mean is None else mean.rank,
                    best=None if known is None else known.interval.best,
                    worst=None if known is None else known.interval.worst,
                    band=None if known is None else known.band,
                    score_before=course[-2][0] if len(course) > 1 else None,
                    rank_before=before.get(unit),
                    movement=movement([one for one, _ in course], points).value,
                    light=colours.of(own, full).value,
                )

    def _total(self, unit: str, tops: Iterable[str], at: str) -> tuple[Decimal | None, Decimal]:
        """Give a unit's score of a month: that of its highest monthly node, added up where a group has several."""
        found = [self.scores.get((unit, top), {}).get(at, (None, Decimal(0))) for top in tops]
        known = [own for own, _ in found if own is not None]
        return (sum(known, Decimal(0)) if known else None), sum((full for _, full in found), Decimal(0))

    def _ranks(self, scores: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
        """Rank by the precision and the method of the scheme."""
        ranking = self.scheme.ranking
        shift = Decimal(10) ** ranking.decimals
        keys = {unit: half_up(Fraction(own * shift)) for unit, own in scores.items() if own is not None}
        return places(keys, ranking.method)
