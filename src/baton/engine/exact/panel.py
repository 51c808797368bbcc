"""Score a small panel in exact decimals: the fourth engine, the oracle of the tests and of `baton verify`."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property

from baton.engine.exact.figures import Figures, Reader
from baton.engine.exact.leaf import PRECISION, compares
from baton.engine.exact.outcome import Verdict, decide
from baton.engine.panel import Observation
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import periods, texts
from baton.engine.plan.statistic import Statistic
from baton.engine.quantum import half_up
from baton.engine.rules import Needs
from baton.engine.steps.sums import most_points
from baton.engine.terms import RankMethod

type Spot = tuple[int, int, int]
_ALONE = Statistic()
_OF_MEANS = Needs.MEAN | Needs.DEVIATION


@dataclass(frozen=True, slots=True)
class Stop:
    """A leaf that no policy covers (unit number, leaf key, period): the calculation must stop and name it."""

    spot: Spot
    verdict: Verdict


@dataclass(frozen=True)
class Leaves:
    """Points in quanta of every unit number, leaf key and period (None: excluded), statistics, and what stops."""

    points: dict[Spot, int | None]
    statistics: dict[tuple[int, int], Statistic]
    stops: list[Stop]


def exact_leaves(plan: Plan, observations: Iterable[Observation]) -> tuple[dict[Spot, int | None], list[Stop]]:
    """Points in quanta of every unit number, leaf key and period (None: excluded), and what stops the calculation."""
    found = score_figures(plan, exact_figures(plan, observations))
    return found.points, found.stops


def exact_figures(plan: Plan, observations: Iterable[Observation]) -> dict[Spot, Figures]:
    """The figures of every unit number, leaf key and period that is scored."""
    known = texts(plan.year)
    reports = {
        (one.unit, one.series, one.figure, known[one.period]): (one.value, one.preliminary)
        for one in observations
        if one.period in known and one.value is not None
    }
    reader = Reader(plan, reports)
    return {
        (n, leaf.key, at): reader.figures(unit.code, leaf, at)
        for leaf in plan.leaves
        for n, unit in enumerate(plan.units)
        if unit.group == leaf.group and (n, leaf.key) not in plan.not_carried
        for at in periods(leaf.frequency)
    }


def score_figures(plan: Plan, figures: Mapping[Spot, Figures], zeroed: Collection[tuple[int, int]] = ()) -> Leaves:
    """Score figures; pairs of unit number and leaf key that are `zeroed` get 0 points and are nobody's peers."""
    by_place: dict[tuple[int, int], dict[int, Figures]] = defaultdict(dict)
    for (unit, key, at), found in figures.items():
        by_place[key, at][unit] = found
    result = Leaves({}, {}, [])
    most = most_points(plan) * 10**plan.scheme.decimals
    for (key, at), found_by_unit in by_place.items():
        place = LeafPlace(plan, plan.by_key[key], at, found_by_unit)
        if place.compares and place.present:
            result.statistics[key, at] = place.statistic
        place.score(result, {unit for unit in found_by_unit if (unit, key) in zeroed}, most)
    return result


