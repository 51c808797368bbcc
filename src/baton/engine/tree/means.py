"""The means a node can take of its children's shares, exact until the one rounding at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from baton.engine.quantum import half_up, quantise_exact

_PRECISION = 50


@dataclass(frozen=True, slots=True)
class Child:
    """A child with a score: share of its full mark (any sign), its weight (more than 0), and which one it is."""

    share: Fraction
    weight: Fraction
    code: str = ""


def arithmetic(children: Sequence[Child]) -> Fraction:
    """Weighted arithmetic mean of shares."""
    weights = sum((child.weight for child in children), Fraction(0))
    return sum((child.weight * child.share for child in children), Fraction(0)) / weights


def geometric(children: Sequence[Child], full: Fraction, quanta: int) -> int:
    """Full x prod(share^(w / sum w)) in quanta; 0 if a share is not positive (COINr refuses, UNDP has none)."""
    if any(child.share <= 0 for child in children):
        return 0
    weights = sum((child.weight for child in children), Fraction(0))
    with localcontext() as context:
        context.prec = _PRECISION
        logs = sum((_decimal(c.weight / weights) * _decimal(c.share).ln() for c in children), Decimal(0))
        return quantise_exact(logs.exp() * _decimal(full) * quanta)


def harmonic(children: Sequence[Child]) -> Fraction:
    """Weighted harmonic mean of shares; 0 if a share is not positive."""
    if any(child.share <= 0 for child in children):
        return Fraction(0)
    weights = sum((child.weight for child in children), Fraction(0))
    return weights / sum((child.weight / child.share for child in children), Fraction(0))


def minimum_penalised(children: Sequence[Child], penalty: Fraction) -> Fraction:
    """(1 - p) x arithmetic mean + p x smallest share."""
    return (1 - penalty) * arithmetic(children) + penalty * min(child.share for child in children)


def rounded(share: Fraction, full: Fraction, quanta: int) -> int:
    """A share of the full mark in quanta, half up."""
    return half_up(share * full * quanta)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
