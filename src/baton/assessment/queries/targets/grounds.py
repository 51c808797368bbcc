"""What a target is judged by: the unit's own years, what may be expected, peers in the middle, the county's need."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baton.assessment.choices import Adding
from baton.assessment.models import CountyTarget, Target
from baton.assessment.queries.targets.judging import Judging, judging_of
from baton.assessment.rules.targets import FEWEST_PEERS, done_share
from baton.engine.integrity.asked import Asked
from baton.engine.integrity.stretch import Outlook
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class YearBefore:
    """A year of the unit: what it had to reach, what it reached, and how much of it (1: all)."""

    year: int
    target: float | None
    actual: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Grounds:
    """Grounds to judge a target by; growth is a share (0.05: five percent). None: not known, or too few to be told.

    `peers_grew`, `peers_ask`: the middle of what the group grew last year, and of what its targets ask; of at least
    five units. `need`: the growth that the county's own target wants of the county.
    """

    years: Sequence[YearBefore]
    outlook: Outlook | None
    asked: Asked | None
    peers_grew: float | None
    peers_ask: float | None
    own: CountyTarget | None
    need: float | None
    why: Sequence[Problem]

    @property
    def interval(self) -> tuple[float, float] | None:
        """The range that holds the year's figure nine times out of ten."""
        return None if self.outlook is None else self.outlook.interval()


def grounds_of(row: Target) -> Grounds:
    """Give the grounds of a target by what is on its table; other units are told of in the middle only."""
    rows = Target.objects.filter(year=row.year, series=row.series, figure_name=row.figure_name)
    offers = {one.unit.code: one.table for one in rows.select_related("unit", "figure")}
    judged = judging_of(row.call.scheme, (row.series, row.figure_name), row.year, offers)
    code = row.unit.code
    peers = [unit for unit, group in judged.groups.items() if group == row.group and unit != code]
    asked = (judged.asked[unit].asked for unit in peers if unit in judged.asked)
    own = CountyTarget.objects.filter(year=row.year, series=row.series, figure_name=row.figure_name).first()
    return Grounds(
        years=_years(judged, code),
        outlook=judged.outlooks.get(code),
        asked=judged.asked.get(code),
        peers_grew=middle(_grown(judged, unit, row.year - 1) for unit in peers),
        peers_ask=middle(asked),
        own=own,
        need=_need(judged, own, row.year - 1),
        why=judged.why,
    )


def _years(judged: Judging, code: str) -> list[YearBefore]:
    actual, targets = judged.actual.get(code, {}), judged.targets.get(code, {})
    return [
        YearBefore(year, targets.get(year), actual.get(year), done_share(actual.get(year), targets.get(year)))
        for year in sorted({*actual, *targets})
    ]


def _grown(judged: Judging, code: str, year: int) -> float | None:
    by_year = judged.actual.get(code, {})
    before, now = by_year.get(year - 1), by_year.get(year)
    return None if before is None or now is None or before <= 0 else now / before - 1


def middle(values: Iterable[float | None]) -> float | None:
    """Give the median of what is known; None of fewer than five, so that no single unit can be read off it."""
    known = sorted(one for one in values if one is not None)
    half = len(known) // 2
    if len(known) < FEWEST_PEERS:
        return None
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def _need(judged: Judging, own: CountyTarget | None, last: int) -> float | None:
    """Give the growth that the county's own target asks of all units together; None where last year is not known."""
    known = [by_year[last] for unit, by_year in judged.actual.items() if unit in judged.groups and last in by_year]
    if own is None or not known or len(known) < len(judged.groups):
        return None
    total = math.fsum(known)
    whole = total if own.adding == Adding.SUM else total / len(known)
    return float(own.value) / whole - 1 if whole > 0 else None
