"""The ledger a year's figures are written into while they are made, and what is known of the county beforehand."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from baton.engine.panel import Observation
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.units import Unit
from baton.example.figures.draw import Draw

type Figures = Mapping[str, Decimal | int | float | str]
YEAR = 2025
MONTHS = tuple(range(1, 13))

# How good units are at their work, in deviations from the mean of their group; all others are drawn.
CHARACTER = {
    "T01": 1.3, "T02": 1.2, "T04": 1.0, "T06": 0.1, "T07": 0.5, "T09": 0.5, "T11": -0.2, "T12": -1.8,
    "T03": 0.9, "T10": 0.8, "T13": 1.1, "T17": -0.9, "T15": -0.6,
    "D02": 1.2, "D06": 1.1, "D13": 0.9, "D14": -1.1, "D10": 0.7, "D21": 1.2, "D22": 0.9, "D36": 1.3, "D38": -3.4,
    "D44": 1.0, "D47": 0.6, "D52": 0.9, "D58": -1.4, "D60": 0.3, "P01": 1.2, "P02": 0.4, "P03": -0.3, "P04": -0.7,
    "H01": 0.5, "H02": 0.2, "H03": -0.3,
}  # fmt: skip


def month(number: int) -> str:
    """Write the period of a month: `2025-06`."""
    return f"{YEAR}-{number:02d}"


class Ledger:
    """Figures by unit, series, figure and period, with what makers need: who carries a series, and chance."""

    def __init__(self, scheme: Scheme, seed: int) -> None:
        self.scheme = scheme
        self.seed = seed
        self.figures: dict[tuple[str, str, str, str], Decimal] = {}

    def put(self, unit: str, series: str, period: str, figures: Figures) -> None:
        """Write figures of one unit, series and period; a figure that is there already is replaced."""
        for figure, value in figures.items():
            self.figures[unit, series, figure, period] = Decimal(str(value))

    def get(self, unit: str, series: str, figure: str, period: str) -> Decimal:
        """Give a figure; raises KeyError where none is."""
        return self.figures[unit, series, figure, period]

    def drop(self, unit: str, series: str, period: str) -> None:
        """Take away all figures of a unit, series and period."""
        for key in [key for key in self.figures if (key[0], key[1], key[3]) == (unit, series, period)]:
            del self.figures[key]

    def draw(self, *names: object) -> Draw:
        """Chance of its own for a matter."""
        return Draw(self.seed, *names)

    def observations(self) -> tuple[Observation, ...]:
        """All figures, sorted by unit, series, figure and period."""
        return tuple(Observation(*key, value) for key, value in sorted(self.figures.items()))

    @cached_property
    def quality(self) -> dict[str, float]:
        """How good each unit is, in deviations from the mean."""
        assessed = [unit.code for unit in self.scheme.units if unit.group]
        drawn = {code: 0.7 * self.draw("quality", code).bell() for code in assessed}
        return drawn | CHARACTER

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The assessed units by code."""
        return {unit.code: unit for unit in self.scheme.units if unit.group}

    def group(self, code: str) -> list[str]:
        """List the units of a group."""
        return [unit.code for unit in self.units.values() if unit.group == code]

    def carriers(self, series: str) -> list[str]:
        """List the units that an indicator of this series is scored for."""
        readers = [one for one in self.scheme.indicators if one.series_code == series]
        found = {unit for one in readers for unit in self._carriers_of(one)}
        return [code for code in self.units if code in found]

    def _carriers_of(self, one: Indicator) -> Iterator[str]:
        for unit in self.units.values():
            carried = unit.group in one.points or "*" in one.points
            apart = (unit.code, one.code) in self._exempt or (unit.code, one.parent) in self._exempt
            if carried and not apart and (not one.units or unit.code in one.units) and self._reached(one, unit):
                yield unit.code

    def _reached(self, one: Indicator, unit: Unit) -> bool:
        """Whether the indicator is in the tree that scores the unit's group (`*` means every group of that tree)."""
        above = {node.code: node.parent for node in self.scheme.nodes}
        roots = {group.code: group.root for group in self.scheme.groups}
        node: str | None = one.parent
        while node is not None and above[node] is not None:
            node = above[node]
        return node == roots[unit.group or ""]

    @cached_property
    def _exempt(self) -> set[tuple[str, str]]:
        return {(e.unit, e.indicator or e.node or "") for e in self.scheme.exemptions}
