"""The cube: scores of a result as dense matrices, per group and node [period, leaf, unit].

Official scores never come from here. With the scheme's own weights and choices the cube gives the base scores of the
sheet to rounding (a test holds it to that), so that what it gives under other weights can be compared with them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from baton.engine.flags import Happened
from baton.engine.plan import Plan
from baton.engine.plan.calendar import period_text, periods
from baton.engine.result.sheet import ScoreSheet, Standing
from baton.engine.robustness.branch import Bools, Branch, Floats, grow
from baton.engine.scheme.nodes import Combine, Copeland, Sum
from baton.engine.scheme.units import Group

type Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


@dataclass(frozen=True)
class Scored:
    """What the leaves right below a node got: arrays [period, leaf, unit].

    points: 0 where there are none. full: what they count against. present: there is a score. exists: a score is asked
    for. missing: no figure was reported, whatever the scheme put in its place.
    """

    points: Floats
    full: Floats
    present: Bools
    exists: Bools
    missing: Bools


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
    rows = _Rows(sheet, plan)
    return tuple(
        _cube(plan, group, standings[group.code], rows) for group in plan.scheme.groups if standings[group.code]
    )


def _cube(plan: Plan, group: Group, standings: Sequence[Standing], rows: "_Rows") -> Cube:
    numbers = tuple(plan.unit_numbers[one.unit] for one in standings)
    root = grow(plan, group.code, numbers)
    branches = tuple(root.below())
    scored = {branch.node.code: rows.scored(branch, numbers) for branch in branches if branch.leaves}
    copelands = [branch for branch in branches if isinstance(branch.node.combine, Copeland)]
    fixed = {branch.node.code: rows.fixed(branch, numbers) for branch in copelands}
    return Cube(plan, group, tuple(standings), root, scored, fixed)


class _Rows:
    """The rows of a sheet as numbers: unit, leaf and period instead of codes."""

    def __init__(self, sheet: ScoreSheet, plan: Plan) -> None:
        self.sheet, self.plan = sheet, plan
        self.quanta = 10.0**sheet.scheme.decimals
        self.periods = {period_text(plan.year, at): at for at in (*range(1, 13), *range(21, 25), 40)}
        frame: pl.DataFrame = sheet.leaves.to_native()
        self.unit = _numbers(frame["unit"], plan.unit_numbers)
        self.at = _numbers(frame["period"], self.periods)
        self.leaf = _leaves(frame, plan)
        self.points = frame["points"].cast(pl.Float64).fill_null(0).to_numpy() / self.quanta
        self.full = frame["full"].to_numpy() / self.quanta
        self.there = frame["points"].is_not_null().to_numpy()
        flags = frame["flags"].to_numpy()
        self.missing = ((flags & int(Happened.MISSING)) > 0) & ((flags & int(Happened.NOT_DUE)) == 0)
        self.order = np.argsort(self.leaf, kind="stable")
        self.sorted = self.leaf[self.order]

    def scored(self, branch: Branch, units: tuple[int, ...]) -> Scored:
        """The leaves right below a node."""
        times = periods(branch.node.frequency)
        shape = (len(times), len(branch.leaves), len(units))
        found = {name: np.zeros(shape) for name in ("points", "full", "present", "exists", "missing")}
        place = np.full(len(self.plan.units), -1)
        place[list(units)] = np.arange(len(units))
        time = np.full(max(times) + 1, -1)
        time[list(times)] = np.arange(len(times))
        for number, leaf in enumerate(branch.leaves):
            first, last = np.searchsorted(self.sorted, [leaf.key, leaf.key + 1])
            rows = self.order[first:last]
            rows = rows[place[self.unit[rows]] >= 0]
            at = time[self.at[rows]], np.full(len(rows), number), place[self.unit[rows]]
            for name, column in (("points", self.points), ("full", self.full), ("present", self.there)):
                found[name][at] = column[rows]
            found["exists"][at], found["missing"][at] = True, self.missing[rows]
        masks = {name: found[name] > 0 for name in ("present", "exists", "missing")}
        return Scored(points=found["points"], full=found["full"], **masks)

    def fixed(self, branch: Branch, units: tuple[int, ...]) -> tuple[Floats, Floats, Bools]:
        """A node's own scores: score, full, there, each [period, unit]."""
        times = [period_text(self.plan.year, at) for at in periods(branch.node.frequency)]
        frame: pl.DataFrame = self.sheet.nodes.to_native()
        mine = frame.filter(pl.col("node") == branch.node.code)
        place = {self.plan.units[unit].code: number for number, unit in enumerate(units)}
        score, full = np.zeros((len(times), len(units))), np.zeros((len(times), len(units)))
        for unit, period, points, whole in mine.select("unit", "period", "score", "full").iter_rows():
            if unit in place and period in times and points is not None:
                score[times.index(period), place[unit]] = points / self.quanta
                full[times.index(period), place[unit]] = whole / self.quanta
        return score, full, full > 0


def _numbers(codes: pl.Series, numbers: dict[str, int]) -> Ints:
    """Look up the numbers of codes by category, once per code instead of once per row."""
    kind = codes.dtype if isinstance(codes.dtype, pl.Enum) else pl.Enum(codes.cast(pl.String).unique().sort())
    held = codes.cast(kind)
    lookup = np.array([numbers.get(code, -1) for code in kind.categories] or [-1], dtype=np.int64)
    found: Ints = lookup[held.to_physical().to_numpy()]
    return found


def _leaves(frame: pl.DataFrame, plan: Plan) -> Ints:
    """Keys of the leaves: group, indicator and part packed into one number, and that looked up."""
    indicators = {code: number for number, code in enumerate(sorted({x.indicator.code for x in plan.leaves}))}
    parts = {code: number for number, code in enumerate(sorted({x.part for x in plan.leaves}))}
    keys = np.full((len(plan.groups), len(indicators), len(parts)), -1, dtype=np.int64)
    for leaf in plan.leaves:
        keys[plan.group_numbers[leaf.group], indicators[leaf.indicator.code], parts[leaf.part]] = leaf.key
    group = _numbers(frame["group"], plan.group_numbers)
    found: Ints = keys[group, _numbers(frame["indicator"], indicators), _numbers(frame["part"], parts)]
    return found
