"""The tree once more, as one would write it on a sheet of paper: every node from its children, in fractions.

Leaves are taken from the engine, and so are Copeland scores, which compare units.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from math import floor

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.agree.scoring import YEAR, scored
from tests.strategies import panels, schemes

from baton.engine.scheme.structure import check

MONTHS = [f"{YEAR}-{n:02d}" for n in range(1, 13)]
QUARTERS = [f"{YEAR}-Q{n}" for n in range(1, 5)]
OF_YEAR = {"month": MONTHS, "quarter": QUARTERS, "year": [str(YEAR)]}


def inside(period, frequency):
    """The periods of a finer frequency in a quarter or a year."""
    if period == str(YEAR):
        return OF_YEAR[frequency]
    n = int(period[-1])
    return MONTHS[3 * n - 3 : 3 * n]


class Paper:
    def __init__(self, scheme, sheet):
        self.scheme, self.nodes = scheme, {node.code: node for node in scheme.nodes}
        self.quanta, self.groups = 10**scheme.decimals, {unit.code: unit.group for unit in scheme.units}
        self.leaves = {(r["unit"], r["indicator"], r["period"]): r for r in sheet.leaves.iter_rows(named=True)}
        self.given = {
            (r["unit"], r["node"], r["period"]): (r["score"], r["full"]) for r in sheet.nodes.iter_rows(named=True)
        }
        self.score = cache(self.score)

    def way(self, code):
        return [code, *self.way(self.nodes[code].parent)] if code else []

    def carries(self, unit, indicator, exempt=True):
        if not {self.groups[unit], "*"} & set(indicator.points):
            return False
        above = {indicator.code, *self.way(indicator.parent)}
        return not (exempt and any(x.unit == unit and above & {x.indicator, x.node} for x in self.scheme.exemptions))

    def indicators(self, unit, code, exempt=True):
        return [i for i in self.scheme.indicators if i.parent == code and self.carries(unit, i, exempt)]

    def kids(self, unit, code, exempt=True):
        below = {c for i in self.scheme.indicators if self.carries(unit, i, exempt) for c in self.way(i.parent)}
        return [node for node in self.scheme.nodes if node.parent == code and node.in_total and node.code in below]

    def part(self, unit, by_group):
        return Fraction(by_group.get(self.groups[unit], by_group.get("*", 1)))

    def whole(self, unit, node):
        if node.full is not None or node.combine.kind != "sum":
            return Fraction(node.full or 100) * self.quanta
        own = sum(self.part(unit, i.points) for i in self.indicators(unit, node.code, exempt=False))
        below = 0
        for kid in self.kids(unit, node.code, exempt=False):
            times = len(OF_YEAR[kid.frequency]) // len(OF_YEAR[node.frequency]) if kid.over_periods == "sum" else 1
            below += self.whole(unit, kid) * times
        return self.round(own * self.quanta) + below

    def round(self, quanta, *decimals):
        own = next((d for d in decimals if d is not None), self.scheme.decimals)
        step = 10 ** max(0, self.scheme.decimals - own)
        return floor(Fraction(quanta) / step + Fraction(1, 2)) * step

    def children(self, unit, node, period):
        """Score, full mark and weight of every child."""
        for indicator in self.indicators(unit, node.code):
            row, points = self.leaves[unit, indicator.code, period], self.part(unit, indicator.points)
            in_sum = node.combine.kind == "sum"
            yield (
                row["points"],
                (points if in_sum else Fraction(indicator.full or node.full or 100)) * self.quanta,
                points,
            )
        for kid in self.kids(unit, node.code):
            yield *self.over_periods(unit, kid, period), self.part(unit, kid.weight)

    def over_periods(self, unit, node, period):
        if period in OF_YEAR[node.frequency]:
            return self.score(unit, node.code, period)
        scores = [self.score(unit, node.code, one) for one in inside(period, node.frequency)]
        there = [(s, f) for s, f in scores if s is not None]
        if not there:
            return None, 0
        points, fulls = zip(*there, strict=True)
        n, full = len(there), self.round(Fraction(sum(fulls), len(there)))
        mean = self.round(Fraction(sum(points), n), node.decimals_over_periods, node.decimals)
        return {
            "mean": (mean, full),
            "sum": (sum(points), sum(fulls)),
            "last": (points[-1], full),
            "maximum": (max(points), full),
            "minimum": (min(points), full),
        }[node.over_periods]

    def score(self, unit, code, period):
        node = self.nodes[code]
        if node.combine.kind == "copeland":
            return self.given[unit, code, period]
        every = list(self.children(unit, node, period))
        whole, kind = self.whole(unit, node), node.combine.kind
        there = [one for one in every if one[0] is not None and (kind == "sum" or one[1])]
        full = sum(self.round(f) for _, f, _ in there)
        if not there or (kind == "sum" and node.renormalise and not full):
            return (0, whole) if node.when_empty == "zero" and every else (None, 0)
        if len(there) < len(every) and node.when_incomplete == "exclude":
            return None, 0
        if kind == "sum":
            found, whole = self.added_up(node, there, full, whole)
        else:
            found = self.mean(node, there, whole)
        for bound, limit in ((node.floor, max), (node.cap, min)):
            if bound is not None and found is not None:
                found = limit(found, self.round(Fraction(bound) * self.quanta))
        return found, whole

    def added_up(self, node, there, full, whole):
        points = sum(score for score, _, _ in there)
        if node.renormalise:
            return (points if full == whole else self.round(Fraction(points, full) * whole, node.decimals)), whole
        for above in map(self.nodes.get, self.way(node.parent)):
            if above.combine.kind != "sum" or above.renormalise:
                return points, full if above.combine.kind == "sum" else whole
        return points, whole

    def mean(self, node, there, whole):
        shares, weights = [Fraction(s) / f for s, f, _ in there], [w for *_, w in there]
        total, kind = sum(weights), node.combine.kind
        mean = sum(w * s for w, s in zip(weights, shares, strict=True)) / total
        if kind == "arithmetic":
            return self.round(mean * whole, node.decimals)
        if kind == "minimum_penalised":
            penalty = Fraction(node.combine.penalty)
            return self.round(((1 - penalty) * mean + penalty * min(shares)) * whole, node.decimals)
        if min(shares) <= 0:
            return 0
        if kind == "harmonic":
            return self.round(total / sum(w / s for w, s in zip(weights, shares, strict=True)) * whole, node.decimals)
        with localcontext() as context:
            context.prec = 40
            powers = [decimal(s) ** decimal(w / total) for w, s in zip(weights, shares, strict=True)]
            product = decimal(whole)
            for power in powers:
                product *= power
            return self.round(Fraction(product + Decimal("1e-6")), node.decimals)


def decimal(number):
    return Decimal(number.numerator) / Decimal(number.denominator)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_tree_is_what_one_works_out_on_paper(data) -> None:
    scheme = data.draw(schemes(kinds=("completion", "goalposts", "attain"), adjustments=False))
    assert not check(scheme)
    sheet, _ = scored(scheme, data.draw(panels(scheme)))
    if sheet is None:
        return
    paper = Paper(scheme, sheet)
    for row in sheet.nodes.iter_rows(named=True):
        unit, code, period = row["unit"], row["node"], row["period"]
        found = paper.over_periods(unit, paper.nodes[code], period)
        assert found == (row["score"], row["full"]), (unit, code, period)
