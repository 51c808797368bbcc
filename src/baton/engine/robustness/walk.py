"""Scores of the tree under other weights: the walk of the engine in doubles, for many sets of weights at once.

Arrays are [draw, unit]; a first axis of length 1 stands for all draws. Whether there is a score never depends on the
weights. What is rounded coarser than `_FINE` decimals by the scheme is rounded here too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from baton.engine.plan.calendar import parts_of, periods
from baton.engine.robustness.branch import Bools, Branch, Floats
from baton.engine.robustness.cube import Cube
from baton.engine.robustness.means import mean
from baton.engine.scheme.nodes import Copeland, Sum

_FINE = 4
_NUDGE = 1e-9


@dataclass(frozen=True)
class Got:
    """What a node got: score and full mark [draw, unit], 0 where nothing is there [unit]; stopped: left incomplete."""

    score: Floats
    full: Floats
    there: Bools
    stopped: Bools


def base_scores(cube: Cube, factors: Mapping[str, Floats] | None = None, geometric: str = "") -> Floats:
    """Base scores [draw, unit] in points; 0 where a unit has none.

    factors: by node, [draw, child] what the weight of each child (its full points, under a sum) is multiplied with;
    nodes that are not named keep theirs. geometric: the code of a node that takes the geometric mean of its children.
    """
    walk = _Walk(cube, factors or {}, geometric)
    return walk.node(cube.root, cube.plan.top_period(cube.group.code)).score


def node_scores(cube: Cube, branch: Branch) -> tuple[Floats, Bools]:
    """A node's scores by its own periods [period, unit] in points, and where there is one."""
    walk = _Walk(cube, {}, "")
    got = [walk.node(branch, at) for at in periods(branch.node.frequency)]
    return np.vstack([one.score for one in got]), np.vstack([one.there for one in got])


