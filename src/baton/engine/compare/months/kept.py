"""One month of a result as it is kept: what every leaf and every node of a unit had."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import narwhals as nw

from baton.engine.compare.attribution.parts import Factor
from baton.engine.compare.months.giving import Amount, Giving, Spot, whole_shares
from baton.engine.exact.figures import Figures
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import texts
from baton.engine.result.sheet import ScoreSheet
from baton.engine.terms import plain

FACTORS = (Factor.VALUES, Factor.PEERS, Factor.RULES, Factor.WEIGHTS)
"""What can differ between two months, in the order in which it is replaced. Adjustments count into years only."""
PLACES = 9
"""Points are whole numbers of 10^-9, the finest quantum a scheme can have."""

REST: Spot = ("", "")
"""Where what no leaf carries stands among leaves, by indicator and part."""


class KeptLeaf(NamedTuple):
    """A leaf of a unit in the month: value and target as texts (empty: none); points (None: left out), full marks."""

    unit: str
    group: str
    indicator: str
    part: str
    value: str
    target: str
    points: int | None
    full: int


@dataclass(frozen=True)
class KeptMonth:
    """A month of a result: the plan of its scheme, its rows, and the nodes by group whose scores are the unit's score.

    `period`: such as `2026-09`. `nodes`: score (None: none) and full marks by unit and node.
    """

    plan: Plan
    period: str
    tops: Mapping[str, Sequence[str]]
    leaves: Sequence[KeptLeaf]
    nodes: Mapping[str, Mapping[str, tuple[int | None, int]]]

    @cached_property
    def at(self) -> int:
        """The number of the month."""
        return texts(self.plan.year)[self.period]

    @cached_property
    def units(self) -> dict[str, dict[Spot, KeptLeaf]]:
        """Leaves by unit."""
        found: dict[str, dict[Spot, KeptLeaf]] = defaultdict(dict)
        for one in self.leaves:
            found[one.unit][one.indicator, one.part] = one
        return dict(found)

    @cached_property
    def scores(self) -> dict[str, int]:
        """Score of every unit that has one: that of its highest nodes, added up."""
        found = {}
        for unit, leaves in self.units.items():
            group = next(iter(leaves.values())).group
            known = [self.nodes.get(unit, {}).get(top, (None, 0))[0] for top in self.tops.get(group, ())]
            there = [score for score in known if score is not None]
            if there:
                found[unit] = sum(there)
        return found

    @cached_property
    def plan_leaves(self) -> dict[tuple[str, str, str], Leaf]:
        """Leaves of the plan by group, indicator and part."""
        return {(leaf.group, leaf.indicator.code, leaf.part): leaf for leaf in self.plan.leaves}

    @cached_property
    def _giving(self) -> Giving:
        return Giving(self.plan)

    def contributions(self, unit: str, decimals: int) -> dict[Spot, int]:
        """Give what every leaf gives to a unit's score, in quanta of 10^-decimals; they add up to it without remainder.

        What no leaf carries (a node that counts full where nothing of it applies) stands under `REST`.
        """
        own, nodes, finer = self.units[unit], self.nodes.get(unit, {}), 10 ** (PLACES - decimals)
        group = next(iter(own.values())).group
        rows = {spot: (one.points, one.full) for spot, one in own.items()}
        exact: dict[Spot, Amount] = dict.fromkeys(sorted(own), (0, 1))
        given = 0
        for top in self.tops[group]:
            score = nodes.get(top, (None, 0))[0] or 0
            shares = list(self._giving.below(group, top, score, rows, nodes))
            exact.update(shares)
            given += score if shares else 0
        exact[REST] = (self.scores[unit] - given, 1)
        return whole_shares(self.scores[unit] // finer, exact, finer)

    @cached_property
    def places(self) -> dict[tuple[str, str, str], dict[str, KeptLeaf]]:
        """Rows of every leaf by unit."""
        rows: dict[tuple[str, str, str], dict[str, KeptLeaf]] = defaultdict(dict)
        for one in self.leaves:
            rows[one.group, one.indicator, one.part][one.unit] = one
        return dict(rows)


def kept_of(sheet: ScoreSheet, period: str, tops: Mapping[str, Sequence[str]]) -> KeptMonth:
    """Give one period of a sheet; `tops`: by group the nodes whose scores make a unit's."""
    finer = 10 ** (PLACES - sheet.scheme.decimals)
    leaves = []
    for row in sheet.leaves.filter(nw.col("period") == period).iter_rows(named=True):
        spot = (row["unit"], row["group"], row["indicator"], row["part"])
        value, target = (_text(row[name], row["decimals"]) for name in ("value", "target"))
        points = None if row["points"] is None else row["points"] * finer
        leaves.append(KeptLeaf(*spot, value, target, points, row["full"] * finer))
    nodes: dict[str, dict[str, tuple[int | None, int]]] = defaultdict(dict)
    for row in sheet.nodes.filter(nw.col("period") == period).iter_rows(named=True):
        score = None if row["score"] is None else row["score"] * finer
        nodes[row["unit"]][row["node"]] = score, row["full"] * finer
    return KeptMonth(Plan(sheet.scheme, sheet.year, {}), period, tops, leaves, nodes)


def _text(number: int | None, decimals: int) -> str:
    return "" if number is None else plain(Decimal(number).scaleb(-decimals))


def figures(one: KeptLeaf, decimals: int) -> Figures:
    """Give value and target as a rule is asked about them, in whole numbers of 10^-decimals."""
    return Figures(_whole(one.value, decimals), _whole(one.target, decimals))


def _whole(number: str, decimals: int) -> int | None:
    return int(Decimal(number).scaleb(decimals)) if number else None


def decimals_of(one: KeptLeaf) -> int:
    """Give how many decimals value and target have."""
    return max(len(number.partition(".")[2]) for number in (one.value, one.target))
