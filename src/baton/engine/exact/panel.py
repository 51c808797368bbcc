"""Score a small panel in exact decimals: the fourth engine, the oracle of the tests and of `baton verify`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from baton.engine.exact.figures import Figures, Reader
from baton.engine.exact.leaf import PRECISION, exact_case, exact_points, exact_target, rounded
from baton.engine.panel import Observation
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import periods, texts
from baton.engine.plan.statistic import Statistic
from baton.engine.quantum import half_up
from baton.engine.rules import Needs
from baton.engine.terms import Missing, RankMethod, ZeroDenominator

type Spot = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Stop:
    """A leaf that no policy covers: the calculation must stop and name it."""

    unit: str
    indicator: str
    period: int


def exact_leaves(plan: Plan, observations: Iterable[Observation]) -> tuple[dict[Spot, int | None], list[Stop]]:
    """Points in quanta of every unit number, leaf key and period (None: excluded), and what stops the calculation."""
    known = texts(plan.year)
    reports = {
        (one.unit, one.series, one.figure, known[one.period]): (one.value, one.preliminary)
        for one in observations
        if one.period in known and one.value is not None
    }
    reader = Reader(plan, reports)
    points: dict[Spot, int | None] = {}
    stops: list[Stop] = []
    for leaf in plan.leaves:
        units = [
            n for n, unit in enumerate(plan.units) if unit.group == leaf.group and (n, leaf.key) not in plan.not_carried
        ]
        for at in periods(leaf.frequency):
            found = {n: reader.figures(plan.units[n].code, leaf, at) for n in units}
            _Leaf(plan, leaf, at, found).score(points, stops)
    return points, stops


class _Leaf:
    """One leaf in one period over the units of its group."""

    def __init__(self, plan: Plan, leaf: Leaf, at: int, found: dict[int, Figures]) -> None:
        self.plan, self.leaf, self.at, self.found = plan, leaf, at, found
        self.present = {n: f.x for n, f in found.items() if f.x is not None}
        self.statistic = self._statistic()

    def score(self, points: dict[Spot, int | None], stops: list[Stop]) -> None:
        """Score every unit; units waiting for their peers' mean come last."""
        waiting = []
        for n, figures in self.found.items():
            outcome = self._one(n, figures)
            if outcome == "peers":
                waiting.append(n)
            elif outcome == "stop":
                stops.append(Stop(self.plan.units[n].code, self.leaf.indicator.code, self.at))
            else:
                points[n, self.leaf.key, self.at] = outcome if isinstance(outcome, int) else None
        scored = [points[n, self.leaf.key, self.at] for n in self.found if n not in waiting and self._spot(n) in points]
        peers = [p for p in scored if p is not None]
        for n in waiting:
            points[self._spot(n)] = half_up(Fraction(sum(peers), len(peers))) if peers else None

    def _spot(self, n: int) -> Spot:
        return n, self.leaf.key, self.at

    def _one(self, n: int, figures: Figures) -> int | str:
        leaf = self.leaf
        wants = Needs.TARGET in leaf.rule.needs()
        target = None if figures.t is None else exact_target(leaf, self.at, figures.t)
        if (figures.x is None and not figures.zero) or (wants and target is None and not figures.zero):
            return self._missing(figures)
        divides = Needs.DIVISOR in leaf.rule.needs()
        if figures.zero or (divides and target == 0):
            return self._zero(figures)
        if divides and target is not None and target < 0:
            return "stop"
        equal = leaf.rule.equal_share()
        if self.statistic.equal and equal is not None:
            return rounded(self.plan, leaf, equal * leaf.points)
        x = figures.x if figures.x is not None else 0
        numerator = None if figures.numerator is None else figures.numerator
        case = exact_case(leaf, self.at, x, figures.t, self.statistic, self._rank(n))
        if numerator is not None and figures.denominator is not None:
            case = exact_case(
                leaf, self.at, x, figures.t, self.statistic, self._rank(n), float(numerator), float(figures.denominator)
            )
        return exact_points(self.plan, leaf, case)

    def _missing(self, figures: Figures) -> int | str:
        policy = Missing.EXCLUDE if figures.idle else self.leaf.indicator.missing
        answers: dict[Missing, int | str] = {
            Missing.EXCLUDE: "excluded",
            Missing.LAST_KNOWN: "excluded",
            Missing.ZERO: 0,
            Missing.FULL: rounded(self.plan, self.leaf, self.leaf.points),
            Missing.PEER_MEAN: "peers",
        }
        return answers.get(policy, "stop")

    def _zero(self, figures: Figures) -> int | str:
        full = rounded(self.plan, self.leaf, self.leaf.points)
        naught = figures.x == 0 if figures.x is not None else figures.numerator == 0
        answers: dict[ZeroDenominator, int | str] = {
            ZeroDenominator.FULL: full,
            ZeroDenominator.ZERO: 0,
            ZeroDenominator.EXCLUDE: "excluded",
            ZeroDenominator.FULL_IF_ZERO: full if naught else 0,
        }
        return answers.get(self.leaf.indicator.zero_denominator, "stop")

    def _statistic(self) -> Statistic:
        leaf, needs = self.leaf, self.leaf.rule.needs()
        compared = Needs.EXTREMES | Needs.MEAN | Needs.DEVIATION | Needs.COUNT | Needs.RANK
        if not self.present or not needs & compared:
            return Statistic()
        with localcontext() as context:
            context.prec = PRECISION
            values = [Decimal(x).scaleb(-leaf.decimals) for x in self.present.values()]
            ordered = sorted(values, reverse=leaf.sign > 0)
            fixed_best, fixed_worst = leaf.rule.fixed()
            best = ordered[0] if fixed_best is None else fixed_best
            worst = ordered[-1] if fixed_worst is None else fixed_worst
            n = len(values)
            mean = sum(values, Decimal(0)) / n
            divisor = n - 1 if getattr(leaf.rule, "sample", True) else n
            spread = sum(((value - mean) ** 2 for value in values), Decimal(0))
            alike = ordered[0] == ordered[-1]
            deviation = (spread / divisor).sqrt() if divisor > 0 and not alike else Decimal(0)
            equal = deviation == 0 if Needs.DEVIATION in needs else best == worst
            return Statistic(n, best, worst, mean, deviation, equal)

    def _rank(self, n: int) -> Decimal:
        if Needs.RANK not in self.leaf.rule.needs():
            return Decimal(0)
        mine = self.present[n] * self.leaf.sign
        others = [x * self.leaf.sign for x in self.present.values()]
        ahead = [x for x in others if x > mine]
        method = self.leaf.rule.rank_method()
        if method is RankMethod.DENSE:
            return Decimal(len(set(ahead)) + 1)
        if method is RankMethod.MEAN:
            ties = sum(x == mine for x in others)
            return Decimal(len(ahead)) + Decimal(ties + 1) * Decimal("0.5")
        return Decimal(len(ahead) + 1)


def points_by_code(plan: Plan, points: dict[Spot, int | None]) -> dict[tuple[str, str, str, int], int | None]:
    """The same points by unit code, indicator, part and period."""
    named: dict[tuple[str, str, str, int], int | None] = defaultdict(lambda: None)
    for (unit, key, at), score in points.items():
        leaf = plan.by_key[key]
        named[plan.units[unit].code, leaf.indicator.code, leaf.part, at] = score
    return named