class LeafPlace:
    """One leaf in one period over the units of its group: their figures by number of the unit."""

    def __init__(self, plan: Plan, leaf: Leaf, at: int, found: dict[int, Figures]) -> None:
        self.plan, self.leaf, self.at, self.found = plan, leaf, at, found
        self.compares = compares(leaf)
        self.present = {n: f.x for n, f in found.items() if f.x is not None}

    @cached_property
    def statistic(self) -> Statistic:
        """What the units are compared with; empty where the rule does not ask."""
        if not self.present or not self.compares:
            return _ALONE
        values = self.present.values()
        return self._told(len(values), (min(values), max(values)), sum(values), self._squares)

    def score(self, result: Leaves, zeroed: Collection[int], most: Fraction) -> None:
        """Score every unit; units waiting for their peers' mean come last. `most` quanta are too many."""
        waiting: list[int] = []
        points: dict[int, int | None] = {}
        for n, figures in self.found.items():
            outcome = self.outcome(n, figures)
            if isinstance(outcome, int) and abs(outcome) >= most:
                outcome = Verdict.LARGE
            if outcome is Verdict.PEERS:
                waiting.append(n)
            elif isinstance(outcome, int) or outcome is Verdict.EXCLUDED:
                points[n] = outcome if isinstance(outcome, int) else None
            else:
                result.stops.append(Stop((n, self.leaf.key, self.at), outcome))
        peers = [own for n, own in points.items() if own is not None and n not in zeroed]
        points |= dict.fromkeys(waiting, half_up(Fraction(sum(peers), len(peers))) if peers else None)
        for n, own in points.items():
            result.points[n, self.leaf.key, self.at] = 0 if own is not None and n in zeroed else own

    def outcome(self, n: int, figures: Figures) -> int | Verdict:
        """Give a unit's points in quanta among these units, or why it has none of its own."""
        return decide(self.plan, self.leaf, self.at, figures, self.statistic, self.rank(n))

    def outcome_with(self, n: int, figures: Figures, at: int) -> int | Verdict:
        """Give what a unit's points would be had it these figures of a period, and the others their own."""
        if self._ranks and self.leaf.rule.rank_method() is RankMethod.DENSE:
            return LeafPlace(self.plan, self.leaf, at, {**self.found, n: figures}).outcome(n, figures)
        return decide(
            self.plan, self.leaf, at, figures, self._statistic_with(n, figures.x), self._rank_with(n, figures.x)
        )

    @cached_property
    def _ranks(self) -> bool:
        return Needs.RANK in self.leaf.needs

    @cached_property
    def _by_ends(self) -> bool:
        return not self.leaf.needs & _OF_MEANS

    @cached_property
    def _ordered(self) -> list[int]:
        return sorted(self.present.values())

    def _statistic_with(self, n: int, x: int | None) -> Statistic:
        """Give the statistic of the others and a value, from the ends and the sums of all."""
        if not self.compares:
            return _ALONE
        own, values = self.present.get(n), self._ordered
        least, most = values[:2], values[-2:]
        ends = [] if x is None else [x]
        if own is None:
            ends += least[:1] + most[-1:]
        elif len(values) > 1:
            ends += [least[own == least[0]], most[own != most[-1]]]
        if not ends:
            return _ALONE
        span = min(ends), max(ends)
        if self._by_ends and own is not None and x is not None and span == (values[0], values[-1]):
            return self.statistic
        out, put = own or 0, x or 0
        total, squares = self._sums
        count, total = len(values) - (own is not None) + (x is not None), total - out + put
        finer = -2 * self.leaf.decimals
        spread = count * (squares - out * out + put * put) - total * total
        return self._told(count, span, total, lambda _: (Decimal(spread) / count).scaleb(finer))

    @cached_property
    def _sums(self) -> tuple[int, int]:
        """The sum of the values, and that of their squares."""
        return sum(self._ordered), sum(value * value for value in self._ordered)

    def _rank_with(self, n: int, x: int | None) -> Decimal:
        """Give the place of a value among the others."""
        if not self._ranks or x is None:
            return Decimal(0)
        own, values, higher = self.present.get(n), self._ordered, self.leaf.sign > 0
        below, up_to = bisect_left(values, x), bisect_right(values, x)
        ahead, ties = (len(values) - up_to if higher else below), up_to - below
        if own is not None:
            ahead -= own > x if higher else own < x
            ties -= own == x
        if self.leaf.rule.rank_method() is RankMethod.MEAN:
            return Decimal(ahead) + Decimal(ties + 2) * Decimal("0.5")
        return Decimal(ahead + 1)

    def _squares(self, mean: Decimal) -> Decimal:
        apart = ((Decimal(x).scaleb(-self.leaf.decimals) - mean) ** 2 for x in self.present.values())
        return sum(apart, Decimal(0))

    def _told(self, n: int, span: tuple[int, int], total: int, squares: Callable[[Decimal], Decimal]) -> Statistic:
        """Give the statistic in natural units; `squares`: the sum of squared distances from the mean."""
        leaf, needs = self.leaf, self.leaf.needs
        with localcontext() as context:
            context.prec = PRECISION
            low, high = (Decimal(end).scaleb(-leaf.decimals) for end in span)
            fixed_best, fixed_worst = leaf.rule.fixed()
            ends = (high, low) if leaf.sign > 0 else (low, high)
            best = ends[0] if fixed_best is None else fixed_best
            worst = ends[1] if fixed_worst is None else fixed_worst
            if self._by_ends:
                return Statistic(n, best, worst, equal=best == worst)
            mean = Decimal(total).scaleb(-leaf.decimals) / n
            divisor = n - 1 if getattr(leaf.rule, "sample", True) else n
            deviation = Decimal(0)
            if Needs.DEVIATION in needs and divisor > 0 and low != high:
                deviation = (squares(mean) / divisor).sqrt()
            equal = deviation == 0 if Needs.DEVIATION in needs else best == worst
            return Statistic(n, best, worst, mean, deviation, equal)

    def rank(self, n: int) -> Decimal:
        """Give a unit's place by value among these; 0 where the rule does not ask or it has no value."""
        if not self._ranks or n not in self.present:
            return Decimal(0)
        mine, higher = self.present[n], self.leaf.sign > 0
        ahead = [x for x in self.present.values() if (x > mine if higher else x < mine)]
        method = self.leaf.rule.rank_method()
        if method is RankMethod.DENSE:
            return Decimal(len(set(ahead)) + 1)
        if method is RankMethod.MEAN:
            ties = sum(x == mine for x in self.present.values())
            return Decimal(len(ahead)) + Decimal(ties + 1) * Decimal("0.5")
        return Decimal(len(ahead) + 1)


def points_by_code(plan: Plan, points: dict[Spot, int | None]) -> dict[tuple[str, str, str, int], int | None]:
    """The same points by unit code, indicator, part and period."""
    named: dict[tuple[str, str, str, int], int | None] = defaultdict(lambda: None)
    for (unit, key, at), score in points.items():
        leaf = plan.by_key[key]
        named[plan.units[unit].code, leaf.indicator.code, leaf.part, at] = score
    return named
