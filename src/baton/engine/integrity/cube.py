"""All series of a check as arrays over indicators, units and months, so that detectors are column work."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baton.engine.integrity.robust import MISSING, average
from baton.engine.integrity.series import Floats, Series
from baton.words import Problem, Refused

MONTHS = 12


@dataclass(frozen=True, eq=False)
class Cube:
    """I indicators x U units x T months; T = 12 Y whole calendar years, gaps are NaN.

    reported, physical (I, U, T); target (I, U, Y); place (I, U): where the series stands in `series`, -1 for none;
    group (U,): number of the unit's group.
    """

    series: Sequence[Series]
    indicators: tuple[str, ...]
    units: tuple[str, ...]
    years: tuple[int, ...]
    group: NDArray[np.int64]
    place: NDArray[np.int64]
    reported: Floats
    physical: Floats
    target: Floats

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The T months."""
        return tuple(f"{year}-{month:02d}" for year in self.years for month in range(1, MONTHS + 1))

    @cached_property
    def yearly(self) -> Floats:
        """Figures of the years (I, U, Y): sum, mean or last month, as the series says; a gap where no month is."""
        by_year = self.by_year(self.reported)
        total = np.where(np.isnan(by_year).all(axis=-1), MISSING, np.nansum(by_year, axis=-1))
        kinds = {series.yearly for series in self.series}
        if kinds == {"sum"}:
            return total
        means, last = average(by_year), by_year[..., -1]
        kind = np.array([[self.series[at].yearly if at >= 0 else "sum" for at in row] for row in self.place])[..., None]
        figures: Floats = np.where(kind == "mean", means, np.where(kind == "last", last, total))
        return figures

    @cached_property
    def adds_up(self) -> NDArray[np.bool_]:
        """Whether months add up to the year's figure (I, U)."""
        return np.array([[at >= 0 and self.series[at].yearly == "sum" for at in row] for row in self.place])

    def by_year(self, values: NDArray[Any]) -> NDArray[Any]:
        """Months of (I, U, T) by year: (I, U, Y, 12)."""
        return values.reshape(*values.shape[:-1], len(self.years), MONTHS)

    def of_year(self, year: int) -> tuple[str, ...]:
        """Months of the year in this place."""
        return self.months[year * MONTHS : (year + 1) * MONTHS]


def cube_of(series: Sequence[Series], fewest_units: int) -> Cube:
    """Stack series; raises `Refused` with everything that keeps them from being compared."""
    _check(series, fewest_units)
    indicators = {name: at for at, name in enumerate(dict.fromkeys(one.indicator for one in series))}
    units = {name: at for at, name in enumerate(dict.fromkeys(one.unit for one in series))}
    groups = {name: at for at, name in enumerate(dict.fromkeys(one.group for one in series))}
    spans = {one.months: None for one in series}
    found = {int(month[:4]) for months in spans for month in months}
    years = tuple(range(min(found), max(found) + 1))
    positions = {
        months: np.array([(int(m[:4]) - years[0]) * MONTHS + int(m[5:7]) - 1 for m in months]) for months in spans
    }
    year_places = {months: np.unique(places // MONTHS) for months, places in positions.items()}
    # A slice is written several times as fast as a list of places.
    span_of = {
        months: slice(int(at[0]), int(at[-1]) + 1) if at[-1] - at[0] == len(at) - 1 else at
        for months, at in positions.items()
    }
    shape = len(indicators), len(units)
    reported = np.full((*shape, len(years) * MONTHS), MISSING)
    physical = np.full_like(reported, MISSING)
    target = np.full((*shape, len(years)), MISSING)
    place = np.full(shape, -1)
    group = np.zeros(len(units), dtype=np.int64)
    for at, one in enumerate(series):
        i, u, months = indicators[one.indicator], units[one.unit], span_of[one.months]
        place[i, u] = at
        group[u] = groups[one.group]
        reported[i, u, months] = one.reported
        if one.physical is not None:
            physical[i, u, months] = one.physical
        target[i, u, year_places[one.months]] = one.target
    reported[~np.isfinite(reported)] = MISSING
    return Cube(series, tuple(indicators), tuple(units), years, group, place, reported, physical, target)


def _check(series: Sequence[Series], fewest_units: int) -> None:
    problems: list[Problem] = []
    units = {one.unit for one in series}
    if len(units) < fewest_units:
        problems.append(Problem("integrity.few_units", {"given": len(units), "least": fewest_units}))
    keys: set[tuple[str, str]] = set()
    good: dict[tuple[str, ...], int] = {}
    for one in series:
        named = {"unit": one.unit, "indicator": one.indicator}
        if (one.unit, one.indicator) in keys:
            problems.append(Problem("integrity.series_twice", named))
        keys.add((one.unit, one.indicator))
        if one.months not in good:
            rising = all(a < b for a, b in zip(one.months, one.months[1:], strict=False))
            good[one.months] = len(one.years) if rising and one.months else 0
        if not good[one.months]:
            problems.append(Problem("integrity.months_not_rising", named))
        elif not _fits(one, good[one.months]):
            problems.append(Problem("integrity.lengths_differ", {**named, "months": len(one.months)}))
    if series and not problems and all(np.isnan(one.reported).all() for one in series):
        problems.append(Problem("integrity.all_missing", {"series": len(series)}))
    if problems:
        raise Refused(problems)


def _fits(one: Series, years: int) -> bool:
    count = len(one.months)
    monthly = (one.reported, *(() if one.physical is None else (one.physical,)))
    texts = (one.evidence, one.entered, one.deadline)
    return (
        all(len(values) == count for values in monthly)
        and all(len(values) in (0, count) for values in texts)
        and len(one.target) == years
    )
