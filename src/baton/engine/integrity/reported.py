"""Reported figures as the target checks want them: monthly series, yearly histories, targets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from baton.engine.integrity.robust import MISSING
from baton.engine.integrity.series import Floats, Restatement, Series
from baton.engine.integrity.stretch import History
from baton.engine.panel import Observation
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Aggregation

ACTUAL, TARGET, PHYSICAL = "actual", "target", "physical"
COUNTY = frozenset({"全县", "county", "COUNTY"})
"""Units under which a long table may give the county's own figures and targets."""
_MONTHS = 12
_YEARLY = {Aggregation.SUM: "sum", Aggregation.MEAN: "mean"}


@dataclass(frozen=True)
class Reported:
    """Figures of all years by (unit, series code, figure) and period; `earlier` holds what a later version replaced."""

    figures: Mapping[tuple[str, str, str], Mapping[str, float]]
    earlier: Mapping[tuple[str, str], tuple[Restatement, ...]]

    @property
    def years(self) -> tuple[int, ...]:
        """Years with any figure."""
        return tuple(sorted({int(period[:4]) for by_period in self.figures.values() for period in by_period}))


def reported_from(readings: Iterable[Iterable[Observation]]) -> Reported:
    """Gather the figures of several readings; of two of the same key the later version or reading counts."""
    versions: dict[tuple[str, str, str], dict[str, dict[tuple[bool, int, int], float]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for place, one in enumerate(readings):
        for seen in one:
            if seen.value is not None:
                key = not seen.preliminary, seen.version, place
                versions[seen.unit, seen.series, seen.figure][seen.period][key] = float(seen.value)
    figures = {
        key: {period: found[max(found)] for period, found in sorted(by_period.items())}
        for key, by_period in versions.items()
    }
    earlier = {
        (unit, series): tuple(_restatements(by_period))
        for (unit, series, figure), by_period in versions.items()
        if figure == ACTUAL
    }
    return Reported(figures, earlier)


def _restatements(by_period: Mapping[str, Mapping[tuple[bool, int, int], float]]) -> Iterable[Restatement]:
    """Final figures that a later final version replaced; a final figure after a preliminary one is no restatement."""
    for period, found in sorted(by_period.items()):
        finals = [found[key] for key in sorted(found) if key[0]]
        if len(finals) > 1 and finals[0] != finals[-1] and len(period) == len("2025-01"):
            yield Restatement(period, finals[0], finals[-1])


def series_of(scheme: Scheme, reported: Reported) -> list[Series]:
    """Monthly series of every indicator that has months, for every unit that is assessed; months as own figures."""
    years = reported.years
    months = tuple(f"{year}-{month:02d}" for year in years for month in range(1, _MONTHS + 1))
    found = []
    for indicator, unit, group in _places(scheme):
        by_period = reported.figures.get((unit, indicator.series_code, ACTUAL), {})
        values = _monthly(by_period, months)
        if np.isnan(values).all():
            continue
        physical = _monthly(reported.figures.get((unit, indicator.series_code, PHYSICAL), {}), months)
        target = np.array([_target(indicator, unit, reported, year) for year in years])
        found.append(
            Series(
                unit,
                group,
                indicator.code,
                months,
                values,
                target,
                physical=None if np.isnan(physical).all() else physical,
                restated=reported.earlier.get((unit, indicator.series_code), ()),
                yearly=_YEARLY.get(indicator.aggregation, "last"),  # type: ignore[arg-type]
            )
        )
    return _uncumulated(found)


def each_once(scheme: Scheme, series: Iterable[Series]) -> list[Series]:
    """Leave out figures that another indicator of the unit reads as well: one series, one question to a unit."""
    codes = {indicator.code: (indicator.series_code, indicator.aggregation) for indicator in scheme.indicators}
    found: dict[tuple[str, tuple[str, Aggregation]], Series] = {}
    for one in series:
        found.setdefault((one.unit, codes[one.indicator]), one)
    return list(found.values())


def histories_of(scheme: Scheme, reported: Reported, year: int) -> dict[str, tuple[list[History], dict[str, float]]]:
    """By indicator: histories of the units up to the year before, and their targets for the year."""
    found: dict[str, tuple[list[History], dict[str, float]]] = {}
    for indicator, unit, group in _places(scheme):
        target = _target(indicator, unit, reported, year)
        values = yearly_figures(reported.figures.get((unit, indicator.series_code, ACTUAL), {}), indicator, year)
        histories, targets = found.setdefault(indicator.code, ([], {}))
        if values:
            years = tuple(range(min(reported.years), year))
            histories.append(History(unit, group, years, tuple(values.get(y, MISSING) for y in years)))
            if not np.isnan(target):
                targets[unit] = target
    return {code: _trimmed(histories, targets) for code, (histories, targets) in found.items() if targets}


def histories_from(
    figures: Mapping[str, Mapping[str, float]], groups: Mapping[str, str], indicator: Indicator, year: int
) -> list[History]:
    """Histories of units before a year, out of one figure of each by period; of units in `groups` that have any."""
    values = {unit: yearly_figures(figures.get(unit, {}), indicator, year) for unit in groups}
    known = [one for by_year in values.values() for one in by_year]
    if not known:
        return []
    years = tuple(range(min(known), year))
    return [
        History(unit, groups[unit], years, tuple(by_year.get(y, MISSING) for y in years))
        for unit, by_year in values.items()
        if by_year
    ]


def county_target(reported: Reported, indicator: Indicator, year: int) -> float:
    """The county's own target, given in a long table under the unit 全县; NaN where there is none."""
    return max((_target(indicator, unit, reported, year) for unit in sorted(COUNTY)), key=lambda one: (one == one, one))


def _places(scheme: Scheme) -> Iterable[tuple[Indicator, str, str]]:
    """Indicators with the units that carry them and their groups."""
    for indicator in scheme.indicators:
        for unit, group in carriers(scheme, indicator).items():
            yield indicator, unit, group


def carriers(scheme: Scheme, indicator: Indicator) -> dict[str, str]:
    """Give the units that carry an indicator, with their groups."""
    found = {}
    for unit in scheme.units:
        carried = unit.group is not None and (unit.group in indicator.points or "*" in indicator.points)
        if carried and (not indicator.units or unit.code in indicator.units):
            found[unit.code] = str(unit.group)
    return found


def _monthly(by_period: Mapping[str, float], months: Sequence[str]) -> Floats:
    return np.array([by_period.get(month, MISSING) for month in months])


def _target(indicator: Indicator, unit: str, reported: Reported, year: int) -> float:
    """Target of a year: reported for the year, or the months' added up, or the scheme's own for all."""
    given = reported.figures.get((unit, indicator.series_code, TARGET), {})
    if str(year) in given:
        return given[str(year)]
    parts = [value for period, value in given.items() if period[:4] == str(year)]
    if parts:
        return parts[-1] if indicator.aggregation is Aggregation.LAST else float(np.sum(parts))
    return MISSING if indicator.target.value is None or unit in COUNTY else float(indicator.target.value)


def yearly_figures(by_period: Mapping[str, float], indicator: Indicator, before: int) -> dict[int, float]:
    """Figures of whole years before a year: reported for the year, or out of twelve months (or a December to keep)."""
    found = {}
    for year in sorted({int(period[:4]) for period in by_period if int(period[:4]) < before}):
        months = [by_period.get(f"{year}-{month:02d}") for month in range(1, _MONTHS + 1)]
        known = [value for value in months if value is not None]
        if str(year) in by_period:
            found[year] = by_period[str(year)]
        elif indicator.aggregation is Aggregation.LAST and months[-1] is not None:
            found[year] = months[-1]
        elif len(known) == _MONTHS:
            total = float(np.sum(known))
            found[year] = total / _MONTHS if indicator.aggregation is Aggregation.MEAN else total
    return found


def _trimmed(histories: list[History], targets: dict[str, float]) -> tuple[list[History], dict[str, float]]:
    """Drop first years in which nobody has a figure."""
    table = np.array([one.values for one in histories])
    first = int(np.flatnonzero(~np.isnan(table).all(axis=0))[0])
    return [replace(one, years=one.years[first:], values=one.values[first:]) for one in histories], targets


def _uncumulated(series: list[Series]) -> list[Series]:
    """Turn figures that count from January on into the months' own.

    A series of last figures counts from January on where, over all units, months of a year all but never fall and
    Decembers are at least twice the Januaries.
    """
    by_indicator: dict[str, list[Series]] = defaultdict(list)
    for one in series:
        by_indicator[one.indicator].append(one)
    cumulative = {code for code, members in by_indicator.items() if members[0].yearly == "last" and _counts_on(members)}
    return [_own_months(one) if one.indicator in cumulative else one for one in series]


def _counts_on(members: Sequence[Series]) -> bool:
    years = np.concatenate([one.reported.reshape(-1, _MONTHS) for one in members])
    steps = np.diff(years, axis=1)
    known = ~np.isnan(steps)
    grown = years[:, -1] >= 2 * years[:, 0]
    usable = ~np.isnan(years[:, 0]) & ~np.isnan(years[:, -1])
    return bool(
        known.any() and usable.any() and (steps[known] >= 0).sum() >= 0.98 * known.sum() and grown[usable].all()
    )


def _own_months(one: Series) -> Series:
    years = one.reported.reshape(-1, _MONTHS)
    own = np.diff(years, axis=1, prepend=0.0)
    return replace(one, reported=own.reshape(-1), yearly="sum")
