"""Every unit's change between two months: by leaf, and by what it came from, without remainder."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from baton.engine.compare.months.kept import FACTORS, PLACES, REST, KeptLeaf, KeptMonth
from baton.engine.compare.months.rates import Rates, rate_of
from baton.engine.explain.contributions import largest_remainder
from baton.engine.quantum import to_points

_HALF = Fraction(1, 2)
_ROUNDED = 2
"""Quanta by which roundings may move what a leaf weighs; they are nobody's weight."""


@dataclass(frozen=True, slots=True)
class MonthPiece:
    """What a leaf gave to a unit's score before and after (points), and what of the difference each factor gave.

    `parts` are as `FACTORS`. `apart`: whether they could be told apart. `one`, `other`: the rows; None where a side
    does not have it. Without an indicator: what no leaf carries.
    """

    indicator: str
    part: str
    before: Decimal
    after: Decimal
    parts: tuple[Decimal, ...]
    apart: bool
    one: KeptLeaf | None
    other: KeptLeaf | None

    @property
    def difference(self) -> Decimal:
        """After minus before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """A unit that has a score in both months. The parts of all pieces add up to the difference."""

    unit: str
    group: str
    before: Decimal
    after: Decimal
    pieces: tuple[MonthPiece, ...]

    @property
    def difference(self) -> Decimal:
        """Score after minus score before."""
        return self.after - self.before

    @property
    def parts(self) -> tuple[Decimal, ...]:
        """What each factor gave, as `FACTORS`."""
        columns = zip(*(piece.parts for piece in self.pieces), strict=True)
        return tuple(sum(column, Decimal(0)) for column in columns)


@dataclass(frozen=True, slots=True)
class MonthChange:
    """Units as the month after has them; `left_out`: those that lack a score on one side."""

    units: tuple[UnitMonth, ...]
    left_out: tuple[str, ...]


def month_change(before: KeptMonth, after: KeptMonth, only: str = "") -> MonthChange:
    """Take every unit's change of score apart: its own figures, its peers, the rules, the weights. `only`: of one unit.

    What a leaf gives is its rate (share of full marks) times its weight, which is what full marks would give. The
    weight part is the change of weight at the mean rate, the rest the change of rate at the mean weight; that rate's
    change is taken apart by replacing figures, peers and rule in this order and in the reverse one. All in
    whole quanta of the finer scheme, so that the parts add up. Nothing is scored again but the leaves whose rule
    compares units.
    """
    rates = Rates((before, after))
    decimals = max(side.plan.scheme.decimals for side in rates.sides)
    both = [unit for unit in after.units if unit in before.units and only in ("", unit)]
    scored = [unit for unit in both if unit in before.scores and unit in after.scores]
    units = tuple(_unit(rates, unit, decimals) for unit in scored)
    return MonthChange(units, tuple(unit for unit in both if unit not in scored))


def _unit(rates: Rates, unit: str, decimals: int) -> UnitMonth:
    group = next(iter(rates.sides[1].units[unit].values())).group
    scores = [to_points(side.scores[unit] // 10 ** (PLACES - decimals), decimals) for side in rates.sides]
    return UnitMonth(unit, group, scores[0], scores[1], tuple(_pieces(rates, unit, decimals)))


def _pieces(rates: Rates, unit: str, decimals: int) -> Iterator[MonthPiece]:
    one, other = rates.sides
    nothing = to_points(0, decimals)
    given = one.contributions(unit, decimals), other.contributions(unit, decimals)
    for spot in dict.fromkeys((*given[1], *given[0])):
        rows = one.units[unit].get(spot), other.units[unit].get(spot)
        gave = given[0].get(spot, 0), given[1].get(spot, 0)
        if spot == REST and not any(gave):
            continue
        before, after = (to_points(number, decimals) for number in gave)
        if _by_itself(rates, rows, gave):
            yield MonthPiece(*spot, before, after, (after - before, nothing, nothing, nothing), True, *rows)
            continue
        parts, apart = _parts(rates, rows, gave)
        whole = largest_remainder(gave[1] - gave[0], dict(enumerate(parts)))
        shares = tuple(to_points(whole[number], decimals) for number in range(len(FACTORS)))
        yield MonthPiece(*spot, before, after, shares, apart, *rows)


def _by_itself(rates: Rates, rows: tuple[KeptLeaf | None, KeptLeaf | None], gave: tuple[int, int]) -> bool:
    """Whether a leaf moved by the unit's own figures alone: the rule looks at nobody else, the weight is the same."""
    one, other = rows
    if one is None or other is None or not one.points or not other.points or not rates.alone(one, other):
        return False
    weights = gave[0] * one.full / one.points, gave[1] * other.full / other.points
    return abs(weights[1] - weights[0]) * max(abs(one.points) / one.full, abs(other.points) / other.full) < _ROUNDED


def _parts(
    rates: Rates, rows: tuple[KeptLeaf | None, KeptLeaf | None], gave: tuple[int, int]
) -> tuple[tuple[Fraction, ...], bool]:
    """Give what figures, peers, rule and weight moved; with whether they could be told apart."""
    whole = Fraction(gave[1] - gave[0])
    nothing = Fraction(0)
    one, other = rows
    if one is None or other is None:
        return (nothing, nothing, nothing, whole), True
    if one.points is None or other.points is None:
        lacks = not one.value or not other.value
        return ((whole, nothing, nothing, nothing) if lacks else (nothing, nothing, nothing, whole)), True
    before, after = rate_of(one), rate_of(other)
    weights = _weights((one, other), (before, after), gave)
    if weights is None:
        return (nothing, nothing, nothing, whole), True
    weight = (before + after) * _HALF * (weights[1] - weights[0])
    if before == after:
        weight = whole
    elif abs(weight) <= _ROUNDED:
        weight = nothing
    moved, apart = rates.moved(one, other)
    share = sum(weights) * _HALF if before == after else (whole - weight) / (after - before)
    return (*(part * share for part in moved), weight), apart


def _weights(
    rows: tuple[KeptLeaf, KeptLeaf], rates: tuple[Fraction, Fraction], gave: tuple[int, int]
) -> tuple[Fraction, Fraction] | None:
    """Give what full marks would give on each side. Without points on one side it is the other's, by full marks."""
    known = [Fraction(own) / rate if rate else None for own, rate in zip(gave, rates, strict=True)]
    if known[0] is None and known[1] is not None and rows[1].full and not gave[0]:
        known[0] = known[1] * Fraction(rows[0].full, rows[1].full)
    if known[1] is None and known[0] is not None and rows[0].full and not gave[1]:
        known[1] = known[0] * Fraction(rows[1].full, rows[0].full)
    return None if known[0] is None or known[1] is None else (known[0], known[1])
