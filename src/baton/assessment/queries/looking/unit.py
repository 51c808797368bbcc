"""A unit's result of a month: where it stands, and what every indicator gave."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min, Q

from baton.assessment.models import LeafResult, NodeResult, PastResult, UnitResult
from baton.assessment.queries.corrections import corrected_in
from baton.assessment.queries.earlier import past_of_unit
from baton.assessment.queries.looking.line import Line
from baton.assessment.queries.looking.month import Shown
from baton.assessment.queries.looking.room import Room, room_of
from baton.core.models import User


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's result: its place, the dimensions right under the total, every indicator, and the months so far.

    `alike`: best and worst place by the mean among the units that it cannot be told apart from; None: there are none,
    or it is not known. `past`: results of earlier months and years that were brought in, oldest first. `room`: by which
    indicators its score would rise most.
    """

    result: UnitResult
    group_name: str
    of: int
    nodes: tuple[tuple[str, NodeResult], ...]
    lines: tuple[Line, ...]
    course: tuple[UnitResult, ...]
    alike: tuple[Decimal, Decimal] | None
    past: tuple[PastResult, ...]
    room: tuple[Room, ...]

    @property
    def past_years(self) -> tuple[PastResult, ...]:
        """What is held of whole years."""
        return tuple(one for one in self.past if len(one.period) == len("2025"))

    @property
    def past_months(self) -> tuple[PastResult, ...]:
        """What is held of the twelve months before those shown."""
        months = [one for one in self.past if len(one.period) == len("2025-01")]
        return tuple(one for one in months if one.period < self.course[0].run.month.period)[-12:]


def unit_page(user: User, shown: Shown, code: str) -> UnitPage | None:
    """Give a unit's page; None where the unit has no result in this run."""
    results = UnitResult.objects.select_related("unit", "run__month")
    result = results.filter(run=shown.run, unit__code=code).first()
    if result is None:
        return None
    leaves = LeafResult.objects.filter(run=shown.run, unit=result.unit)
    names = {node.code: node.name for node in shown.scheme.nodes}
    nodes = NodeResult.objects.filter(run=shown.run, unit=result.unit, node__in=names)
    known = shown.indicators
    right = corrected_in(user, shown.run.scheme, shown.periods, shown.run.until, unit__code=code)
    lines = [
        Line(one, leaf, right.get((code, one.series_code), ()))
        for leaf in leaves
        if (one := known.get(leaf.indicator)) is not None
    ]
    order = {name: place for place, name in enumerate(known)}
    lines.sort(key=lambda line: (order[line.leaf.indicator], line.leaf.part))
    of, alike = _beside(shown, result)
    return UnitPage(
        result=result,
        group_name=shown.groups.get(result.group, result.group),
        of=of,
        nodes=tuple((names[node.node], node) for node in nodes),
        lines=tuple(lines),
        course=tuple(_course(user, shown, result)),
        alike=alike,
        past=tuple(past_of_unit(result.unit, shown.month.period)),
        room=room_of(result, lines),
    )


def _beside(shown: Shown, result: UnitResult) -> tuple[int, tuple[Decimal, Decimal] | None]:
    """Give how many units of the group have a place, and the places of those that it cannot be told apart from."""
    band = Q(band=result.band) if result.band is not None else Q(pk__in=())
    found = UnitResult.objects.filter(run=shown.run, group=result.group).aggregate(
        of=Count("pk", filter=Q(rank__isnull=False)),
        best=Min("mean_rank", filter=band),
        worst=Max("mean_rank", filter=band),
    )
    alike = None if found["best"] == found["worst"] else (found["best"], found["worst"])
    return found["of"], alike


def _course(user: User, shown: Shown, result: UnitResult) -> list[UnitResult]:
    """The unit's published results of the year so far, oldest first, ending with the one shown."""
    year = shown.month.period[:4]
    earlier = (
        UnitResult.objects.visible_to(user)
        .filter(
            unit=result.unit,
            run__publications__withdrawn_at__isnull=True,
            run__publications__isnull=False,
            run__month__period__startswith=year,
            run__month__period__lt=shown.month.period,
        )
        .select_related("run__month", "unit")
        .order_by("run__month__period")
    )
    return [*earlier, result]
