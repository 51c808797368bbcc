"""What every leaf gives to a unit's score of a month, in whole numbers: as `explain.contributions`, for one period.

Every node's amount is a quotient of whole numbers that its children share, so that a county of 150 units takes a tenth
of a second instead of seconds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from baton.engine.explain.contributions import Family
from baton.engine.plan import Plan
from baton.engine.plan.leaf import for_group
from baton.engine.scheme.nodes import Node, Sum

type Spot = tuple[str, str]
type Row = tuple[int | None, int]
"""Points (None: left out) and full marks, both in quanta."""
type Amount = tuple[int, int]
"""Numerator and denominator."""


@dataclass(frozen=True)
class Giving:
    """The tree of a plan, as far as a month goes."""

    plan: Plan

    @cached_property
    def _family(self) -> Family:
        return Family(self.plan)

    @cached_property
    def _weights(self) -> dict[tuple[str, str], list[tuple[Spot, Fraction]]]:
        """Leaves of every node of a group, with their weights."""
        return {
            key: [((leaf.indicator.code, leaf.part), Fraction(leaf.weight or 0)) for leaf in leaves]
            for key, leaves in self._family.leaves.items()
        }

    def below(
        self, group: str, node: str, amount: int, leaves: Mapping[Spot, Row], nodes: Mapping[str, Row]
    ) -> Iterator[tuple[Spot, Amount]]:
        """Share what a node gives over the leaves below it."""
        if amount:
            yield from self._below(group, self.plan.nodes[node], (amount, 1), leaves, nodes)

    def _below(
        self, group: str, node: Node, amount: Amount, leaves: Mapping[Spot, Row], nodes: Mapping[str, Row]
    ) -> Iterator[tuple[Spot, Amount]]:
        here = [
            (spot, row, weight)
            for spot, weight in self._weights.get((group, node.code), ())
            if (row := leaves.get(spot)) is not None and row[0] is not None
        ]
        under = [
            (child, row, weight)
            for child in self._family.nodes.get(node.code, ())
            if (row := nodes.get(child.code)) is not None and row[0] is not None
            for weight in [_weight(child, group)]
        ]
        rows = [(row[0] or 0, row[1], weight) for _, row, weight in here] + [
            (row[0] or 0, row[1], weight) for _, row, weight in under
        ]
        shares = _shares(amount, rows, isinstance(node.combine, Sum))
        for (spot, _, _), share in zip(here, shares, strict=False):
            yield spot, share
        for (child, _, _), share in zip(under, shares[len(here) :], strict=True):
            if share[0]:
                yield from self._below(group, child, share, leaves, nodes)


def _weight(node: Node, group: str) -> Fraction:
    weight = for_group(node.weight, group)
    return Fraction(1 if weight is None else weight)


def _shares(amount: Amount, rows: Sequence[tuple[int, int, Fraction]], adds: bool) -> list[Amount]:
    """Share an amount: under a sum by points, under a mean by weight and share of full marks.

    Where these say nothing, full marks or weights decide.
    """
    firsts, seconds = _parts(rows, adds)
    over, of = amount
    for parts, decides in ((firsts, sum(firsts) * over > 0), (seconds, sum(seconds) > 0)):
        if decides:
            total = sum(parts)
            common = gcd(over, total)
            top, bottom = over // common, of * (total // common)
            return [(top * part, bottom) for part in parts]
    return [(over, of * len(rows)) for _ in rows]


def _parts(rows: Sequence[tuple[int, int, Fraction]], adds: bool) -> tuple[list[int], list[int]]:
    if adds:
        return [points for points, _, _ in rows], [full for _, full, _ in rows]
    whole = lcm(*(full for _, full, _ in rows if full)) if any(full for _, full, _ in rows) else 1
    scale = lcm(*(weight.denominator for _, _, weight in rows)) if rows else 1
    weights = [int(weight * scale) for _, _, weight in rows]
    shares = [points * (whole // full) if full else 0 for points, full, _ in rows]
    return [weight * share for weight, share in zip(weights, shares, strict=True)], weights


def whole_shares(total: int, shares: Mapping[Spot, Amount], finer: int) -> dict[Spot, int]:
    """Round shares, in quanta that are `finer` times too fine, so that they add up (largest remainders)."""
    found = {spot: over // (of * finer) for spot, (over, of) in shares.items()}
    left = total - sum(found.values())
    if left:
        base = lcm(*(of for _, of in shares.values())) * finer
        rest = {spot: over * (base // (of * finer)) % base for spot, (over, of) in shares.items()}
        for spot in sorted(shares, key=lambda spot: -rest[spot])[:left]:
            found[spot] += 1
    return found
