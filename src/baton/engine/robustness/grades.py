"""Suggested grades of many draws at once: thresholds, quotas, vetoes, as `engine.standing.grade` suggests them for one.

Arrays are [draw, place]: units from best to worst. A test holds these grades against those of the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING

import numpy as np

from baton.engine.result.sheet import Standing
from baton.engine.robustness.branch import Bools, Floats, Ints
from baton.engine.robustness.ranks import ordered
from baton.engine.scheme.adjustments import GradeCap
from baton.engine.scheme.grades import Grade
from baton.engine.scheme.model import Scheme
from baton.engine.standing.grade import places

NONE = -1


def grade_counts(scheme: Scheme, standings: Sequence[Standing], totals: Ints, ties: Ints) -> Floats:
    """In how many of the draws each unit of a pool gets each grade: [unit, grade], the last column is no grade."""
    unit, key = ordered(totals, ties)
    compared = np.take_along_axis(totals, unit, axis=1)
    given = _Pool(scheme, standings, unit, key, compared).grades()
    grades = len(scheme.grading.grades) + 1
    flat = unit * grades + np.where(given == NONE, grades - 1, given)
    counts = np.bincount(flat.ravel(), minlength=len(standings) * grades)
    return counts.reshape(len(standings), grades).astype(np.float64)


@dataclass(frozen=True)
class _Pool:
    """One pool of units that share the quotas."""

    scheme: Scheme
    standings: Sequence[Standing]
    unit: Ints
    key: Ints
    compared: Ints

    def grades(self) -> Ints:
        """The number of each place's grade, `NONE` for none."""
        last = len(self.scheme.grading.grades) - 1
        barred, drop = self._vetoes()
        barred = np.broadcast_to(barred[self.unit], self.unit.shape).copy()
        drop = drop[self.unit]
        given, before = np.full(self.unit.shape, NONE), np.full(self.unit.shape, NONE)
        spent = np.zeros(self.unit.shape, dtype=np.bool_)
        ends = self._ends()
        for number, grade in enumerate(self.scheme.grading.grades):
            waiting = given == NONE
            called = waiting & np.where(before == NONE, self.compared >= self._line(grade), number >= barred)
            kept_out = called & ((number < barred) | ((drop > 0) & (before == NONE)))
            free = called & ~kept_out
            using = kept_out & ~spent & self.scheme.grading.vetoed_uses_quota
            fits, squeezed = self._room(grade, free | using, called, ends)
            granted = free & (fits | squeezed)
            given[granted] = number
            if kept_out.any():
                would = np.where(using, fits | squeezed, self._one_more(grade, free | using, called, ends) | squeezed)
                taking = kept_out & would
                spent |= taking & using
                falling = taking & (number >= barred) & (drop > 0) & (before == NONE)
                before[falling] = number
                barred[falling] = np.minimum(number + drop[falling], last)
                given[taking & (number >= barred)] = number
        return given

    def _line(self, grade: Grade) -> int:
        """The threshold at the precision of ranks, as a whole number that a total must reach."""
        if grade.at_least is None:
            return int(np.iinfo(np.int64).min)
        return int((grade.at_least.scaleb(self.scheme.ranking.decimals)).to_integral_value(ROUND_CEILING))

    def _size(self, grade: Grade) -> int:
        units = self.unit.shape[1]
        return units if grade.quota is None else places(grade.quota, units, self.scheme.grading.quota_rounding)

    def _ends(self) -> Ints:
        """For each place, the last place of its equals."""
        width = self.key.shape[1]
        here = np.broadcast_to(np.arange(width), self.key.shape)
        is_end = np.ones(self.key.shape, dtype=np.bool_)
        is_end[:, :-1] = self.key[:, 1:] != self.key[:, :-1]
        found: Ints = np.minimum.accumulate(np.where(is_end, here, width)[:, ::-1], axis=1)[:, ::-1]
        return found

    def _room(self, grade: Grade, wanting: Bools, called: Bools, ends: Ints) -> tuple[Bools, Bools]:
        """Which places' equals all find room, and which are let in together in spite of the quota."""
        if grade.quota is None:
            return called, np.zeros_like(called)
        size = self._size(grade)
        wanted = np.take_along_axis(np.cumsum(wanting, axis=1), ends, axis=1)
        fits = wanted <= size
        if self.scheme.grading.boundary_tie != "all":
            return fits, np.zeros_like(called)
        taken = np.where(fits, wanted, 0).max(axis=1, keepdims=True)
        first = np.where(called & ~fits, self.key, np.iinfo(np.int64).min).max(axis=1, keepdims=True)
        return fits, ~fits & (self.key == first) & (taken < size)

    def _one_more(self, grade: Grade, wanting: Bools, called: Bools, ends: Ints) -> Bools:
        """Whether a unit that is kept out would have found room beside those that want it."""
        if grade.quota is None:
            return called
        wanted = np.take_along_axis(np.cumsum(wanting, axis=1), ends, axis=1)
        return wanted + 1 <= self._size(grade)

    def _vetoes(self) -> tuple[Ints, Ints]:
        """Grades better than this are closed to a unit, and steps it falls, by its vetoes."""
        codes = [grade.code for grade in self.scheme.grading.grades]
        consequences = {veto.code: veto.consequence for veto in self.scheme.vetoes}
        barred, drop = np.zeros(len(self.standings), dtype=np.int64), np.zeros(len(self.standings), dtype=np.int64)
        for number, one in enumerate(self.standings):
            for consequence in (consequences[code] for code in one.vetoes):
                if isinstance(consequence, GradeCap):
                    closed = codes.index(consequence.grade) if consequence.grade in codes else 0
                    barred[number] = max(barred[number], closed)
                else:
                    drop[number] += consequence.steps
        return barred, drop
