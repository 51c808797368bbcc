"""Where a scheme's points lie: on what everybody reaches (避重就轻), or on what tells nobody apart (避实就虚)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from baton.engine.integrity.robust import MISSING
from baton.engine.integrity.series import Flag, FlagKind, Series


@dataclass(frozen=True)
class PointSettings:
    """Parameters of `find_points`.

    reached: share of a group's units from which on a target counts as reached by everybody. apart: figures that differ
    by less than this share of their middle do not tell units apart. fewest_units: smaller groups are not judged.
    """

    reached: float = 0.95
    apart: float = 0.002
    fewest_units: int = 5


def find_points(
    series: Sequence[Series],
    points: Mapping[tuple[str, str], float],
    evidence: Mapping[str, bool],
    settings: PointSettings = PointSettings(),
) -> tuple[Flag, ...]:
    """Judge the indicators of each group by the last year in `series`; the flag's `unit` is the group.

    points: full marks by (group, indicator). evidence: whether an indicator asks for evidence. Easy: at least `reached`
    of the units reached the target, or had passed it the year before, and the indicator carries more than the group's
    average of points. Empty: nobody reported a figure and no evidence is asked for, or figures do not differ. Nothing
    is estimated; strength is 1 + the indicator's share of the group's points.
    """
    by_place: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for one in series:
        by_place[one.group, one.indicator].append(one)
    total: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    for (group, _), own in points.items():
        total[group] += own
        count[group] += own > 0
    flags = []
    for (group, indicator), members in sorted(by_place.items()):
        own = points.get((group, indicator), 0.0)
        if own <= 0 or len(members) < settings.fewest_units:
            continue
        share, average = own / total[group], 1.0 / max(count[group], 1)
        told = _empty(members, evidence.get(indicator, True), settings), FlagKind.EMPTY
        if not told[0] and share >= average:
            told = _easy(members, settings), FlagKind.EASY_POINTS
        if told[0]:
            months = tuple(month for month in members[0].months if month[:4] == members[0].months[-1][:4])
            flags.append(Flag(told[1].value, group, indicator, months, 1 + share, {**told[0], "points_share": share}))
    return tuple(sorted(flags, key=lambda flag: (-flag.strength, flag.kind, flag.unit, flag.indicator)))


def yearly_of(one: Series) -> dict[int, float]:
    """Figures of a series by calendar year: sum, mean or last month; years without any month are left out."""
    found = {}
    for year in one.years:
        inside = np.array([month.startswith(f"{year}-") for month in one.months])
        known = one.reported[inside]
        known = known[~np.isnan(known)]
        if known.size:
            last = {"sum": known.sum(), "mean": known.sum() / known.size, "last": known[-1]}
            found[year] = float(last[one.yearly])
    return found


def _easy(members: Sequence[Series], settings: PointSettings) -> dict[str, float | str]:
    """Shares of units that reached this year's target, and that had passed it the year before."""
    reached, passed = [], []
    for one in members:
        figures, year, target = yearly_of(one), one.years[-1], float(one.target[-1])
        if np.isnan(target) or target <= 0:
            continue
        reached.append(figures.get(year, MISSING) >= target)
        passed.append(figures.get(year - 1, MISSING) >= target)
    if len(reached) < settings.fewest_units:
        return {}
    shares = sum(reached) / len(reached), sum(passed) / len(passed)
    return {"share_reached": shares[0], "share_passed_before": shares[1]} if max(shares) >= settings.reached else {}


def _empty(members: Sequence[Series], has_evidence: bool, settings: PointSettings) -> dict[str, float | str]:
    """Say why an indicator measures nothing; empty where it measures something."""
    figures = [yearly_of(one).get(one.years[-1], MISSING) for one in members]
    known = np.array([value for value in figures if not np.isnan(value)])
    if not known.size:
        return {} if has_evidence else {"units_reporting": 0.0}
    if known.size < settings.fewest_units:
        return {}
    low, middle, high = np.quantile(known, (0.05, 0.5, 0.95))
    if high - low > settings.apart * abs(middle):
        return {}
    return {"units_reporting": float(known.size), "figure": float(middle), "spread": float(high - low)}