class _Walk:
    def __init__(self, cube: Cube, factors: Mapping[str, Floats], geometric: str) -> None:
        self.cube, self.factors, self.geometric = cube, factors, geometric
        self.decimals = cube.plan.scheme.decimals

    def node(self, branch: Branch, at: int) -> Got:
        """Score a node in a period of its own."""
        time = periods(branch.node.frequency).index(at)
        if isinstance(branch.node.combine, Copeland):
            score, full, there = self.cube.fixed[branch.node.code]
            return Got(score[time][None], full[time][None], there[time], ~there[time])
        below = [self._merged(child, at, branch) for child in branch.children]
        if isinstance(branch.node.combine, Sum) and branch.node.code != self.geometric:
            return self._bounded(branch, time, self._sum(branch, time, below))
        return self._bounded(branch, time, self._mean(branch, time, below))

    def _factor(self, branch: Branch) -> Floats:
        return self.factors.get(branch.node.code, np.ones((1, len(branch.sizes))))

    def _sum(self, branch: Branch, time: int, below: list[Got]) -> Got:
        """Points and full points added up; shared out anew where the scheme says so."""
        factor, many = self._factor(branch), len(branch.leaves)
        score: Floats = np.zeros((1, len(branch.whole)))
        full: Floats = score
        here = complete = np.full(len(branch.whole), fill_value=False)
        complete = ~here
        if many:
            got = self.cube.scored[branch.node.code]
            score, full = factor[:, :many] @ got.points[time], _full(factor[:, :many], got.full[time])
            here, complete = got.present[time].any(axis=0), (got.present[time] == got.exists[time]).all(axis=0)
        for number, child in enumerate(below):
            own = factor[:, many + number, None]
            score, full = score + own * child.score, full + own * child.full
            here = here | child.there
            complete = complete & (child.there | ~branch.children[number].applies)
        if not branch.even and len(factor) > 1:
            kept = branch.sizes.sum(axis=0) / _positive(factor @ branch.sizes)
            score, full = score * kept, full * kept
        node = branch.node
        if node.renormalise:
            here = here & (full[0] > 0)
            shared = self._round(score / _positive(full) * branch.whole, node.decimals)
            score = np.where(np.isclose(full, branch.whole, rtol=1e-12), score, shared)
        if node.renormalise or not branch.shared_out_above:
            full = branch.whole[None]
        return _kept(score, full, here, here & ~complete & (node.when_incomplete != "score"))

    def _mean(self, branch: Branch, time: int, below: list[Got]) -> Got:
        """The node's mean of its children's shares."""
        factor, many = self._factor(branch), len(branch.leaves)
        shares, weights = [], []
        here = np.full(len(branch.whole), fill_value=False)
        complete = ~here
        leaf_shares = present = np.zeros((0, len(branch.whole)))
        if many:
            got = self.cube.scored[branch.node.code]
            points = np.array([float(leaf.points) for leaf in branch.leaves])[:, None]
            leaf_shares = np.divide(got.points[time], points, out=np.zeros_like(got.points[time]), where=points > 0)
            present = got.present[time].astype(np.float64)
            here, complete = got.present[time].any(axis=0), (got.present[time] == got.exists[time]).all(axis=0)
        for number, child in enumerate(below):
            valid = child.there & (child.full[0] > 0)
            shares.append(child.score / _positive(child.full))
            size = branch.sizes[many + number] * valid
            weights.append(factor[:, many + number, None] * (size[:1] if bool((size == size[0]).all()) else size))
            here = here | valid
            complete = complete & (valid | ~branch.children[number].applies)
        sizes = factor[:, :many] * branch.sizes[:many].max(axis=1, initial=0.0)
        combine = None if branch.node.code == self.geometric else branch.node.combine
        score = mean(combine, (leaf_shares, present, sizes), (shares, weights)) * branch.whole
        score = self._round(score, branch.node.decimals)
        full = branch.whole[None]
        return _kept(score, full, here, here & ~complete & (branch.node.when_incomplete != "score"))

    def _bounded(self, branch: Branch, time: int, got: Got) -> Got:
        """Floor and cap, and the policy for a node without any score."""
        node, score, there = branch.node, got.score, got.there
        if node.floor is not None:
            score = np.maximum(score, float(node.floor))
        if node.cap is not None:
            score = np.minimum(score, float(node.cap))
        full = got.full
        if node.when_empty == "zero":
            zero = ~there & ~got.stopped & ~branch.absent[time] & branch.applies
            score, full = np.where(zero, 0.0, score), np.where(zero, branch.whole, full)
            there = there | zero
        return Got(_where(there, score), _where(there, full), there, got.stopped)

    def _merged(self, child: Branch, at: int, parent: Branch) -> Got:
        """A child's score in a period of its parent."""
        node = child.node
        if node.frequency is parent.node.frequency:
            return self.node(child, at)
        got = [self.node(child, part) for part in parts_of(at, node.frequency)]
        count = np.array([one.there for one in got]).sum(axis=0)
        there = count > 0
        full = np.maximum(sum((one.full for one in got), np.zeros((1, 1))), 0.0)
        if node.over_periods in ("mean", "sum"):
            score = sum((one.score for one in got), np.zeros((1, 1)))
            if node.over_periods == "sum":
                return _kept(score, full, there, ~there)
            over = node.decimals if node.decimals_over_periods is None else node.decimals_over_periods
            return _kept(self._round(score / _positive(count), over), full / _positive(count), there, ~there)
        score = np.zeros((1, len(count)))
        began = np.full(len(count), fill_value=False)
        for one in got:
            better = {"maximum": one.score > score, "minimum": one.score < score, "last": True}[node.over_periods]
            score = np.where(one.there & (~began | better), one.score, score)
            began = began | one.there
        return _kept(score, full / _positive(count), there, ~there)

    def _round(self, score: Floats, own: int | None) -> Floats:
        places = self.decimals if own is None else min(own, self.decimals)
        return score if places > _FINE else np.floor(score * 10.0**places + (0.5 + _NUDGE)) / 10.0**places


def _kept(score: Floats, full: Floats, here: Bools, stopped: Bools) -> Got:
    there = here & ~stopped
    return Got(_where(there, score), _where(there, full), there, stopped & here)


def _where(there: Bools, values: Floats) -> Floats:
    """Values, and 0 where nothing is there; they are not copied where everything is."""
    found: Floats = values if bool(there.all()) else np.where(there, values, 0.0)
    return found


def _full(factor: Floats, full: Floats) -> Floats:
    """Full points added up; once for all units where they are the same."""
    same = bool((full == full[:, :1]).all())
    found: Floats = factor @ (full[:, :1] if same else full)
    return found


def _positive(divisor: Floats) -> Floats:
    good = divisor > 0
    found: Floats = divisor if bool(good.all()) else np.where(good, divisor, 1.0)
    return found
