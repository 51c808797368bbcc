"""The county's result as it would be with figures that are not entered yet. Nothing of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.models import Duty, Month, ResultReader
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.monthly import Scored, score_of
from baton.assessment.rules.apart import Apart, apart
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.month_scheme import monthly_roots
from baton.core import clock
from baton.core.models import User


@dataclass(frozen=True, slots=True)
class PreviewLeaf:
    """A unit's points for an indicator as they would be, and as they are by the figures that stand."""

    unit: str
    group: str
    indicator: str
    part: str
    value: Decimal | None
    points: Decimal | None
    full: Decimal
    rank: int | None
    points_before: Decimal | None


@dataclass(frozen=True)
class Preview:
    """What would come out: `leaves` by indicator, `apart` by indicator and group.

    `scores` by unit, and as they are by the figures that stand; both only for people on the list of readers.
    """

    leaves: Mapping[str, tuple[PreviewLeaf, ...]]
    apart: Mapping[tuple[str, str], Apart]
    scores: Mapping[str, Decimal]
    scores_before: Mapping[str, Decimal]


def preview(user: User, month: Month, cells: Mapping[Cell, Decimal | None]) -> Preview:
    """Score a month with figures in place of those that stand.

    Whoever reports or verifies figures sees the points that these would give; the result of a unit as a whole is for
    the list of readers. What must be there and is not yet is left out.
    """
    shown = _duties(user, month)
    after, before = score_of(month, lenient=True, instead=cells), score_of(month, lenient=True)
    series = {one.code: one.series_code for one in after.scheme.indicators}
    now = [one for one in _leaves(after, month.period) if shown is None or (series[one.indicator], one.unit) in shown]
    was = {(one.unit, one.indicator, one.part): one.points for one in _leaves(before, month.period)}
    rows: dict[str, list[PreviewLeaf]] = {}
    for one in now:
        told = PreviewLeaf(
            *(one.unit, one.group, one.indicator, one.part, one.value, one.points, one.full, one.rank),
            was.get((one.unit, one.indicator, one.part)),
        )
        rows.setdefault(one.indicator, []).append(told)
    reads = ResultReader.objects.reads(user, clock.today())
    return Preview(
        {code: tuple(several) for code, several in rows.items()},
        _apart(now),
        _scores(after, month) if reads else {},
        _scores(before, month) if reads else {},
    )


def _duties(user: User, month: Month) -> set[tuple[str, str]] | None:
    """Give the series and units whose points a person sees before a result is out; None: all."""
    if ResultReader.objects.reads(user, clock.today()):
        return None
    units = sight_of(user).units
    duties = Duty.objects.filter(scheme=month.scheme_id)
    mine = duties.filter(reporter__in=units).exclude(unit__in=units) | duties.filter(verifier__in=units)
    return set(mine.values_list("series", "unit__code"))


def _leaves(scored: Scored, period: str) -> list[PreviewLeaf]:
    quantum = Decimal(1).scaleb(-scored.scheme.decimals)
    found = []
    for row in scored.sheet.leaves.to_native().iter_rows(named=True):
        if row["period"] == period:
            value = None if row["value"] is None else Decimal(row["value"]).scaleb(-row["decimals"])
            points = None if row["points"] is None else row["points"] * quantum
            names = row["unit"], row["group"], row["indicator"], row["part"]
            found.append(PreviewLeaf(*names, value, points, row["full"] * quantum, row["rank"], None))
    return found


def _apart(leaves: list[PreviewLeaf]) -> dict[tuple[str, str], Apart]:
    points: dict[tuple[str, str], dict[str, Decimal | None]] = {}
    full: dict[tuple[str, str], dict[str, Decimal]] = {}
    for one in leaves:
        key = one.indicator, one.group
        before = points.setdefault(key, {}).get(one.unit)
        points[key][one.unit] = one.points if before is None else before + (one.points or Decimal(0))
        sums = full.setdefault(key, {})
        sums[one.unit] = sums.get(one.unit, Decimal(0)) + one.full
    return {key: apart(list(of.values()), max(full[key].values())) for key, of in points.items()}


def _scores(scored: Scored, month: Month) -> dict[str, Decimal]:
    quantum = Decimal(1).scaleb(-scored.scheme.decimals)
    tops = {code for codes in monthly_roots(month.scheme.scheme).values() for code in codes}
    found: dict[str, Decimal] = {}
    for unit, node, period, own in scored.sheet.nodes.to_native().select("unit", "node", "period", "score").iter_rows():
        if node in tops and period == month.period and own is not None:
            found[unit] = found.get(unit, Decimal(0)) + own * quantum
    return found
