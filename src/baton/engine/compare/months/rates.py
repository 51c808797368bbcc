"""What moved a leaf's share of its full marks: own figures, peers, or the rule, each as before or as after.

Scored by the rule's exact form. What both ends are is known from the rows. Where points depend on more than is kept
(the two sides of a quotient, figures that were treated) a state is only believed if the same calculation gives these
ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from baton.engine.compare.months.kept import PLACES, KeptLeaf, KeptMonth, decimals_of, figures
from baton.engine.exact.leaf import compares
from baton.engine.exact.panel import LeafPlace
from baton.engine.scheme.indicators import Indicator

type Shares = tuple[Fraction, Fraction, Fraction]
"""What own figures, peers and the rule moved."""
type Key = tuple[str, str, str]
"""Group, indicator and part."""

_WEIGHTS = frozenset({"parent", "points", "full", "units", "decimals_of_points"})
"""Fields of an indicator that say how much it counts; all others are its rule."""
_NOTHING, _HALF = Fraction(0), Fraction(1, 2)


def rate_of(one: KeptLeaf) -> Fraction:
    """Give a leaf's share of its full marks."""
    return Fraction(one.points or 0, one.full) if one.full else _NOTHING


@dataclass
class Rates:
    """Shares of full marks between two months. A unit is only compared with the others of its group and month."""

    sides: Sequence[KeptMonth]
    _known: dict[tuple[Key, Key], tuple[bool, bool]] = field(default_factory=dict)
    _places: dict[tuple[int, Key], LeafPlace] = field(default_factory=dict)
    _sure: dict[tuple[int, Key], bool] = field(default_factory=dict)
    _scales: dict[tuple[str, ...], int] = field(default_factory=dict)

    def alone(self, one: KeptLeaf, other: KeptLeaf) -> bool:
        """Whether a leaf depends on nothing but the unit's own figures, by the same rule on both sides."""
        keys = (one.group, one.indicator, one.part), (other.group, other.indicator, other.part)
        same_rule, comparing = self._ways(keys)
        return same_rule and not comparing

    def moved(self, one: KeptLeaf, other: KeptLeaf) -> tuple[Shares, bool]:
        """Say what moved a leaf's rate, and whether that could be told apart where several things differ.

        The factors are replaced one after the other and in the reverse order; each has the mean of both.
        """
        whole = rate_of(other) - rate_of(one)
        keys = (one.group, one.indicator, one.part), (other.group, other.indicator, other.part)
        same_rule, comparing = self._ways(keys)
        own_differ = (one.value, one.target) != (other.value, other.target)
        if same_rule and not comparing:
            return (whole, _NOTHING, _NOTHING), True
        if same_rule and not own_differ:
            return (_NOTHING, whole, _NOTHING), True
        if not own_differ and not comparing:
            return (_NOTHING, _NOTHING, whole), True
        found = self._apart(keys, (one, other), same_rule)
        if found is None:
            return ((whole, _NOTHING, _NOTHING) if own_differ else (_NOTHING, _NOTHING, whole)), False
        return found, True

    def _ways(self, keys: tuple[Key, Key]) -> tuple[bool, bool]:
        """Say whether the rule is the same on both sides, and whether one of the two compares units."""
        found = self._known.get(keys)
        if found is None:
            leaves = [self.sides[side].plan_leaves[key] for side, key in enumerate(keys)]
            same = _way_of(leaves[0].indicator) == _way_of(leaves[1].indicator)
            found = self._known[keys] = same, any(compares(leaf) for leaf in leaves)
        return found

    def _apart(self, keys: Sequence[Key], rows: Sequence[KeptLeaf], same_rule: bool) -> Shares | None:
        before, after = rate_of(rows[0]), rate_of(rows[1])
        sure = self._known_by_value(0, keys[0]) and self._known_by_value(1, keys[1])
        if not sure and [self._end(side, keys[side], rows[side]) for side in (0, 1)] != [before, after]:
            return None
        own = self._rate(keys, rows, (1, 0, 0))
        rest = self._rate(keys, rows, (0, 1, 1))
        both = after if same_rule else self._rate(keys, rows, (1, 1, 0))
        rule = before if same_rule else self._rate(keys, rows, (0, 0, 1))
        if own is None or rest is None or both is None or rule is None:
            return None
        return (
            (own - before + after - rest) * _HALF,
            (both - own + rest - rule) * _HALF,
            (after - both + rule - before) * _HALF,
        )

    def _known_by_value(self, side: int, key: Key) -> bool:
        """Whether points of a leaf follow from value, target and the values of the others."""
        found = self._sure.get((side, key))
        if found is None:
            leaf = self.sides[side].plan_leaves[key]
            found = not (leaf.derived or leaf.rule.feeds() or self.sides[side].plan.scheme.treatment)
            self._sure[side, key] = found
        return found

    def _end(self, side: int, key: Key, row: KeptLeaf) -> Fraction | None:
        place = self._place(side, key)
        number = self._numbers[side, key][row.unit]
        return _rate(self.sides[side], row, place.outcome(number, place.found[number]))

    def _rate(self, keys: Sequence[Key], rows: Sequence[KeptLeaf], state: tuple[int, int, int]) -> Fraction | None:
        """Give the rate where own figures, peers and rule come from these sides."""
        own, peers, rule = state
        place, numbers = self._place(peers, keys[peers]), self._numbers[peers, keys[peers]]
        leaf = self._place(rule, keys[rule]).leaf
        number = numbers[rows[peers].unit]
        mine = self._place(own, keys[own]).found[self._numbers[own, keys[own]][rows[own].unit]]
        found = {**place.found, number: mine}
        month = self.sides[rule]
        among = LeafPlace(month.plan, leaf, self.sides[own].at, found)
        return _rate(month, rows[rule], among.outcome(number, mine))

    @cached_property
    def _numbers(self) -> dict[tuple[int, Key], dict[str, int]]:
        return {
            (side, key): {unit: number for number, unit in enumerate(rows)}
            for side, month in enumerate(self.sides)
            for key, rows in month.places.items()
        }

    def _place(self, side: int, key: Key) -> LeafPlace:
        """Give a leaf among the units of its group, with figures at one scale for both months."""
        found = self._places.get((side, key))
        if found is None:
            month, numbers = self.sides[side], self._numbers[side, key]
            leaf = replace(month.plan_leaves[key], decimals=self._scale(key[1:]))
            rows = month.places[key]
            there = {numbers[unit]: figures(row, leaf.decimals) for unit, row in rows.items()}
            found = self._places[side, key] = LeafPlace(month.plan, leaf, month.at, there)
        return found

    def _scale(self, spot: tuple[str, ...]) -> int:
        found = self._scales.get(spot)
        if found is None:
            of_leaf = [
                (month.plan_leaves[key].decimals, rows)
                for month in self.sides
                for key, rows in month.places.items()
                if key[1:] == spot
            ]
            asked = [max(map(decimals_of, rows.values())) for _, rows in of_leaf]
            found = self._scales[spot] = max(*asked, *(decimals for decimals, _ in of_leaf))
        return found


def _rate(month: KeptMonth, row: KeptLeaf, points: object) -> Fraction | None:
    """Give points in quanta of a scheme as a share of the full marks; None where the rule gave none of its own."""
    if not isinstance(points, int) or not row.full:
        return None
    return Fraction(points * 10 ** (PLACES - month.plan.scheme.decimals), row.full)


def _way_of(one: Indicator) -> Mapping[str, object]:
    return {name: getattr(one, name) for name in type(one).model_fields if name not in _WEIGHTS}
