"""Walk a group's tree from the leaves to the root, node by node over all its units."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from baton.engine.flags import Happened
from baton.engine.plan import Plan
from baton.engine.plan.calendar import parts_of, period_text, periods
from baton.engine.plan.leaf import for_group
from baton.engine.quantum import half_up
from baton.engine.scheme.nodes import Copeland, Geometric, Harmonic, MinimumPenalised, Node, Sum
from baton.engine.tree.applies import Applicable
from baton.engine.tree.children import Children, Spot
from baton.engine.tree.copeland import copeland
from baton.engine.tree.means import Child, geometric, harmonic, minimum_penalised
from baton.words import Place, Problem, Refused


@dataclass(frozen=True, slots=True)
class NodeScore:
    """A node's score and the full mark it counts against, in quanta; score None: nothing to score."""

    score: int | None
    full: int
    flags: Happened = Happened.NOTHING


def walk(plan: Plan, children: Children) -> dict[Spot, NodeScore]:
    """Scores of every node by unit number, node and period. Raises `Refused` where a node must not be empty."""
    found: dict[Spot, NodeScore] = {}
    problems: list[Problem] = []
    for group in plan.groups:
        units = [number for number, unit in enumerate(plan.units) if unit.group == group]
        if units:
            problems.extend(_Group(plan, group, units, children, found).walk())
    if problems:
        raise Refused(problems)
    return found


