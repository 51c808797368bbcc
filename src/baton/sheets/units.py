"""Names of units as tables have them, matched to the units of a scheme; what is only near is suggested, never taken."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Protocol

from baton.sheets.cells.absent import absent
from baton.sheets.cells.text import close
from baton.words import Place, Problem

NEAR = 0.6
"""Likeness (difflib's ratio) from which a name is suggested."""
MOST = 3
"""Names suggested at most."""
_NOWHERE = Place()
_ALWAYS = date.min, date.max


class NamedUnit(Protocol):
    """What matching needs to know about a unit; the engine's `Unit` has it."""

    @property
    def code(self) -> str:
        """The unit's code."""

    @property
    def name(self) -> str:
        """Its full name."""

    @property
    def short_name(self) -> str:
        """Its short name, or nothing."""

    @property
    def aliases(self) -> Sequence[str]:
        """Other spellings that stand for it without asking."""

    @property
    def valid_from(self) -> date | None:
        """Its first day, None for always."""

    @property
    def valid_to(self) -> date | None:
        """Its last day, None for still."""

    @property
    def successors(self) -> Sequence[str]:
        """The codes of the units that took over from it."""


class By(StrEnum):
    """Through which of its names a unit was found."""

    CODE = "code"
    NAME = "name"
    SHORT_NAME = "short_name"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that was found: its code, and by which kind of name."""

    code: str
    by: By


class UnitNames:
    """Finds units by code, name, alias and short name.

    Blanks, full-width signs and case do not matter. Full names and aliases go before short names. On a given day only
    units that exist then are found; a name whose unit has ended is a problem that names its successors, unless the name
    is an alias of a unit that exists.
    """

    def __init__(self, units: Iterable[NamedUnit]) -> None:
        self._units = {unit.code: unit for unit in units}
        self._exact: dict[str, list[Match]] = defaultdict(list)
        self._short: dict[str, list[Match]] = defaultdict(list)
        for code, unit in self._units.items():
            names = [(unit.code, By.CODE), (unit.name, By.NAME), *((alias, By.ALIAS) for alias in unit.aliases)]
            for name, by in names:
                self._add(self._exact, name, Match(code, by))
            if unit.short_name:
                self._add(self._short, unit.short_name, Match(code, By.SHORT_NAME))

    @staticmethod
    def _add(index: dict[str, list[Match]], name: str, match: Match) -> None:
        known = index[close(name)]
        if all(one.code != match.code for one in known):
            known.append(match)

    def find(self, given: str, on: date | None = None, place: Place = _NOWHERE) -> Match | Problem:
        """Find the one unit that `given` names on the day `on` (None: whenever), or say why there is none."""
        name = close(given)
        if absent(given) is not None:
            return Problem("sheets.unit_blank", {}, place)
        all_of_name = [*self._exact.get(name, ()), *self._short.get(name, ())]
        for index in (self._exact, self._short):
            valid = [match for match in index.get(name, ()) if self._exists(match.code, on)]
            if len(valid) == 1:
                return valid[0]
            if valid:
                candidates = "、".join(self._label(match.code) for match in valid)
                return Problem("sheets.unit_ambiguous", {"given": given, "candidates": candidates}, place)
        if all_of_name:
            return self._out_of_time(given, self._units[all_of_name[0].code], on, place)
        return self._unknown(given, on, place)

    def _exists(self, code: str, on: date | None) -> bool:
        unit = self._units[code]
        if on is None:
            return not (unit.valid_to and unit.successors)
        return (unit.valid_from or _ALWAYS[0]) <= on <= (unit.valid_to or _ALWAYS[1])

    def _label(self, code: str) -> str:
        return f"{self._units[code].name}（{code}）" if code in self._units else code

    def _out_of_time(self, given: str, unit: NamedUnit, on: date | None, place: Place) -> Problem:
        if on is not None and unit.valid_from and on < unit.valid_from:
            return Problem("sheets.unit_not_begun", {"given": given, "since": unit.valid_from.isoformat()}, place)
        params = {
            "given": given,
            "until": unit.valid_to.isoformat() if unit.valid_to else "-",
            "successors": "、".join(self._label(code) for code in self._lasting(unit, on)) or "-",
        }
        return Problem("sheets.unit_ended", params, place)

    def _lasting(self, unit: NamedUnit, on: date | None) -> list[str]:
        """Follow the successors of a unit to those that exist; one that ended itself hands on to its own."""
        found: list[str] = []
        waiting, seen = list(unit.successors), {unit.code}
        while waiting:
            code = waiting.pop(0)
            if code in seen:
                continue
            seen.add(code)
            if code not in self._units or self._exists(code, on) or not self._units[code].successors:
                found.append(code)
            else:
                waiting += self._units[code].successors
        return found

    def _unknown(self, given: str, on: date | None, place: Place) -> Problem:
        near = self.similar(given, on)
        if not near:
            return Problem("sheets.unit_unknown", {"given": given}, place)
        return Problem("sheets.unit_near_miss", {"given": given, "near": "、".join(near)}, place)

    def similar(self, given: str, on: date | None = None) -> list[str]:
        """Give labels of the existing units with the most similar names, best first; ties by code."""
        name = close(given)
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(name)
        best: dict[str, float] = {}
        for index in (self._exact, self._short):
            for known, matches in index.items():
                matcher.set_seq1(known)
                if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR:
                    for match in matches:
                        best[match.code] = max(best.get(match.code, 0), matcher.ratio())
        codes = sorted((code for code in best if self._exists(code, on)), key=lambda code: (-best[code], code))
        return [self._label(code) for code in codes[:MOST]]


def find_units(
    names: UnitNames, given: Sequence[str], place_of: Callable[[int], Place], on: date | None = None
) -> tuple[list[str | None], list[Problem]]:
    """Find the units of a whole column: their codes (None where there is a problem) and every problem.

    `place_of` gives the place of an index of `given`.
    """
    known: dict[str, Match | Problem] = {}
    codes: list[str | None] = []
    problems: list[Problem] = []
    for index, text in enumerate(given):
        found = known.get(text)
        if found is None:
            found = known[text] = names.find(text, on)
        if isinstance(found, Problem):
            problems.append(replace(found, place=place_of(index)))
        codes.append(None if isinstance(found, Problem) else found.code)
    return codes, problems


def report_twice(codes: Sequence[str | None], given: Sequence[str], place_of: Callable[[int], Place]) -> list[Problem]:
    """Report units that stand in more than one row of a table with one row per unit."""
    first: dict[str, int] = {}
    problems = []
    for index, (code, text) in enumerate(zip(codes, given, strict=True)):
        if code is not None and first.setdefault(code, index) != index:
            params = {"given": text, "first": place_of(first[code]).cell}
            problems.append(Problem("sheets.unit_twice", params, place_of(index)))
    return problems
