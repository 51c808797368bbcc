"""What decides a row: its formula, or the policy for a gap, a zero denominator or equal units; and what it leaves.

Where a thing cannot be, no column is computed for it: `Facts` says what can.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import narwhals as nw

from baton.engine.flags import Happened
from baton.engine.steps.keys import whole
from baton.engine.steps.parameters import MISSING, ZERO
from baton.engine.terms import Missing, ZeroDenominator

FORMULA, FULL, NOTHING, EXCLUDE, PEERS, EQUAL, STOP_MISSING, STOP_ZERO, STOP_NEGATIVE, STOP_LARGE = range(10)
ASSUMED = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the values beforehand.

    gaps: some value is missing. quotients: some leaf divides figures. targets: some leaf asks for a target. early:
    some figure is preliminary. compared: some leaf is compared with its group.
    """

    gaps: bool
    quotients: bool
    targets: bool
    early: bool
    compared: bool


def state(facts: Facts) -> nw.Expr:
    """Give what decides a row, as a number."""
    cases = [(gap(facts), _by_missing()), (_naught(facts), _by_zero())]
    if facts.targets:
        cases.append((nw.col("divides") & (nw.col("target") < 0.0), nw.lit(STOP_NEGATIVE)))
    if facts.compared:
        cases.append((nw.col("equal") & ~nw.col("equal_points").is_null(), nw.lit(EQUAL)))
    chosen: nw.Expr = nw.lit(FORMULA)
    for when, then in reversed(cases):
        if when is not None:
            chosen = nw.when(when).then(then).otherwise(chosen)
    return chosen


def gap(facts: Facts) -> nw.Expr | None:
    """Where the value or a wanted target is missing; None: nowhere."""
    missing = nw.col("x").is_null()
    if facts.quotients:
        missing = missing & (nw.col("zero_value") == 0)
    if not facts.targets:
        return missing if facts.gaps else None
    no_target = nw.col("needs_target") & nw.col("target").is_null()
    if facts.quotients:
        no_target = no_target & (nw.col("zero_value") == 0)
    return missing | no_target if facts.gaps else no_target


def _naught(facts: Facts) -> nw.Expr | None:
    """Where a target or another denominator is zero; None: nowhere."""
    target = nw.col("divides") & (nw.col("target") == 0.0)
    quotient = nw.col("zero_value") == 1
    if facts.targets and facts.quotients:
        return quotient | target
    if facts.quotients:
        return quotient
    return target if facts.targets else None


def _by_missing() -> nw.Expr:
    """The state of a gap; where no figure is due yet the leaf is left out."""
    policy = nw.col("missing")
    return (
        nw.when((policy == MISSING[Missing.EXCLUDE]) | (nw.col("idle") == 1))
        .then(nw.lit(EXCLUDE))
        .when(policy == MISSING[Missing.ZERO])
        .then(nw.lit(NOTHING))
        .when(policy == MISSING[Missing.FULL])
        .then(nw.lit(FULL))
        .when(policy == MISSING[Missing.PEER_MEAN])
        .then(nw.lit(PEERS))
        .when(policy == MISSING[Missing.LAST_KNOWN])
        .then(nw.lit(EXCLUDE))
        .otherwise(nw.lit(STOP_MISSING))
    )


def _by_zero() -> nw.Expr:
    """The state of a zero denominator."""
    policy, x = nw.col("zero"), nw.col("x")
    naught = (x == 0.0) | (x.is_null() & (nw.col("numerator") == 0.0))
    return (
        nw.when(policy == ZERO[ZeroDenominator.FULL])
        .then(nw.lit(FULL))
        .when(policy == ZERO[ZeroDenominator.ZERO])
        .then(nw.lit(NOTHING))
        .when(policy == ZERO[ZeroDenominator.EXCLUDE])
        .then(nw.lit(EXCLUDE))
        .when((policy == ZERO[ZeroDenominator.FULL_IF_ZERO]) & naught)
        .then(nw.lit(FULL))
        .when(policy == ZERO[ZeroDenominator.FULL_IF_ZERO])
        .then(nw.lit(NOTHING))
        .otherwise(nw.lit(STOP_ZERO))
    )


def flags(facts: Facts, below: nw.Expr, above: nw.Expr) -> nw.Expr:
    """Give the bits of everything that happened; `below` and `above`: beyond the bounds."""
    bits = (nw.when(when).then(whole(int(flag))).otherwise(whole(0)) for when, flag in _marks(facts, below, above))
    return reduce(lambda one, other: one + other, bits)


def _marks(facts: Facts, below: nw.Expr, above: nw.Expr) -> Iterator[tuple[nw.Expr, Happened]]:
    decided = nw.col("state")
    yield above, Happened.CAPPED
    yield below, Happened.FLOORED
    missing, naught = gap(facts), _naught(facts)
    if missing is not None or naught is not None:
        yield decided == EXCLUDE, Happened.EXCLUDED
        yield decided == NOTHING, Happened.COUNTED_ZERO
        yield decided == FULL, Happened.COUNTED_FULL
    if missing is not None:
        known = missing & (nw.col("few") == 0) if facts.quotients else missing
        yield known & (nw.col("idle") == 0), Happened.MISSING
        yield known & (nw.col("idle") == 1), Happened.NOT_DUE
    if naught is not None:
        yield naught, Happened.ZERO_DENOMINATOR
    if facts.gaps:
        yield nw.col("known") == 1, Happened.LAST_KNOWN
        yield nw.col("known") == ASSUMED, Happened.ASSUMED
    if facts.quotients:
        yield nw.col("few") == 1, Happened.TOO_FEW_VALID
    if facts.early:
        yield nw.col("early") == 1, Happened.PRELIMINARY
    if facts.compared:
        yield decided == EQUAL, Happened.ALL_EQUAL
        alone = (nw.col("count") == 1.0) & ~nw.col("equal_points").is_null() & ~nw.col("x").is_null()
        yield alone, Happened.ONE_UNIT
