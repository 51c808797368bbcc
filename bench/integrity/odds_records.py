"""The oracle for low targets and for what is kept beside the figures: changes, files, times of entry."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
from by_records import DAYS_LATE, MONTHS_LATE, RESTATED
from by_target import ASKED, FEWER_POINTS
from cell import Strength, between, not_first, whole_years
from nature import Floats, Nature
from numpy.random import default_rng
from numpy.typing import NDArray
from panel import Panel
from rates import LATE_CLERKS, SAME_FILE, TYPED_WRONG
from records import DAY, SLIPS, revision

from baton.engine.integrity.series import FlagKind

DRAWS = 45
HARDLY = 1e-9
"""Chance of what honest people do not do in this county, so that it has a logarithm."""
FEWEST_RESTATED = 3
COMMON = 0.5
"""Share of a unit's figures that are late together when a clerk is away or the system is down."""


def records(panel: Panel) -> Iterator[tuple[FlagKind, Floats]]:
    """Give the odds of these kinds: (U, I, Y)."""
    whole = whole_years(panel)
    for name, odds in (
        (FlagKind.LOW_TARGET, np.where(not_first(panel), _asked_less(panel), -np.inf)),
        (FlagKind.RESTATED, _restated(panel)),
        (FlagKind.SAME_EVIDENCE, _proved_twice(panel)),
        (FlagKind.BACKDATED, _entered_late(panel)),
    ):
        yield name, np.where(whole & ~np.isnan(odds), odds, -np.inf)


def _asked_less(panel: Panel) -> Floats:
    """Hold a target against what would be asked of the unit, an honest spread apart."""
    odds, rng = np.full(panel.size, np.nan), default_rng(panel.seed)
    for place, one in enumerate(panel.indicators):
        asked, target = panel.known.asked[:, place], panel.target[:, place]
        percent = one.nature == Nature.PERCENT
        off = target - asked if percent else np.log(target / np.maximum(asked, 1e-9))
        step = 0.1 if percent else np.maximum(10 ** (np.floor(np.log10(np.maximum(target, 1))) - 2), 1) / target
        variance = one.spread**2 + step**2 / 12
        drawn = [between(rng, FEWER_POINTS if percent else ASKED, how) for how in Strength for _ in range(DRAWS // 3)]
        less = [-by if percent else np.log(by) for by in drawn]
        each = [(off**2 - (off - by) ** 2) / (2 * variance) for by in less]
        with np.errstate(invalid="ignore"):  # years without a target
            odds[:, place] = np.logaddexp.reduce(each) - np.log(len(each))
    return odds


def _restated(panel: Panel) -> Floats:
    """Hold changes that follow each other, all by about the same, against revisions and slips of the pen."""
    odds, rng = np.full(panel.size, -np.inf), default_rng(panel.seed)
    sizes = np.array([between(rng, RESTATED, how) for how in Strength for _ in range(DRAWS // 3)])
    by = np.concatenate([-sizes, sizes])
    for place, one in enumerate(panel.indicators):
        changed = {unit: panel.records.changes.get((unit, place), []) for unit in range(panel.size[0])}
        often = Counter(change.month for found in changed.values() for change in found)
        for unit, found in changed.items():
            step = float(panel.grain[unit, place])
            run, length, last = np.zeros(by.size), np.zeros(by.size), -2
            for change in found:
                if often[change.month] > max(COMMON, 1.5 * one.revised) * panel.size[0]:
                    continue  # a new method for everybody
                moved = change.after / max(change.before, step) - 1
                spread = np.hypot(revision(one), step / max(change.before, step) / 2)
                chance = one.revised * np.exp(-0.5 * (moved / spread) ** 2) / spread / np.sqrt(2 * np.pi)
                slip = any(abs(change.after * factor - change.before) < 1.01 * step for factor in SLIPS)
                gain = -np.log(0.4 * np.abs(by)) - np.log(chance + TYPED_WRONG * slip / 0.02 + HARDLY)
                fits = np.abs(moved / by - 1) < 0.2 + step / max(change.before, step) / np.abs(by)
                follows = (change.month == last + 1) & (change.month % 12 > 0)
                run = np.where(fits, np.where(follows, run, 0) + gain, 0)
                length, last = np.where(fits, np.where(follows, length, 0) + 1, 0), change.month
                best = float(np.where(length >= FEWEST_RESTATED, run, -np.inf).max())
                cell = unit, place, change.month // 12
                odds[cell] = max(odds[cell], best)
    return odds


def _proved_twice(panel: Panel) -> Floats:
    """Hold files that stand for several months of a year against last month's attached once more by mistake."""
    odds = np.full(panel.size, np.nan)
    for place, one in enumerate(panel.indicators):
        if one.evidence != "own":
            continue
        for unit, year in np.ndindex(panel.size[0], panel.size[2]):
            files = list(panel.records.evidence[unit, place, year * 12 : year * 12 + 12])
            again = sum(bool(file) and file in files[:month] for month, file in enumerate(files))
            next_to = sum(bool(file) and file == files[month] for month, file in enumerate(files[1:]))
            odds[unit, place, year] = -np.log(SAME_FILE) * next_to - np.log(HARDLY) * (again - next_to)
    return odds


def _entered_late(panel: Panel) -> Floats:
    """Hold late entries against the clerk's own share of them; when everything of a unit is late says nothing."""
    entered, deadline = panel.records.entered, panel.records.deadline
    known = entered >= 0
    days = np.where(known, np.ceil((entered - deadline[None]) / DAY), 0).astype(int).clip(0)
    together = ((days > 0).sum(1) > COMMON * np.maximum(known.sum(1), 1))[:, None]
    told = known & ~together
    late = ((days > 0) & told).sum((1, 2), keepdims=True)
    habit = (late + LATE_CLERKS[0]) / (told.sum((1, 2), keepdims=True) + sum(LATE_CLERKS))
    evening = (entered - deadline[None] <= DAY / 8) & (days == 1)
    honest = habit * np.where(evening, 0.5, 0.5 * 0.7 * 0.3 ** (days - 1.0))
    found = []
    for how in Strength:
        (low, high), (first, most) = DAYS_LATE[how], MONTHS_LATE[how]
        share = (first + most) / 24
        deed = np.where((days >= low) & (days <= high), 0.85 / (high - low + 1), _much(days))
        gain = np.where(days > 0, np.log(1 - share + share * deed / np.maximum(honest, HARDLY)), np.log(1 - share))
        found.append(np.where(told, gain, 0.0).reshape(*panel.size, 12).sum(-1))
    return np.asarray(np.logaddexp.reduce(found) - np.log(len(found)))


def _much(days: NDArray[np.int64]) -> Floats:
    """Spread what is entered in one evening for many months over as many days as a year has."""
    return np.where(days > 0, 0.15 / 365, 0.0)
