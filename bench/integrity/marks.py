"""Hold flags against what was really done.

Everything is counted in cells (unit, indicator, year). At a cell that a deed touches besides (the copied unit, the
year that profits), a flag of the deed's own kind has found the deed, because nobody can see who copied whom; a flag of
another kind counts neither way. Every other cell that a flag names and where nothing was done is false.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cell import Cell, Strength
from manipulate import Truth
from panel import FIRST_YEAR, Panel, unit_name

from baton.engine.integrity.series import Flag, FlagKind


@dataclass
class Marks:
    """Counts that can be added up over panels.

    named, found, done: deeds found by a flag of their own kind, by any flag, and all of them, by kind and strength.
    hit, said: cells where a flag of a kind stands and something was done, and all where one stands. false: flags by
    kind in unit-years without any deed. counts: `right`, `flagged`, `guilty` are cells with a flag and a deed, with a
    flag, with a deed; `pairs_` the same for unit and indicator; `honest_years` are the unit-years without any deed.
    """

    named: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    done: Counter[tuple[str, str]] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Marks") -> "Marks":
        return Marks(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def share(self, part: str, whole: str) -> float | None:
        """Divide one count by another; None where there is nothing to divide by."""
        return self.counts[part] / self.counts[whole] if self.counts[whole] else None

    @property
    def precision(self) -> float | None:
        """Share of flagged cells where something was done."""
        return self.share("right", "flagged")

    @property
    def recall(self) -> float | None:
        """Share of cells where something was done that are flagged."""
        return self.share("right", "guilty")

    @property
    def pair_precision(self) -> float | None:
        """Share of flagged units' indicators where something was done in some year."""
        return self.share("pairs_right", "pairs_flagged")

    @property
    def pair_recall(self) -> float | None:
        """Share of units' indicators where something was done that are flagged."""
        return self.share("pairs_right", "pairs_guilty")

    @property
    def false_flags(self) -> float | None:
        """False flags per honest unit-year."""
        return self.false_of(list(self.false))

    def false_of(self, kinds: Iterable[str]) -> float | None:
        """False flags of these kinds per honest unit-year."""
        honest = self.counts["honest_years"]
        return sum(self.false[kind] for kind in kinds) / honest if honest else None


def cells_of(flag: Flag, units: dict[str, int], places: dict[str, int]) -> list[Cell]:
    """Give the cells a flag names: its unit and indicator in every year of its months."""
    years = sorted({int(month[:4]) - FIRST_YEAR for month in flag.months})
    return [(units[flag.unit], places[flag.indicator], year) for year in years]


def names_of(panel: Panel) -> tuple[dict[str, int], dict[str, int]]:
    """Give the places of units and indicators by name."""
    units = {unit_name(place): place for place in range(panel.size[0])}
    return units, {one.code: place for place, one in enumerate(panel.indicators)}


def mark(panel: Panel, truths: Sequence[Truth], flags: Iterable[Flag]) -> Marks:
    """Hold the flags of a panel against what was done in it."""
    guilty: dict[Cell, set[str]] = {}
    for truth in truths:
        guilty.setdefault(truth.cell, set()).add(truth.kind)
    beside = {cell for truth in truths for cell in truth.beside} - guilty.keys()
    flagged = stands(panel, truths, flags)
    marks = Marks()
    for truth in truths:
        key = (truth.kind, truth.strength)
        marks.done[key] += 1
        marks.named[key] += truth.kind in flagged.get(truth.cell, ())
        marks.found[key] += truth.cell in flagged
    for cell, kinds in flagged.items():
        marks.said.update(kinds.keys())
        marks.hit.update(kinds.keys() if cell in guilty else ())
    _count(marks, panel, guilty, beside, flagged)
    return marks


def stands(panel: Panel, truths: Sequence[Truth], flags: Iterable[Flag]) -> dict[Cell, dict[str, float]]:
    """Give the strongest flag of each kind by cell; a deed seen from beside is told at its own cell."""
    guilty = {truth.cell for truth in truths}
    beside = {cell for truth in truths for cell in truth.beside} - guilty
    seen_from = {(cell, truth.kind.value): truth.cell for truth in truths for cell in truth.beside}
    units, places = names_of(panel)
    found: dict[Cell, dict[str, float]] = {}
    for flag in flags:
        for cell in cells_of(flag, units, places):
            told = seen_from.get((cell, flag.kind), cell)
            if told not in beside:
                kinds = found.setdefault(told, {})
                kinds[flag.kind] = max(flag.strength, kinds.get(flag.kind, flag.strength))
    return found


def _count(
    marks: Marks, panel: Panel, guilty: dict[Cell, set[str]], beside: set[Cell], flagged: dict[Cell, dict[str, float]]
) -> None:
    touched = {(unit, year) for unit, _, year in [*guilty, *beside]}
    pairs_guilty, pairs_flagged = {cell[:2] for cell in guilty}, {cell[:2] for cell in flagged}
    false = [kinds for (unit, _, year), kinds in flagged.items() if (unit, year) not in touched]
    for kinds in false:
        marks.false.update(kinds.keys())
    marks.counts.update(
        right=len(flagged.keys() & guilty.keys()),
        flagged=len(flagged),
        guilty=len(guilty),
        pairs_right=len(pairs_flagged & pairs_guilty),
        pairs_flagged=len(pairs_flagged),
        pairs_guilty=len(pairs_guilty),
        honest_years=panel.size[0] * panel.size[2] - len(touched),
    )


def kinds_done() -> list[str]:
    """Name the kinds that the bench manipulates, in the order of the interface."""
    never = {FlagKind.EASY_POINTS, FlagKind.EMPTY}
    return [kind.value for kind in FlagKind if kind not in never]


def strengths() -> list[str]:
    """Name the strengths, weakest first."""
    return [one.value for one in Strength]
