"""Every unit's change between two months: by leaf, and by what it came from, without remainder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.engine.compare.months.kept import PLACES, REST, KeptLeaf, KeptMonth
from baton.engine.compare.months.rates import Rates, rates_of
from baton.engine.quantum import to_points

type Quotient = tuple[int, int]
"""Numerator and denominator."""
type Parts = tuple[tuple[int, ...], int, bool]
"""What each factor moved, as numerators of one positive denominator; whether they could be told apart."""

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
        parts, of, apart = _parts(rates, rows, gave)
        shares = tuple(to_points(part, decimals) if part else nothing for part in _whole(gave[1] - gave[0], parts, of))
        yield MonthPiece(*spot, before, after, shares, apart, *rows)


def _whole(total: int, parts: Sequence[int], of: int) -> list[int]:
    """Round quotients of one denominator so that they add up to a total (largest remainders, ties in their order)."""
    found = [part // of for part in parts]
    left = total - sum(found)
    for number in sorted(range(len(parts)), key=lambda number: -(parts[number] % of))[:left]:
        found[number] += 1
    return found


def _by_itself(rates: Rates, rows: tuple[KeptLeaf | None, KeptLeaf | None], gave: tuple[int, int]) -> bool:
    """Whether a leaf moved by the unit's own figures alone: the rule looks at nobody else, the weight is the same."""
    one, other = rows
    if one is None or other is None or not one.points or not other.points or not rates.alone(one, other):
        return False
    weights = gave[0] * one.full / one.points, gave[1] * other.full / other.points
    return abs(weights[1] - weights[0]) * max(abs(one.points) / one.full, abs(other.points) / other.full) < _ROUNDED


def _parts(rates: Rates, rows: tuple[KeptLeaf | None, KeptLeaf | None], gave: tuple[int, int]) -> Parts:
    """Give what figures, peers, rule and weight moved."""
    whole = gave[1] - gave[0]
    one, other = rows
    if one is None or other is None:
        return (0, 0, 0, whole), 1, True
    if one.points is None or other.points is None:
        lacks = not one.value or not other.value
        return ((whole, 0, 0, 0) if lacks else (0, 0, 0, whole)), 1, True
    weights = _weights((one, other), gave)
    if weights is None:
        return (0, 0, 0, whole), 1, True
    moved, apart = rates.moved(one, other)
    (first, under), (second, below) = weights
    before, after, full = rates_of(one, other)
    if before == after:
        share, of = first * below + second * under, 4 * full * under * below
        return _signed((*(part * share for part in moved), whole * of), of, apart)
    weight, of = (before + after) * (second * under - first * below), 2 * full * under * below
    if abs(weight) <= _ROUNDED * abs(of):
        weight = 0
    over = 2 * (after - before)
    return _signed((*(part * (whole * of - weight) for part in moved), weight * over), of * over, apart)


def _signed(parts: tuple[int, ...], of: int, apart: bool) -> Parts:
    return (parts, of, apart) if of > 0 else (tuple(-part for part in parts), -of, apart)


def _weights(rows: tuple[KeptLeaf, KeptLeaf], gave: tuple[int, int]) -> tuple[Quotient, Quotient] | None:
    """Give what full marks would give on each side. Without points on one side it is the other's, by full marks."""
    (one, other), (before, after) = rows, gave
    known: list[Quotient | None] = [
        (own * row.full, row.points) if row.points and row.full else None for own, row in zip(gave, rows, strict=True)
    ]
    if known[0] is None and known[1] is not None and other.full and not before:
        known[0] = known[1][0] * one.full, known[1][1] * other.full
    if known[1] is None and known[0] is not None and one.full and not after:
        known[1] = known[0][0] * other.full, known[0][1] * one.full
    return None if known[0] is None or known[1] is None else (known[0], known[1])
