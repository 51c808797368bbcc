"""An honest county: what every unit reported, month by month, made from a seed.

A panel is made honest first (`honest`); `manipulate.cheated` gives a copy in which some units make themselves look
better. Detectors see `series(panel)` only.
"""

import dataclasses
from dataclasses import dataclass

import numpy as np
from cell import Cell
from figures import draw_figures, rounded
from known import Known
from nature import Floats, Indicator, draw_indicators
from numpy.random import default_rng
from numpy.typing import NDArray
from records import Change, Minutes, Records, draw_records
from shocks import Decoy

from baton.engine.integrity.series import Restatement, Series

FIRST_YEAR = 2023


NUMBERS = ("reported", "physical", "target", "entered")


@dataclass(frozen=True)
class Held:
    """What is known about one series: its figures, and what is kept beside them."""

    reported: Floats
    physical: Floats
    target: Floats
    evidence: NDArray[np.object_]
    entered: Minutes
    changes: tuple[Change, ...]


@dataclass
class Panel:
    """Everything a county holds about its units' figures: U units, I indicators, T months, Y years.

    groups (U,): group of each unit. reported, physical (U, I, T), target (U, I, Y). grain (U, I): the step
    a clerk rounds to. decoys: what honestly went out of the ordinary, for tests and for whoever looks at a panel.
    known: the honest model, for the oracle. Neither is shown to detectors.
    """

    seed: int
    groups: NDArray[np.int64]
    indicators: tuple[Indicator, ...]
    reported: Floats
    physical: Floats
    target: Floats
    grain: Floats
    records: Records
    decoys: tuple[Decoy, ...]
    known: Known

    @property
    def size(self) -> tuple[int, int, int]:
        """Units, indicators, years."""
        units, indicators, months = self.reported.shape
        return units, indicators, months // 12

    def at(self, cell: Cell) -> tuple[Indicator, Floats, float]:
        """Give the indicator of a cell, all months of the series (to be written to), and the clerk's step."""
        unit, place, _ = cell
        return self.indicators[place], self.reported[unit, place], float(self.grain[unit, place])

    def copy_of(self, cell: Cell) -> Held:
        """Hold what is known about the series of a cell."""
        unit, place, _ = cell
        records = self.records
        return Held(
            *(one[unit, place].copy() for one in (self.reported, self.physical, self.target)),
            records.evidence[unit, place].copy(),
            records.entered[unit, place].copy(),
            tuple(records.changes.get((unit, place), ())),
        )

    def put_back(self, cell: Cell, held: Held) -> None:
        """Make the series of a cell what was held."""
        unit, place, _ = cell
        self.reported[unit, place], self.physical[unit, place] = held.reported, held.physical
        self.target[unit, place] = held.target
        self.records.evidence[unit, place], self.records.entered[unit, place] = held.evidence, held.entered
        self.records.changes[unit, place] = list(held.changes)

    def carry_over(self, cell: Cell) -> None:
        """Let the archive's changes of a series follow figures that were changed afterwards, by the same share."""
        unit, place, _ = cell
        months, grain = self.reported[unit, place], self.grain[unit, place]
        kept = []
        for change in self.records.changes.get((unit, place), ()):
            after = float(months[change.month])
            before = change.before
            if after != change.after and change.after:
                before = float(rounded(np.array(before * after / change.after), grain))
            if before != after:
                kept.append(dataclasses.replace(change, before=before, after=after))
        self.records.changes[unit, place] = kept

    def says_otherwise(self, cell: Cell, held: Held) -> bool:
        """Whether the series of a cell tells detectors something else than what was held."""
        now = self.copy_of(cell)
        same = [np.array_equal(getattr(now, name), getattr(held, name), equal_nan=True) for name in NUMBERS]
        return not all(same) or list(now.evidence) != list(held.evidence) or now.changes != held.changes

    def differs(self, cell: Cell, held: Held, what: str, months: tuple[int, ...]) -> bool:
        """Whether the months of a cell (its year's target, its files) are others than held, rounding left aside."""
        now = self.copy_of(cell)
        if what == "target":
            return bool(now.target[cell[2]] != held.target[cell[2]])
        if what == "evidence":
            return any(now.evidence[month] != held.evidence[month] for month in months)
        moved = np.abs(now.reported[list(months)] - held.reported[list(months)])
        return bool((moved > 1.5 * self.grain[cell[:2]]).any())

    def copy(self) -> "Panel":
        """Give a panel whose figures and records can be changed without changing this one."""
        return dataclasses.replace(
            self,
            reported=self.reported.copy(),
            physical=self.physical.copy(),
            target=self.target.copy(),
            records=self.records.copy(),
        )


def honest(seed: int, units: int = 150, indicators: int = 40, years: int = 3) -> Panel:
    """Make a county in which nobody cheats; the same seed makes the same county."""
    groups = default_rng([seed, 1]).integers(0, max(1, units // 28) + 1, units)
    drawn = draw_indicators(default_rng([seed, 2]), indicators)
    figures, decoys = draw_figures(default_rng([seed, 3]), groups, drawn, years)
    records, more = draw_records(default_rng([seed, 4]), figures.reported, drawn, figures.grain)
    told = figures.reported, figures.physical, figures.target, figures.grain
    return Panel(seed, groups, drawn, *told, records, decoys + more, figures.known)


def unit_name(place: int) -> str:
    """Name a unit by its place."""
    return f"U{place + 1:03}"


def month_names(count: int) -> tuple[str, ...]:
    """Name the months, as `2023-01`."""
    return tuple(f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02}" for month in range(count))


def series(panel: Panel, until: int | None = None) -> tuple[Series, ...]:
    """Give what the county's detectors would see, or would have seen after the first `until` months."""
    units, indicators, _ = panel.size
    months = month_names(panel.reported.shape[2])[:until]
    made = [_series(panel, unit, place, months) for unit in range(units) for place in range(indicators)]
    return tuple(one for one in made if not np.isnan(one.reported).all())


def _series(panel: Panel, unit: int, place: int, months: tuple[str, ...]) -> Series:
    indicator, records, count = panel.indicators[place], panel.records, len(months)
    linked = indicator.physical is not None
    return Series(
        unit=unit_name(unit),
        group=f"G{panel.groups[unit] + 1}",
        indicator=indicator.code,
        months=months,
        reported=_as_known(panel.reported[unit, place, :count], records.changes.get((unit, place), []), count),
        target=panel.target[unit, place, : (count + 11) // 12].copy(),
        physical=panel.physical[unit, place, :count].copy() if linked else None,
        restated=tuple(_restatements(records.changes.get((unit, place), []), count)),
        evidence=tuple(records.evidence[unit, place, :count]) if indicator.evidence != "none" else (),
        entered=tuple(_times(records.entered[unit, place, :count])),
        deadline=tuple(_times(records.deadline[place, :count])),
        yearly=indicator.yearly,
    )


def _as_known(reported: Floats, changes: list[Change], count: int) -> Floats:
    """Take back what was changed only later."""
    known = reported.copy()
    for change in changes:
        if change.month < count <= change.made:
            known[change.month] = change.before
    return known


def _restatements(changes: list[Change], count: int) -> list[Restatement]:
    names = month_names(count)
    return [Restatement(names[one.month], one.before, one.after) for one in changes if one.made < count]


def _times(minutes: NDArray[np.int64]) -> list[str]:
    """Write minutes since 1970 as ISO 8601, unknown ones as nothing."""
    written = np.datetime_as_string(minutes.astype("datetime64[m]"))
    return ["" if unknown else str(text) for text, unknown in zip(written, minutes < 0, strict=True)]
