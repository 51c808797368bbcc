"""All series of a check as arrays over indicators, units and months, so that detectors are column work."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter
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
    group (U,): number of the unit's group; spans: places of the series by their months.
    """

    series: Sequence[Series]
    spans: Mapping[tuple[str, ...], Sequence[int]]
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
        known = ~np.isnan(by_year)
        total = np.where(known.any(axis=-1), np.where(known, by_year, 0.0).sum(axis=-1), MISSING)
        kinds = [*(series.yearly for series in self.series), "sum"]
        if set(kinds) == {"sum"}:
            return total
        means, last = average(by_year), by_year[..., -1]
        kind = np.array(kinds)[self.place][..., None]
        figures: Floats = np.where(kind == "mean", means, np.where(kind == "last", last, total))
        return figures

    @cached_property
    def axes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Indicators and units of the series, in the order of `series`."""
        there = self.place >= 0
        order = np.argsort(self.place[there])
        i, u = (numbers[order] for numbers in np.nonzero(there))
        return i, u

    @cached_property
    def spots(self) -> list[tuple[int, int]]:
        """Indicator and unit of each series, in the order of `series`."""
        i, u = self.axes
        return list(zip(i.tolist(), u.tolist(), strict=True))

    @cached_property
    def adds_up(self) -> NDArray[np.bool_]:
        """Whether months add up to the year's figure (I, U)."""
        kinds = np.array([*(one.yearly == "sum" for one in self.series), False])
        found: NDArray[np.bool_] = kinds[self.place]
        return found

    def by_year(self, values: NDArray[Any]) -> NDArray[Any]:
        """Months of (I, U, T) by year: (I, U, Y, 12)."""
        return values.reshape(*values.shape[:-1], len(self.years), MONTHS)

    def of_year(self, year: int) -> tuple[str, ...]:
        """Months of the year in this place."""
        return self.months[year * MONTHS : (year + 1) * MONTHS]


def cube_of(series: Sequence[Series], fewest_units: int) -> Cube:
    """Stack series; raises `Refused` with everything that keeps them from being compared."""
    spans = _spans(series)
    _check(series, spans, fewest_units)
    named = zip(*map(attrgetter("indicator", "unit", "group"), series), strict=True)
    (indicators, row), (units, column), (_, grouped) = map(_numbered, named)
    found = {int(month[:4]) for months in spans for month in months}
    years = tuple(range(min(found), max(found) + 1))
    shape = len(indicators), len(units)
    reported = np.full((*shape, len(years) * MONTHS), MISSING)
    physical = np.full_like(reported, MISSING)
    target = np.full((*shape, len(years)), MISSING)
    place = np.full(shape, -1)
    group = np.zeros(len(units), dtype=np.int64)
    place[row, column] = np.arange(len(series))
    group[column] = grouped
    for months, here in spans.items():
        at = np.array([(int(month[:4]) - years[0]) * MONTHS + int(month[5:7]) - 1 for month in months])
        where = row[here, None], column[here, None]
        reported[(*where, at)] = _stacked([series[one].reported for one in here])
        target[(*where, np.unique(at // MONTHS))] = _stacked([series[one].target for one in here])
        linked = [(one, values) for one in here if (values := series[one].physical) is not None]
        if linked:
            numbers = [one for one, _ in linked]
            physical[row[numbers, None], column[numbers, None], at] = _stacked([values for _, values in linked])
    reported[~np.isfinite(reported)] = MISSING
    return Cube(series, spans, tuple(indicators), tuple(units), years, group, place, reported, physical, target)


def _spans(series: Sequence[Series]) -> dict[tuple[str, ...], list[int]]:
    """Places of the series by their months, which most of them share: each tuple of months is looked at once."""
    found: dict[tuple[str, ...], list[int]] = {}
    last, here = None, list[int]()
    for number, one in enumerate(series):
        if one.months is not last and one.months != last:
            last, here = one.months, found.setdefault(one.months, [])
        here.append(number)
    return found


def _numbered[Name: Hashable](names: Iterable[Name]) -> tuple[dict[Name, int], NDArray[np.int64]]:
    """Names in the order in which they first occur, and the number of each."""
    names = tuple(names)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return numbers, np.fromiter(map(numbers.__getitem__, names), np.int64, len(names))


def _stacked(rows: Sequence[Floats]) -> Floats:
    """Rows of equal length as one array; several times as fast as `np.stack`."""
    return np.concatenate(rows).reshape(len(rows), -1)


def _check(series: Sequence[Series], spans: Mapping[tuple[str, ...], Sequence[int]], fewest_units: int) -> None:
    problems: list[Problem] = []
    units = {one.unit for one in series}
    if len(units) < fewest_units:
        problems.append(Problem("integrity.few_units", {"given": len(units), "least": fewest_units}))
    found = [*_twice(series), *(one for months, here in spans.items() for one in _unlike(series, months, here))]
    problems += [problem for _, problem in sorted(found, key=itemgetter(0))]
    if series and not problems and all(np.isnan(one.reported).all() for one in series):
        problems.append(Problem("integrity.all_missing", {"series": len(series)}))
    if problems:
        raise Refused(problems)


def _twice(series: Sequence[Series]) -> Iterator[tuple[int, Problem]]:
    """Series given more than once, by their places."""
    if len(set(map(attrgetter("unit", "indicator"), series))) == len(series):
        return
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(series):
        if (key := (one.unit, one.indicator)) in seen:
            yield place, Problem("integrity.series_twice", _named(one))
        seen.add(key)


def _unlike(series: Sequence[Series], months: tuple[str, ...], here: Sequence[int]) -> Iterator[tuple[int, Problem]]:
    """Series whose months do not rise, or whose arrays do not have their length, by their places."""
    if not months or not all(a < b for a, b in pairwise(months)):
        yield from ((place, Problem("integrity.months_not_rising", _named(series[place]))) for place in here)
        return
    years = len({month[:4] for month in months})
    lengths = [_lengths(series[place]) for place in here]
    wrong = {one for one in set(lengths) if not _fits(years, len(months), *one)}
    if wrong:
        for place, one in zip(here, lengths, strict=True):
            if one in wrong:
                params = {**_named(series[place]), "months": len(months)}
                yield place, Problem("integrity.lengths_differ", params)


def _lengths(one: Series) -> tuple[int, ...]:
    physical = one.reported if one.physical is None else one.physical
    return len(one.reported), len(physical), len(one.target), len(one.evidence), len(one.entered), len(one.deadline)


def _named(one: Series) -> dict[str, str | int]:
    return {"unit": one.unit, "indicator": one.indicator}


def _fits(years: int, months: int, reported: int, physical: int, target: int, *records: int) -> bool:
    """Whether arrays have the length of the months, or of the years; records may be left out."""
    return reported == physical == months and target == years and all(length in (0, months) for length in records)
