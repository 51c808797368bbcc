"""What a county keeps beside the figures: evidence files, times of entry, and changes of earlier figures."""

from dataclasses import dataclass

import numpy as np
from figures import rounded
from nature import Floats, Indicator, Nature
from numpy.random import Generator
from numpy.typing import NDArray
from rates import CLERKS_AWAY, ENTRY_UNKNOWN, FILES_MISSING, LATE_CLERKS, REVISED_BY, SAME_FILE, TYPED_WRONG
from shocks import Decoy

DAY = 24 * 60
OFFICE_HOURS = 9 * 60
"""Figures are due at 18:00, the end of an office day."""
SLIPS = (0.1, 10.0, 0.91, 1.09)
"""A lost or a doubled digit, two digits the wrong way round: what was typed, over what should have been."""
FIRST_MONTH = np.datetime64("2023-01", "M")
type Minutes = NDArray[np.int64]


@dataclass(frozen=True)
class Change:
    """A figure of `month` that read `before` until month `made`, and `after` from then on."""

    month: int
    before: float
    after: float
    made: int


@dataclass
class Records:
    """evidence (U, I, T): digest of the file; entered (U, I, T), deadline (I, T): minutes since 1970, -1 unknown."""

    evidence: NDArray[np.object_]
    entered: Minutes
    deadline: Minutes
    changes: dict[tuple[int, int], list[Change]]

    def copy(self) -> "Records":
        """Give records that can be changed apart from these."""
        changes = {key: list(found) for key, found in self.changes.items()}
        return Records(self.evidence.copy(), self.entered.copy(), self.deadline.copy(), changes)


def draw_records(
    rng: Generator, reported: Floats, indicators: tuple[Indicator, ...], grain: Floats
) -> tuple[Records, tuple[Decoy, ...]]:
    """Draw the records of an honest county; `reported` is what the archive holds now."""
    deadline = _deadlines(indicators, reported.shape[2])
    entered, decoys = _entries(rng, reported, deadline)
    evidence = _evidence(rng, reported, indicators)
    changes, more = _changes(rng, reported, indicators, grain)
    return Records(evidence, entered, deadline, changes), (*decoys, *more)


def digests(rng: Generator, count: int) -> list[str]:
    """Draw digests of files that nobody has seen before."""
    drawn = rng.bytes(32 * count)
    return [drawn[32 * place : 32 * place + 32].hex() for place in range(count)]


def in_office(rng: Generator, end_of_day: Minutes) -> Minutes:
    """Move times from 18:00 of a day to some minute of its office hours."""
    return end_of_day - rng.integers(5, OFFICE_HOURS, np.shape(end_of_day))


def _deadlines(indicators: tuple[Indicator, ...], months: int) -> Minutes:
    starts = (FIRST_MONTH + np.arange(1, months + 1)).astype("datetime64[m]").astype(np.int64)
    due = np.array([(one.due - 1) * DAY + 18 * 60 for one in indicators])
    return starts[None, :] + due[:, None]


def _entries(rng: Generator, reported: Floats, deadline: Minutes) -> tuple[Minutes, list[Decoy]]:
    """Draw when figures were typed in: mostly in time, by some clerks habitually late, by all when the system fails."""
    units, _, months = reported.shape
    days = rng.gamma(1.6, 0.9, reported.shape).astype(np.int64)
    entered = deadline[None] - days * DAY - rng.integers(5, OFFICE_HOURS, reported.shape)
    late = rng.random(reported.shape) < rng.beta(*LATE_CLERKS, units)[:, None, None]
    evening = deadline[None] + rng.integers(10, 180, reported.shape)
    morning = in_office(rng, deadline[None] + rng.geometric(0.7, reported.shape) * DAY)
    entered = np.where(late, np.where(rng.random(reported.shape) < 0.5, evening, morning), entered)
    decoys = []
    down = int(rng.integers(months))
    again = in_office(rng, deadline[None, :, down] + rng.integers(1, 4, reported.shape[:2]) * DAY)
    entered[:, :, down] = np.maximum(entered[:, :, down], again)
    decoys.append(Decoy("system down", tuple(range(units)), tuple(range(reported.shape[1])), (down,)))
    for unit, month in np.argwhere(rng.random((units, months)) < CLERKS_AWAY):
        away = in_office(rng, deadline[:, month] + int(rng.integers(2, 12)) * DAY)
        entered[unit, :, month] = np.maximum(entered[unit, :, month], away)
        decoys.append(Decoy("clerk away", (int(unit),), tuple(range(reported.shape[1])), (int(month),)))
    entered[np.isnan(reported) | (rng.random(reported.shape) < ENTRY_UNKNOWN)] = -1
    return entered, decoys


