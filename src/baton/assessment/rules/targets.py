"""Policy of yearly targets: whose turn it is, what is worth checking, whether all together make the county's."""

import math
from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum

from baton.assessment.choices import Adding, Stretched, TargetState
from baton.engine.integrity.asked import Asked, Stretch

FEWEST_PEERS = 5
"""Of fewer units nothing is told in the middle: one could be read off it (a small group is not shown)."""
_FAINTEST = 1e-30


class Turn(StrEnum):
    """Who has to say something about a target next."""

    UNIT = "unit"
    DEPARTMENT = "department"
    OFFICE = "office"


TURN = {
    TargetState.OPEN: Turn.UNIT,
    TargetState.PROPOSED: Turn.DEPARTMENT,
    TargetState.COUNTERED: Turn.UNIT,
    TargetState.AGREED: Turn.OFFICE,
}
"""A fixed target is nobody's turn."""
_KINDS = {Stretch.LOW: Stretched.LOW, Stretch.OUT_OF_REACH: Stretched.FAR}


def worth_checking(asked: Asked) -> tuple[Stretched, float] | None:
    """Say what the chance of reaching a number makes worth checking, and how strongly; None: nothing.

    Strength is the number of zeros in the chance of missing it (too low) or of reaching it (out of reach).
    """
    kind = _KINDS.get(asked.stretch)
    if kind is None:
        return None
    rare = 1 - asked.chance if kind is Stretched.LOW else asked.chance
    return kind, -math.log10(max(rare, _FAINTEST))


def farther_out(kind: Stretched, before: float, now: float, higher: bool) -> bool:
    """Whether another number lies farther out than the one for which something was worth checking."""
    asks_less = now < before if higher else now > before
    return now != before and asks_less is (kind is Stretched.LOW)


def whole_of(values: Collection[Decimal], adding: Adding) -> Decimal | None:
    """Make one number of the units' targets: their sum, or their mean where the indicator is a rate; None: none yet."""
    if not values:
        return None
    total = sum(values, Decimal(0))
    return total if adding is Adding.SUM else total / len(values)


def reaches(whole: Decimal, own: Decimal, higher: bool) -> bool:
    """Whether the units' targets together reach the county's own; `higher`: whether more is better."""
    return whole >= own if higher else whole <= own


def gap_of(whole: Decimal, own: Decimal, higher: bool) -> Decimal:
    """Give what is lacking to the county's own target; nothing where it is reached."""
    return max(own - whole if higher else whole - own, Decimal(0))


def below_trend(target: float, expected: float, higher: bool) -> bool:
    """Whether a target asks less of a unit than its own course lets expect."""
    return target < expected if higher else target > expected


def suggested(measure: str, rate: bool) -> Adding:
    """Suggest how targets make the county's; the office says. A unit of measure with a stroke is a quotient."""
    return Adding.MEAN if rate or "/" in measure or "／" in measure else Adding.SUM


def done_share(actual: float | None, target: float | None) -> float | None:
    """Give how much of a target was reached; None where one of both is not known or the target is nothing."""
    return None if actual is None or not target else actual / target
