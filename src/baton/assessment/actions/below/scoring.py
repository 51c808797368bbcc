"""The sheet of a month as rows that pages list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from baton.assessment.choices import Light, Movement
from baton.assessment.models import LeafResult, Month, NodeResult, Run, UnitResult
from baton.assessment.queries.monthly import Scored
from baton.assessment.queries.numbers import lights, numbers
from baton.assessment.rules.chart import MOST, movement, movements
from baton.assessment.rules.lagging import months_behind
from baton.assessment.rules.lights import Lights
from baton.assessment.rules.month_scheme import month_before, monthly_roots
from baton.core.bulk import add_rows
from baton.engine.explain.leaf import due_by
from baton.engine.quantum import half_up
from baton.engine.robustness.everyday import everyday
from baton.engine.scheme.indicators import Indicator
from baton.engine.standing.rank import places
from baton.engine.terms import Direction, plain
from baton.org.models import Unit

_LEAF = (
    "run_id",
    "unit_id",
    "group",
    "indicator",
    "part",
    "value",
    "target",
    "points",
    "full",
    "rank",
    "flags",
    "light",
    "movement",
    "behind",
)
_TEXTS = ("unit", "group", "indicator", "part", "period")
_COURSE_BEGINS = 3
"""After unit, indicator and part."""
_COURSE = ("period", "group", "points", "full", "value", "target", "decimals", "rank", "flags")


def write_results(run: Run, month: Month, scored: Scored) -> None:
    """Write a sheet down as the rows of a run: the month's own leaves and nodes, and the units' places."""
    found = numbers()
    colours, points = lights(found), found["chart_points"]
    units = dict(Unit.objects.values_list("code", "pk"))
    table = _Table(scored, month.period)
    roots = monthly_roots(month.scheme.scheme)
    NodeResult.objects.bulk_create(table.nodes(run, units, colours))
    add_rows(LeafResult, _LEAF, table.leaves(run, units, colours, points))
    UnitResult.objects.bulk_create(table.units(run, units, roots, colours, points))


class _Cell(NamedTuple):
    """A leaf in one month, in whole numbers as the engine gives them."""

    period: str
    points: int | None
    full: int
    value: int | None
    target: int | None


class _Table:
    """A sheet read by unit, in points instead of quanta."""

    def __init__(self, scored: Scored, period: str) -> None:
        self.sheet, self.scheme, self.period = scored.sheet, scored.scheme, period
        self.quantum = Decimal(1).scaleb(-scored.scheme.decimals)
        self.indicators: dict[str, Indicator] = {one.code: one for one in self.scheme.indicators}
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

    def leaves(self, run: Run, units: Mapping[str, int], colours: Lights, points: int) -> Iterator[tuple[Any, ...]]:
        """Give the rows of all leaves of the month (`_LEAF`), each with how it went in the months before."""
        courses = [row for row in self._courses().iter_rows() if row[_COURSE_BEGINS][-1] == self.period]
        at = _COURSE_BEGINS + _COURSE.index("points")
        moved = _movements([_shares(row[at], row[at + 1]) for row in courses], points)
        for (unit, indicator, part, *columns), moves in zip(courses, moved, strict=True):
            periods, groups, scored, fulls, values, targets, decimals, ranks, flags = columns
            one, rows = self.indicators[indicator], zip(periods, scored, fulls, values, targets, strict=True)
            newest_first = (self._light(one, _Cell(*row), colours) for row in reversed(list(rows)))
            shown = list(_back_to_the_last_that_was_well(newest_first))
            yield (
                run.pk,
                units[unit],
                groups[-1],
                indicator,
                part,
                _natural(values[-1], decimals[-1]),
                _natural(targets[-1], decimals[-1]),
                self._points(scored[-1]),
                self._points(fulls[-1]),
                ranks[-1],
                flags[-1],
                shown[0].value,
                moves.value,
                months_behind(shown[::-1]),
            )

    def _courses(self) -> pl.DataFrame:
        """Give every leaf with its months, oldest first."""
        leaves: pl.DataFrame = self.sheet.leaves.to_native().with_columns(pl.col(*_TEXTS).cast(pl.String))
        months = leaves.filter(pl.col("period").is_in(self.months)).sort("period", maintain_order=True)
        return months.group_by("unit", "indicator", "part", maintain_order=True).agg(*_COURSE)

    def _light(self, one: Indicator, cell: _Cell, colours: Lights) -> Light:
        """Give the light of a leaf: by its points, and red where it is far behind its time-proportional plan."""
        own = colours.of(cell.points, cell.full)
        if own is Light.NONE or one.target.spread == "whole" or one.direction is not Direction.HIGHER:
            return own
        due = None if cell.target is None else due_by(one.target, int(cell.period[-2:]), Decimal(cell.target))
        return Light.RED if colours.far_behind(cell.value, due) else own

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


def _back_to_the_last_that_was_well(lights: Iterable[Light]) -> Iterator[Light]:
    """Go through lights, newest first, as far as it takes to count the months behind."""
    for light in lights:
        yield light
        if light not in (Light.RED, Light.NONE):
            return


def _movements(shares: Sequence[Sequence[int | None]], points: int) -> list[Movement]:
    """Name the newest of every series; those that are complete together."""
    found: list[Movement | None] = [None] * len(shares)
    together: dict[int, list[int]] = {}
    for number, one in enumerate(shares):
        known = [share for share in one if share is not None]
        if len(known) < len(one) or max(map(abs, known)) > MOST:
            found[number] = movement(one, points)
        else:
            together.setdefault(len(one), []).append(number)
    for alike in together.values():
        named = movements(np.array([shares[number] for number in alike], dtype=np.int64), points)
        for number, moves in zip(alike, named, strict=True):
            found[number] = moves
    return [one for one in found if one is not None]


def _shares(points: Sequence[int | None], fulls: Sequence[int]) -> Sequence[int | None]:
    """Give the shares of the full marks, of one whole that all of them go into; where these are alike, the points."""
    if fulls[0] and len(set(fulls)) == 1:
        return points
    whole = lcm(*(full for full in fulls if full))
    rows = zip(points, fulls, strict=True)
    return [None if one is None or not full else one * (whole // full) for one, full in rows]


@lru_cache(maxsize=4_096)
def _natural(value: int | None, decimals: int) -> str:
    return "" if value is None else plain(Decimal(value).scaleb(-decimals))
