"""The rows of a score sheet as dense matrices: what leaves got, per node [period, leaf, unit]."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from baton.engine.flags import Happened
from baton.engine.plan import Plan
from baton.engine.plan.calendar import period_text, periods
from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.branch import Bools, Branch, Floats, Ints


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


class Rows:
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
