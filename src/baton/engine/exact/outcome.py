"""What becomes of one leaf of one unit in one period: points, or the policy that covers what is missing."""

from decimal import Decimal
from enum import Enum, auto

from baton.engine.exact.figures import Figures
from baton.engine.exact.leaf import exact_case, exact_points, exact_target, rounded
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.statistic import Statistic
from baton.engine.terms import Missing, ZeroDenominator

_ALONE = Statistic()


class Verdict(Enum):
    """Why there are no points of its own: left out, waiting for peers' mean, nothing covers the case, or too many."""

    EXCLUDED = auto()
    PEERS = auto()
    REQUIRED = auto()
    ZERO = auto()
    NEGATIVE = auto()
    LARGE = auto()


def decide(
    plan: Plan, leaf: Leaf, at: int, figures: Figures, statistic: Statistic = _ALONE, rank: Decimal = Decimal(0)
) -> int | Verdict:
    """Points in quanta by the rule or by a policy, or why there are none."""
    target = None if figures.t is None else exact_target(leaf, at, figures.t)
    if not figures.zero and (figures.x is None or (leaf.wants_target and target is None)):
        return _missing(plan, leaf, figures)
    if figures.zero or (leaf.divides and target == 0):
        return _zero(plan, leaf, figures)
    if leaf.divides and target is not None and target < 0:
        return Verdict.NEGATIVE
    equal = leaf.rule.equal_share()
    if statistic.equal and equal is not None:
        return rounded(plan, leaf, equal * leaf.points)
    both = figures.numerator is not None and figures.denominator is not None
    sides = (figures.numerator, figures.denominator) if both else (None, None)
    return exact_points(plan, leaf, exact_case(leaf, at, figures.x or 0, figures.t, statistic, rank, *sides))


def _missing(plan: Plan, leaf: Leaf, figures: Figures) -> int | Verdict:
    policy = Missing.EXCLUDE if figures.idle else leaf.indicator.missing
    answers: dict[Missing, int | Verdict] = {
        Missing.EXCLUDE: Verdict.EXCLUDED,
        Missing.LAST_KNOWN: Verdict.EXCLUDED,
        Missing.ZERO: 0,
        Missing.FULL: rounded(plan, leaf, leaf.points),
        Missing.PEER_MEAN: Verdict.PEERS,
    }
    return answers.get(policy, Verdict.REQUIRED)


def _zero(plan: Plan, leaf: Leaf, figures: Figures) -> int | Verdict:
    full = rounded(plan, leaf, leaf.points)
    naught = figures.x == 0 if figures.x is not None else figures.numerator == 0
    answers: dict[ZeroDenominator, int | Verdict] = {
        ZeroDenominator.FULL: full,
        ZeroDenominator.ZERO: 0,
        ZeroDenominator.EXCLUDE: Verdict.EXCLUDED,
        ZeroDenominator.FULL_IF_ZERO: full if naught else 0,
    }
    return answers.get(leaf.indicator.zero_denominator, Verdict.ZERO)
