"""What each leaf gives to a unit's total, in whole quanta that add up without remainder.

The root's score is shared out from the top down, exactly, as fractions:

- under a sum, children share in proportion to their points;
- under any mean (arithmetic, geometric, harmonic, minimum-penalised, Copeland), in proportion to weight x share of
  the full mark;
- a node scored more often than its parent shares over its periods in proportion to their scores, or gives all to the
  period that counts (last, maximum, minimum; the first of equals).

So a score that was renormalised, capped, lifted to a floor or rounded is shared in the proportions of what went in.
Where these say nothing (they add up to zero, or to the other sign) the full marks or weights decide.
At the end every leaf gets its whole quanta, and what is left goes to the largest fractions, ties in the order of
indicator code, part and period (largest remainders, Hamilton 1792).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from baton.engine.explain.reading import LeafKey, UnitRows, rows_of
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.calendar import parts_of, period_text
from baton.engine.plan.leaf import for_group
from baton.engine.quantum import to_quanta
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.nodes import Node, Sum
from baton.words import Problem, Refused


def contributions(sheet: ScoreSheet, units: Collection[str] | None = None) -> dict[str, dict[LeafKey, int]]:
    """Give for each unit (None: all) what every leaf gives to its base score, in quanta; they add up to the base.

    Leaves that were excluded give 0. A unit without a base score has an empty map. Raises `Refused` where the rows of
    the sheet do not carry the base score of a unit.
    """
    family = Family(Plan(sheet.scheme, sheet.year, {}))
    bases = {one.unit: one.base for one in sheet.standings}
    found = {}
    for unit, rows in rows_of(sheet, units).items():
        base = bases[unit]
        found[unit] = {} if base is None else shared_out(family, rows, to_quanta(base, sheet.scheme.decimals))
    return found


def shared_out(family: "Family", rows: UnitRows, base: int) -> dict[LeafKey, int]:
    """Share a unit's base score out over its leaves."""
    exact = dict.fromkeys(sorted(rows.leaves), Fraction(0))
    plan = family.plan
    sharing = _Sharing(family, rows)
    for key, amount in sharing.node(plan.nodes[plan.roots[rows.group]], plan.top_period(rows.group), Fraction(base)):
        exact[key] += amount
    if sum(exact.values()) != base:
        raise Refused([Problem("engine.sheet_incomplete", {"unit": rows.unit})])
    return largest_remainder(base, exact)


def largest_remainder[K](total: int, exact: Mapping[K, Fraction]) -> dict[K, int]:
    """Round fractions that add up to a whole total so that they still do; ties go in the order of the map."""
    whole = {key: amount.numerator // amount.denominator for key, amount in exact.items()}
    left = total - sum(whole.values())
    for key in sorted(exact, key=lambda key: whole[key] - exact[key])[:left]:
        whole[key] += 1
    return whole


def in_proportion[K](amount: Fraction, parts: Mapping[K, tuple[Fraction, Fraction]]) -> Iterator[tuple[K, Fraction]]:
    """Share an amount by the first numbers; where those say nothing, by the second; or evenly."""
    firsts = sum((first for first, _ in parts.values()), Fraction(0))
    seconds = sum((second for _, second in parts.values()), Fraction(0))
    for key, (first, second) in parts.items():
        if firsts * amount > 0:
            yield key, amount * first / firsts
        elif seconds > 0:
            yield key, amount * second / seconds
        else:
            yield key, amount / len(parts)


@dataclass(frozen=True)
class Family:
    """Who is whose child in a scheme."""

    plan: Plan

    @cached_property
    def leaves(self) -> dict[tuple[str, str], list[Leaf]]:
        """Leaves by group and node."""
        found: dict[tuple[str, str], list[Leaf]] = {}
        for leaf in self.plan.leaves:
            found.setdefault((leaf.group, leaf.node.code), []).append(leaf)
        return found

    @cached_property
    def nodes(self) -> dict[str, list[Node]]:
        """Nodes below a node that count into it."""
        found: dict[str, list[Node]] = {}
        for node in self.plan.scheme.nodes:
            if node.parent is not None and node.in_total:
                found.setdefault(node.parent, []).append(node)
        return found


@dataclass(frozen=True)
class _Sharing:
    family: Family
    rows: UnitRows

    def node(self, node: Node, at: int, amount: Fraction) -> Iterator[tuple[LeafKey, Fraction]]:
        """Share what a node gives in a period over the periods it is scored in, and each of these over its children."""
        year = self.family.plan.year
        scores = {}
        for part in parts_of(at, node.frequency):
            found = self.rows.nodes.get((node.code, period_text(year, part)))
            if found is not None and found.score is not None:
                scores[part] = (Fraction(found.score), Fraction(found.full))
        if amount and scores:
            for part, share in in_proportion(amount, _counting(node, scores)):
                yield from self._children(node, part, share)

    def _children(self, node: Node, at: int, amount: Fraction) -> Iterator[tuple[LeafKey, Fraction]]:
        leaves = dict(self._leaves(node, period_text(self.family.plan.year, at)))
        nodes = dict(self._nodes(node, period_text(self.family.plan.year, at)))
        below = {node.code: node for node in self.family.nodes.get(node.code, ())}
        for key, share in in_proportion(amount, {**leaves, **nodes}) if amount else ():
            if isinstance(key, LeafKey):
                yield key, share
            else:
                yield from self.node(below[key], at, share)

    def _leaves(self, node: Node, period: str) -> Iterator[tuple[LeafKey, tuple[Fraction, Fraction]]]:
        for leaf in self.family.leaves.get((self.rows.group, node.code), ()):
            key = LeafKey(leaf.indicator.code, leaf.part, period)
            row = self.rows.leaves.get(key)
            if row is not None and row["points"] is not None:
                yield key, _part(node, row["points"], row["full"], Fraction(leaf.weight or 0))

    def _nodes(self, node: Node, period: str) -> Iterator[tuple[str, tuple[Fraction, Fraction]]]:
        for child in self.family.nodes.get(node.code, ()):
            found = self.rows.nodes.get((child.code, period))
            if found is not None and found.score is not None:
                weight = for_group(child.weight, self.rows.group)
                yield child.code, _part(node, found.score, found.full, Fraction(1 if weight is None else weight))


def _part(parent: Node, score: int, full: int, weight: Fraction) -> tuple[Fraction, Fraction]:
    """Give what a child shares by, and what decides where all of these say nothing."""
    if isinstance(parent.combine, Sum):
        return Fraction(score), Fraction(full)
    return (weight * Fraction(score, full) if full else Fraction(0)), weight


def _counting(node: Node, scores: Mapping[int, tuple[Fraction, Fraction]]) -> Mapping[int, tuple[Fraction, Fraction]]:
    if len(scores) == 1 or node.over_periods in ("mean", "sum"):
        return scores
    order = {
        "last": list(scores)[-1],
        "maximum": max(scores, key=lambda at: scores[at][0]),
        "minimum": min(scores, key=lambda at: scores[at][0]),
    }
    chosen = order[node.over_periods]
    return {chosen: scores[chosen]}
