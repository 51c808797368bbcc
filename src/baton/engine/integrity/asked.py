"""What proposed targets ask of units: growth asked, chance of reaching it, and a word for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from baton.engine.integrity.robust import median
from baton.engine.integrity.stretch import History, outlooks


class Stretch(StrEnum):
    """How far a target stretches a unit, by the chance of reaching it."""

    LOW = "low"
    STEADY = "steady"
    STRETCHING = "stretching"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True)
class StretchSettings:
    """Bounds of the chance of reaching a target: from `low` on it asks too little, below `far` too much.

    `even` parts steady from stretching targets. `share` is the probability of the interval that is told.
    """

    low: float = 0.9
    even: float = 0.5
    far: float = 0.1
    share: float = 0.9


@dataclass(frozen=True)
class Asked:
    """One proposed target: last year's figure, what may be expected, and the chance of reaching the target.

    `low`, `high`: interval of next year's figure. `asked`: target / last - 1; `peers`: the middle of what the group's
    targets ask (both None where the last figure is not positive).
    """

    unit: str
    group: str
    indicator: str
    year: int
    last: float
    target: float
    expected: float
    low: float
    high: float
    chance: float
    asked: float | None
    peers: float | None
    stretch: Stretch


def asked_of(
    histories: Sequence[History],
    targets: Mapping[str, float],
    indicator: str,
    higher: bool = True,
    settings: StretchSettings = StretchSettings(),
) -> tuple[Asked, ...]:
    """Judge the targets of one indicator for the year after the histories, the likeliest to be reached first.

    Units without a target or without last year's figure are left out. Raises `Refused` as `outlooks` does.
    """
    told = outlooks(histories)
    judged = [(told[unit], target) for unit, target in targets.items() if unit in told]
    growth = {one.unit: target / one.last - 1 for one, target in judged if one.last > 0}
    groups: dict[str, list[float]] = {}
    for one, _ in judged:
        if one.unit in growth:
            groups.setdefault(one.group, []).append(growth[one.unit])
    peers = {group: float(median(np.array(values))) for group, values in groups.items()}
    found = []
    for one, target in judged:
        chance = one.chance_of(target, higher)
        low, high = one.interval(settings.share)
        found.append(
            Asked(
                one.unit,
                one.group,
                indicator,
                one.year,
                one.last,
                target,
                one.expected,
                low,
                high,
                chance,
                growth.get(one.unit),
                peers.get(one.group),
                stretch_of(chance, settings),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.chance, one.unit)))


def stretch_of(chance: float, settings: StretchSettings = StretchSettings()) -> Stretch:
    """Give the word for a chance of reaching a target."""
    if chance >= settings.low:
        return Stretch.LOW
    if chance >= settings.even:
        return Stretch.STEADY
    return Stretch.STRETCHING if chance >= settings.far else Stretch.OUT_OF_REACH
