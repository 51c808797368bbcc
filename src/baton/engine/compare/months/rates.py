"""What moved a leaf's share of its full marks: own figures, peers, or the rule, each as before or as after.

Scored by the rule's exact form. What both ends are is known from the rows. Where points depend on more than is kept
(the two sides of a quotient, figures that were treated) a state is only believed if the same calculation gives these
ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from baton.engine.compare.months.kept import PLACES, KeptLeaf, KeptMonth, decimals_of, figures
from baton.engine.exact.leaf import compares
from baton.engine.exact.panel import LeafPlace
from baton.engine.scheme.indicators import Indicator

type Shares = tuple[int, int, int]
"""What own figures, peers and the rule moved, over twice the denominator of `rates_of`."""
type Key = tuple[str, str, str]
"""Group, indicator and part."""

_WEIGHTS = frozenset({"parent", "points", "full", "units", "decimals_of_points"})
"""Fields of an indicator that say how much it counts; all others are its rule."""


def rates_of(one: KeptLeaf, other: KeptLeaf) -> tuple[int, int, int]:
    """Give a leaf's shares of its full marks on both sides, as numerators of one denominator, which comes last."""
    before, after = (row.points or 0 if row.full else 0 for row in (one, other))
    full, later = one.full or 1, other.full or 1
    return (before, after, full) if full == later else (before * later, after * full, full * later)


@dataclass
class Rates:
    """Shares of full marks between two months. A unit is only compared with the others of its group and month."""

    sides: Sequence[KeptMonth]
    _known: dict[tuple[Key, Key], tuple[bool, bool]] = field(default_factory=dict)
    _places: dict[tuple[int, Key], LeafPlace] = field(default_factory=dict)
    _mixed: dict[tuple[tuple[int, Key], tuple[int, Key]], LeafPlace] = field(default_factory=dict)
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
        before, after, _ = rates_of(one, other)
        whole = 2 * (after - before)
        keys = (one.group, one.indicator, one.part), (other.group, other.indicator, other.part)
        same_rule, comparing = self._ways(keys)
        own_differ = (one.value, one.target) != (other.value, other.target)
        if same_rule and not comparing:
            return (whole, 0, 0), True
        if same_rule and not own_differ:
            return (0, whole, 0), True
        if not own_differ and not comparing:
            return (0, 0, whole), True
        found = self._apart(keys, (one, other), same_rule)
        if found is None:
            return ((whole, 0, 0) if own_differ else (0, 0, whole)), False
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
        sure = self._known_by_value(0, keys[0]) and self._known_by_value(1, keys[1])
        if not sure and any(self._end(side, keys[side], row) != (row.points or 0) for side, row in enumerate(rows)):
            return None
        before, after, base = rates_of(*rows)
        finer = base // (rows[0].full or 1), base // (rows[1].full or 1)
        found = [self._points(keys, rows, state) for state in ((1, 0, 0), (0, 1, 1))]
        if not same_rule:
            found += [self._points(keys, rows, state) for state in ((1, 1, 0), (0, 0, 1))]
        known = [points * finer[number % 2] for number, points in enumerate(found) if points is not None]
        if len(known) < len(found):
            return None
        own, rest, both, rule = known if not same_rule else (*known, after, before)
        return own - before + after - rest, both - own + rest - rule, after - both + rule - before

    def _known_by_value(self, side: int, key: Key) -> bool:
        """Whether points of a leaf follow from value, target and the values of the others."""
        found = self._sure.get((side, key))
        if found is None:
            leaf = self.sides[side].plan_leaves[key]
            found = not (leaf.derived or leaf.rule.feeds() or self.sides[side].plan.scheme.treatment)
            self._sure[side, key] = found
        return found

    def _end(self, side: int, key: Key, row: KeptLeaf) -> int | None:
        place = self._place(side, key)
        number = self._numbers[side, key][row.unit]
        return _points(self.sides[side], row, place.outcome(number, place.found[number]))

    def _points(self, keys: Sequence[Key], rows: Sequence[KeptLeaf], state: tuple[int, int, int]) -> int | None:
        """Give the points where own figures, peers and rule come from these sides."""
        own, peers, rule = state
        number = self._numbers[peers, keys[peers]][rows[peers].unit]
        mine = self._place(own, keys[own]).found[self._numbers[own, keys[own]][rows[own].unit]]
        among = self._among((peers, keys[peers]), (rule, keys[rule]))
        return _points(self.sides[rule], rows[rule], among.outcome_with(number, mine, self.sides[own].at))

    def _among(self, peers: tuple[int, Key], rule: tuple[int, Key]) -> LeafPlace:
        """Give the figures of one side under the rule of one."""
        found = self._mixed.get((peers, rule))
        if found is None:
            place, leaf = self._place(*peers), self._place(*rule).leaf
            month = self.sides[rule[0]]
            found = self._mixed[peers, rule] = LeafPlace(month.plan, leaf, self.sides[peers[0]].at, place.found)
        return found

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


def _points(month: KeptMonth, row: KeptLeaf, points: object) -> int | None:
    """Give points in quanta of a scheme as rows have them; None where the rule gave none of its own."""
    if not isinstance(points, int) or not row.full:
        return None
    return int(points * 10 ** (PLACES - month.plan.scheme.decimals))


def _way_of(one: Indicator) -> Mapping[str, object]:
    return {name: getattr(one, name) for name in type(one).model_fields if name not in _WEIGHTS}
