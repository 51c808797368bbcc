"""The cube: scores of a result as dense matrices, per group and node [period, leaf, unit].

Official scores never come from here. With the scheme's own weights and choices the cube gives the base scores of the
sheet to rounding (a test holds it to that), so that what it gives under other weights can be compared with them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from baton.engine.plan import Plan
from baton.engine.result.sheet import ScoreSheet, Standing
from baton.engine.robustness.branch import Bools, Branch, Floats, grow
from baton.engine.robustness.rows import Rows, Scored
from baton.engine.scheme.nodes import Combine, Copeland, Sum
from baton.engine.scheme.units import Group


@dataclass(frozen=True)
class Cube:
    """One group: its units with a score (in the order of the result), its tree, and what its leaves got.

    fixed: nodes that compare units in pairs (Copeland) keep the scores of the result: score, full, there, each
      [period, unit].
    """

    plan: Plan
    group: Group
    standings: tuple[Standing, ...]
    root: Branch
    scored: dict[str, Scored]
    fixed: dict[str, tuple[Floats, Floats, Bools]]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Unit codes, as ranked."""
        return tuple(one.unit for one in self.standings)

    @cached_property
    def base(self) -> Floats:
        """Base scores of the result, in points."""
        return np.array([float(one.base or 0) for one in self.standings])

    @cached_property
    def adjusted(self) -> Floats:
        """Bonus less deduction, in points."""
        return np.array([float(one.bonus - one.deduction) for one in self.standings])

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """All nodes whose scores are computed anew, the root first."""
        return tuple(self.root.below())

    @property
    def complete(self) -> bool:
        """Whether no score that is asked for is missing."""
        return all(bool((one.present == one.exists).all()) for one in self.scored.values())

    @property
    def linear(self) -> bool:
        """Whether totals are weighted sums of leaf scores for every unit."""
        whole = all(bool((one.exists == (one.full > 0)).all()) for one in self.scored.values())
        return self.complete and whole and all(one.linear and not self._fixed(one) for one in self.branches)

    def _fixed(self, branch: Branch) -> bool:
        return isinstance(branch.node.combine, Copeland)

    def with_means(self, combine: Combine) -> "Cube":
        """Give the same cube, where every node that takes a mean takes this one."""
        return replace(self, root=_with_means(self.root, combine))

    def with_scored(self, scored: dict[str, Scored]) -> "Cube":
        """Give the same cube with other leaf scores."""
        return replace(self, scored=scored)


def _with_means(branch: Branch, combine: Combine) -> Branch:
    if isinstance(branch.node.combine, Copeland):
        return branch
    own = branch.node.combine if isinstance(branch.node.combine, Sum) else combine
    children = tuple(_with_means(child, combine) for child in branch.children)
    return replace(branch, node=branch.node.model_copy(update={"combine": own}), children=children)


def cubes(sheet: ScoreSheet) -> tuple[Cube, ...]:
    """Make the cube of every group that has units with a base score."""
    plan = Plan(sheet.scheme, sheet.year, {})
    standings: dict[str, list[Standing]] = defaultdict(list)
    for one in sheet.standings:
        if one.base is not None:
            standings[one.group].append(one)
    rows = Rows(sheet, plan)
    return tuple(
        _cube(plan, group, standings[group.code], rows) for group in plan.scheme.groups if standings[group.code]
    )


def _cube(plan: Plan, group: Group, standings: Sequence[Standing], rows: Rows) -> Cube:
    numbers = tuple(plan.unit_numbers[one.unit] for one in standings)
    root = grow(plan, group.code, numbers)
    branches = tuple(root.below())
    scored = {branch.node.code: rows.scored(branch, numbers) for branch in branches if branch.leaves}
    copelands = [branch for branch in branches if isinstance(branch.node.combine, Copeland)]
    fixed = {branch.node.code: rows.fixed(branch, numbers) for branch in copelands}
    return Cube(plan, group, tuple(standings), root, scored, fixed)