class _Group:
    """The tree of one group while it is walked."""

    def __init__(
        self, plan: Plan, group: str, units: list[int], children: Children, found: dict[Spot, NodeScore]
    ) -> None:
        self.plan, self.group, self.units, self.children, self.found = plan, group, units, children, found
        self.quanta: int = 10**plan.scheme.decimals
        self.tree = Applicable(plan, group)
        self.problems: list[Problem] = []

    def walk(self) -> list[Problem]:
        """Score every node of the tree, children first."""
        for node in self._children_first(self.plan.nodes[self.plan.roots[self.group]]):
            for at in periods(node.frequency):
                if isinstance(node.combine, Copeland):
                    self._score_together(node, node.combine, at)
                else:
                    for unit in self.units:
                        self.found[unit, node.code, at] = self._finished(node, unit, at, self._score(node, unit, at))
            self._merge(node)
        return self.problems

    def _children_first(self, node: Node) -> Iterable[Node]:
        for child in self.tree.below[node.code]:
            yield from self._children_first(child)
        yield node

    def _full(self, node: Node, unit: int) -> int:
        return self.tree.full(node, unit)

    def _score(self, node: Node, unit: int, at: int) -> NodeScore:
        if isinstance(node.combine, Sum):
            return self._sum(node, unit, at)
        return self._mean(node, unit, at)

    def _sum(self, node: Node, unit: int, at: int) -> NodeScore:
        points, full, _, here, everything = self.children.linear.get((unit, node.code, at), (0, 0, 0, 0, 0))
        complete = here == everything
        for child in self.tree.counted(node, unit):
            got = self.found[unit, child.code, at]
            complete = complete and got.score is not None
            if got.score is not None:
                points, full, here = points + got.score, full + got.full, here + 1
        if not here or (node.renormalise and not full):
            return NodeScore(None, 0)
        if not complete and node.when_incomplete != "score":
            return self._incomplete(node, unit, at)
        whole = self._full(node, unit)
        if not node.renormalise:
            return NodeScore(points, full if self.tree.shared_out_above(node) else whole)
        if full == whole:
            return NodeScore(points, full)
        share = Fraction(points, full)
        return NodeScore(self._round(node, share * Fraction(whole, self.quanta)), whole, Happened.RENORMALISED)

    def _mean(self, node: Node, unit: int, at: int) -> NodeScore:
        full = Fraction(self._full(node, unit), self.quanta)
        weighted, weights, here, complete = self._linear_leaves(node, unit, at)
        singles, all_there = self._single(node, unit, at)
        complete = complete and all_there
        if not here and not singles:
            return NodeScore(None, 0)
        if not complete and node.when_incomplete != "score":
            return self._incomplete(node, unit, at)
        whole = complete and not self.tree.lightened(node, unit)
        flags = Happened.NOTHING if whole else Happened.RENORMALISED
        combine = node.combine
        if isinstance(combine, Geometric):
            decimals = self._decimals(node.decimals)
            score = geometric(singles, full, 10**decimals) * int(10 ** (self.plan.scheme.decimals - decimals))
            return NodeScore(score, self._full(node, unit), flags)
        if isinstance(combine, Harmonic):
            share = harmonic(singles)
        elif isinstance(combine, MinimumPenalised):
            share = minimum_penalised(singles, Fraction(combine.penalty))
        else:
            total = weighted + sum((c.weight * c.share for c in singles), Fraction(0))
            share = total / (weights + sum((c.weight for c in singles), Fraction(0)))
        return NodeScore(self._round(node, share * full), self._full(node, unit), flags)

    def _linear_leaves(self, node: Node, unit: int, at: int) -> tuple[Fraction, Fraction, int, bool]:
        """Weighted shares and weights of the leaves right below an arithmetic mean."""
        got = self.children.linear.get((unit, node.code, at))
        if got is None:
            return Fraction(0), Fraction(0), 0, True
        part, _, weight, here, everything = got
        common, weight_unit = self.children.common[self.group, node.code]
        return Fraction(part, common * self.quanta), Fraction(weight, weight_unit), here, here == everything

    def _single(self, node: Node, unit: int, at: int) -> tuple[list[Child], bool]:
        """Children with a score of their own, and whether all have one; what weighs nothing is no child."""
        made, complete = [], True
        for leaf in self.children.single.get((unit, node.code, at), ()):
            if not leaf.weight:
                continue
            if leaf.points is None:
                complete = False
            else:
                code = f"{leaf.indicator}/{leaf.part}"
                made.append(Child(Fraction(leaf.points, self.quanta) / leaf.full, leaf.weight, code))
        for child in self.tree.counted(node, unit):
            got, weight = self.found[unit, child.code, at], self.weight(child)
            if not weight:
                continue
            if got.score is None or not got.full:
                complete = False
            else:
                made.append(Child(Fraction(got.score, got.full), weight, child.code))
        return made, complete

    def weight(self, node: Node) -> Fraction:
        """A node's weight in this group; 1 where the scheme names none."""
        own = for_group(node.weight, self.group)
        return Fraction(1) if own is None else Fraction(own)

    def _score_together(self, node: Node, combine: Copeland, at: int) -> None:
        """Copeland compares all units of the group at once."""
        found = {unit: self._single(node, unit, at) for unit in self.units}
        rows = {unit: children for unit, (children, _) in found.items()}
        full = Fraction(self._full(node, self.units[0]), self.quanta)
        for unit, value in copeland(rows, combine.scale, full).items():
            score = NodeScore(None, 0) if value is None else NodeScore(self._round(node, value), self._full(node, unit))
            if rows[unit] and not found[unit][1] and node.when_incomplete != "score":
                score = self._incomplete(node, unit, at)
            self.found[unit, node.code, at] = self._finished(node, unit, at, score)

    def _decimals(self, own: int | None) -> int:
        return self.plan.scheme.decimals if own is None else min(own, self.plan.scheme.decimals)

    def _round(self, node: Node, value: Fraction) -> int:
        return self._rounded(value, node.decimals)

    def _rounded(self, value: Fraction, own: int | None) -> int:
        """Points in quanta, rounded at a place of their own (None: the quantum)."""
        decimals = self._decimals(own)
        return half_up(value * 10**decimals) * int(10 ** (self.plan.scheme.decimals - decimals))

    def _finished(self, node: Node, unit: int, at: int, score: NodeScore) -> NodeScore:
        """Bounds, and the policy for a node without any score."""
        if score.flags & Happened.INCOMPLETE:
            return score
        if score.score is None:
            return self._empty(node, unit, at)
        floor = None if node.floor is None else half_up(Fraction(node.floor) * self.quanta)
        cap = None if node.cap is None else half_up(Fraction(node.cap) * self.quanta)
        if floor is not None and score.score < floor:
            return NodeScore(floor, score.full, score.flags | Happened.FLOORED)
        if cap is not None and score.score > cap:
            return NodeScore(cap, score.full, score.flags | Happened.CAPPED)
        return score

    def _empty(self, node: Node, unit: int, at: int) -> NodeScore:
        if (unit, at) in self.plan.absent:
            return NodeScore(None, 0, Happened.NOT_DUE | Happened.EXCLUDED)
        if unit in self.plan.screened:
            return NodeScore(None, 0, Happened.SCREENED | Happened.EXCLUDED)
        if not self.tree.applies(unit, node.code):
            return NodeScore(None, 0, Happened.EXCLUDED)
        if node.when_empty == "zero":
            return NodeScore(0, self._full(node, unit), Happened.EMPTY | Happened.COUNTED_ZERO)
        if node.when_empty == "required":
            self._stop("engine.node_without_score", node, unit, at)
        return NodeScore(None, 0, Happened.EMPTY)

    def _incomplete(self, node: Node, unit: int, at: int) -> NodeScore:
        """A node that has no score unless all its children have one."""
        if node.when_incomplete == "required":
            self._stop("engine.node_incomplete", node, unit, at)
        return NodeScore(None, 0, Happened.INCOMPLETE)

    def _stop(self, code: str, node: Node, unit: int, at: int) -> None:
        owner = self.plan.units[unit]
        params = {"unit": owner.name, "node": node.name, "period": period_text(self.plan.year, at)}
        self.problems.append(Problem(code, params, Place(field=f"{owner.code}/{node.code}")))

    def _merge(self, node: Node) -> None:
        """Make the node's periods one figure for each period of its parent."""
        parent = self.plan.nodes[node.parent] if node.parent else None
        if parent is None or parent.frequency is node.frequency:
            return
        for at in periods(parent.frequency):
            parts = parts_of(at, node.frequency)
            for unit in self.units:
                scores = [self.found[unit, node.code, part] for part in parts]
                self.found[unit, node.code, at] = self._over_periods(node, scores)

    def _over_periods(self, node: Node, scores: list[NodeScore]) -> NodeScore:
        there = [(s.score, s.full) for s in scores if s.score is not None]
        if not there:
            return NodeScore(None, 0, Happened.EMPTY)
        flags = Happened.NOTHING if len(there) == len(scores) else Happened.RENORMALISED
        full = half_up(Fraction(sum(f for _, f in there), len(there)))
        points = [score for score, _ in there]
        if node.over_periods == "mean":
            mean = Fraction(sum(points), len(points) * self.quanta)
            over = node.decimals_over_periods
            return NodeScore(self._rounded(mean, node.decimals if over is None else over), full, flags)
        if node.over_periods == "sum":
            return NodeScore(sum(points), sum(f for _, f in there), flags)
        chosen = {"last": points[-1], "maximum": max(points), "minimum": min(points)}[node.over_periods]
        return NodeScore(chosen, full, flags)