def _evidence(rng: Generator, reported: Floats, indicators: tuple[Indicator, ...]) -> NDArray[np.object_]:
    """Draw files: one a month of the unit's own, or one the county hands to everybody, monthly or for the quarter."""
    evidence = np.full(reported.shape, "", dtype=object)
    units, _, months = reported.shape
    for place, one in enumerate(indicators):
        if one.evidence == "own":
            evidence[:, place] = np.array(digests(rng, units * months), dtype=object).reshape(units, months)
            _slip(rng, evidence[:, place])
        elif one.evidence == "bulletin":
            evidence[:, place] = np.array(digests(rng, months), dtype=object)
        elif one.evidence == "quarterly":
            evidence[:, place] = np.repeat(np.array(digests(rng, months // 3), dtype=object), 3)
    evidence[np.isnan(reported) | (rng.random(reported.shape) < FILES_MISSING)] = ""
    return evidence


def _slip(rng: Generator, files: NDArray[np.object_]) -> None:
    """Attach last month's file once more by mistake."""
    for unit, month in np.argwhere(rng.random(files.shape) < SAME_FILE):
        if month:
            files[unit, month] = files[unit, month - 1]


def _changes(
    rng: Generator, reported: Floats, indicators: tuple[Indicator, ...], grain: Floats
) -> tuple[dict[tuple[int, int], list[Change]], list[Decoy]]:
    """Draw honest changes: final after preliminary, a slip of the pen put right, a new method for everybody."""
    units, places, months = reported.shape
    changes: dict[tuple[int, int], list[Change]] = {}
    for place, one in enumerate(indicators):
        final = rng.random((units, months)) < one.revised
        _add(
            rng,
            changes,
            reported,
            place,
            np.exp(rng.normal(0, revision(one), (units, months))),
            final,
            grain[:, place],
            2,
        )
        slips = (rng.random((units, months)) < TYPED_WRONG) & ~final
        slips[:, -3:] = False  # found and put right by the end
        factor = rng.choice(SLIPS, size=(units, months))
        _add(rng, changes, reported, place, factor, slips, grain[:, place], 3)
    place = int(rng.integers(places))
    year = int(rng.integers(max(1, months // 12 - 1)))
    changed = np.zeros((units, months), dtype=bool)
    changed[:, year * 12 : year * 12 + 12] = True
    factor = rng.choice([0.88, 0.93, 1.08, 1.14]) * np.exp(rng.normal(0, 0.01, (units, months)))
    for unit in range(units):
        changes.pop((unit, place), None)
    _add(rng, changes, reported, place, factor, changed, grain[:, place], 12)
    when = tuple(range(year * 12, year * 12 + 12))
    return changes, [Decoy("new method", tuple(range(units)), (place,), when)]


def revision(one: Indicator) -> float:
    """Say how far a final figure is from its preliminary one, relative: what moves slowly is revised by less."""
    if one.nature == Nature.STOCK:
        return 0.2 * one.noise
    if one.nature == Nature.PERCENT:
        return 0.25 * one.noise / one.scale
    return REVISED_BY


def _add(
    rng: Generator,
    changes: dict[tuple[int, int], list[Change]],
    reported: Floats,
    place: int,
    factor: Floats,
    where: NDArray[np.bool_],
    grain: Floats,
    delay: int,
) -> None:
    """Note that these months read otherwise before, up to `delay` months long."""
    for unit, month in np.argwhere(where):
        after = reported[unit, place, month]
        before = float(rounded(np.array(after * factor[unit, month]), grain[unit]))
        if before != after and not np.isnan(after):
            made = int(month) + int(rng.integers(1, delay + 1))
            changes.setdefault((int(unit), place), []).append(Change(int(month), before, float(after), made))
