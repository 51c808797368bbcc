"""A cell is one unit's indicator in one year; a way of manipulating says where it is possible and does it there."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from nature import Floats, Nature
from numpy.random import Generator
from numpy.typing import NDArray

type Cell = tuple[int, int, int]
type Bool = NDArray[np.bool_]


class Strength(StrEnum):
    """How far somebody goes."""

    WEAK = "weak"
    MIDDLING = "middling"
    STRONG = "strong"


@dataclass(frozen=True)
class Done:
    """The months that were touched, the cells touched besides, and since when it shows (else from the first month)."""

    months: tuple[int, ...]
    beside: tuple[Cell, ...] = ()
    since: int | None = None

    @property
    def seen(self) -> int:
        """Since which month it can be seen."""
        return min(self.months) if self.since is None else self.since


@dataclass(frozen=True)
class Way:
    """A way of manipulating: `can(panel, strength)` gives (U, I, Y), `do(panel, rng, cell, strength)` what was done.

    wide: it touches later years or other units too. shows: where it must show, or nothing was done: a reported month
    that differs by more than the step it is rounded to, the target of the year, a file.
    """

    can: Callable[[Any, Strength], Bool]
    do: Callable[[Any, Generator, Cell, Strength], Done | None]
    wide: bool = False
    shows: Literal["reported", "target", "evidence"] = "reported"


def between(rng: Generator, ranges: dict[Strength, tuple[float, float]], strength: Strength) -> float:
    """Draw from the range of a strength."""
    return float(rng.uniform(*ranges[strength]))


def some(rng: Generator, ranges: dict[Strength, tuple[int, int]], strength: Strength) -> int:
    """Draw a number of months from the range of a strength, ends included."""
    low, high = ranges[strength]
    return int(rng.integers(low, high + 1))


def run_of(rng: Generator, year: int, length: int) -> list[int]:
    """Choose months of a year that follow each other."""
    start = year * 12 + int(rng.integers(0, 13 - length))
    return list(range(start, start + length))


def whole_years(panel: Any) -> Bool:
    """Where every month of a year is reported: (U, I, Y)."""
    reported: Floats = panel.reported
    return ~np.isnan(reported.reshape(*reported.shape[:-1], -1, 12)).any(-1)


def for_indicators(panel: Any, wanted: Callable[[Any], bool]) -> Bool:
    """Where the indicator is as wanted: (1, I, 1)."""
    return np.array([wanted(one) for one in panel.indicators], dtype=bool)[None, :, None]


def steps_high(panel: Any) -> Floats:
    """How many steps of rounding the middle figure of a year is high: (U, I, Y)."""
    reported: Floats = panel.reported
    high: Floats = np.median(reported.reshape(*reported.shape[:-1], -1, 12), axis=-1) / panel.grain[:, :, None]
    return high


def not_first(panel: Any) -> Bool:
    """Every year but the first: (1, 1, Y)."""
    return (np.arange(panel.size[2]) > 0)[None, None, :]


def limit(values: Floats, nature: Nature) -> Floats:
    """Keep figures possible: nothing below 0, no percentage above 100."""
    return np.clip(values, 0.0, 100.0 if nature == Nature.PERCENT else None)
