"""What a reader needs to check one leaf by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from baton.engine.explain.line import Line, shown

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Facts:
    """Stored figures of one leaf, in natural units; what the rule does not use is 0.

    w: full points. target: the target of the period (already spread over the year). best, worst: of the group by
    direction, or fixed by the rule. rank: place by value in group and period. sign: +1 more is better, -1 less.
    """

    w: Decimal
    x: Decimal
    points: Decimal
    sign: int = 1
    target: Decimal = _NOTHING
    best: Decimal = _NOTHING
    worst: Decimal = _NOTHING
    mean: Decimal = _NOTHING
    deviation: Decimal = _NOTHING
    count: int = 0
    rank: Decimal = _NOTHING

    def ahead(self, of: Decimal) -> str:
        """Write how far the value is ahead of a number, by direction: `(x - of)` or `(of - x)`."""
        return difference(self.x, of) if self.sign > 0 else difference(of, self.x)


@dataclass(frozen=True, slots=True)
class Check:
    """A calculation that a reader can do again: `expression` in numbers, and what to look up before it."""

    expression: str
    first: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words of a rule depend on beside its options: full points, direction, printed names of figures."""

    w: Decimal
    sign: int = 1
    figures: Mapping[str, str] = field(default_factory=dict)

    def named(self, figure: str) -> str:
        """Give the printed name of a figure, or its code."""
        return self.figures.get(figure, figure)


def signed(number: Decimal) -> str:
    """Write a number so that it can stand anywhere in an expression: a negative one in brackets."""
    return shown(number) if number >= 0 else f"({shown(number).replace('-', '−')})"


def difference(one: Decimal, other: Decimal) -> str:
    """Write `(one − other)`."""
    return f"({signed(one)} − {signed(other)})"
