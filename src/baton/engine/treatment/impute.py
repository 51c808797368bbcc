"""Gaps filled from the figures that are there."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from fractions import Fraction

from baton.engine.quantum import quantise_exact
from baton.engine.scheme.treatment import Impute, Partition
from baton.engine.treatment.cells import Known, Scope, Spot, rows_of


def imputed(scope: Scope, known: Known, gaps: Collection[Spot]) -> Known:
    """Give what fills the gaps that something can fill, in whole numbers of the leaf's decimals.

    Means and medians are of what is known, never of what was imputed, and are rounded once.
    """
    found: Known = {}
    by_row: dict[Spot, Impute] = {}
    for _, column in scope.columns({*known, *gaps}):
        step = scope.step(Impute, scope.leaves[column[0][1]])
        missing = [spot for spot in column if spot in gaps and spot not in known]
        if step is None or not missing:
            continue
        if step.method == "row_mean":
            by_row |= dict.fromkeys(missing, step)
        else:
            found |= _by_column(scope, step, [spot for spot in column if spot in known], missing, known)
    return found | (_by_row(scope, known, by_row) if by_row else {})


def _by_column(scope: Scope, step: Impute, there: list[Spot], missing: list[Spot], known: Known) -> Known:
    """Mean or median of the column, or of the unit's part of it."""
    parts = _parts(scope, step)
    values: dict[str, list[int]] = defaultdict(list)
    for spot in there:
        if (part := parts[spot[0]]) is not None:
            values[part].append(known[spot])
    middle = _median if step.method.endswith("median") else _mean
    centres = {part: middle(numbers) for part, numbers in values.items()}
    return {spot: centres[part] for spot in missing if (part := parts[spot[0]]) in centres and part is not None}


def _parts(scope: Scope, step: Impute) -> list[str | None]:
    """The part of each unit by its number: its group, its part of a partition, or one part for all."""
    units = scope.plan.units
    if not step.method.startswith("group"):
        return [""] * len(units)
    if step.partition is None:
        return [unit.group for unit in units]
    named = (one for one in scope.plan.scheme.treatment if isinstance(one, Partition) and one.code == step.partition)
    part_of = {unit: part for partition in named for part, members in partition.parts.items() for unit in members}
    return [part_of.get(unit.code) for unit in units]


def _mean(values: list[int]) -> int:
    return quantise_exact(Fraction(sum(values), len(values)))


def _median(values: list[int]) -> int:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else quantise_exact(Fraction(ordered[half - 1] + ordered[half], 2))


def _by_row(scope: Scope, known: Known, gaps: Mapping[Spot, Impute]) -> Known:
    """The mean of what the unit has elsewhere, on scales of 0 to 1 by direction, brought to the column's own scale.

    A column whose values are all equal has no scale: it is left out of the means, and its gaps get the one value.
    """
    ends = {
        (code, column[0][2]): (min(known[s] for s in column), max(known[s] for s in column))
        for code, column in scope.columns(known)
    }
    rows = rows_of(known)
    found: Known = {}
    for spot, step in gaps.items():
        leaf = scope.leaves[spot[1]]
        if (leaf.indicator.code, spot[2]) not in ends:
            continue
        low, high = ends[leaf.indicator.code, spot[2]]
        shares = []
        for other in rows.get((spot[0], spot[2]), ()):
            beside = scope.leaves[other[1]]
            lowest, highest = ends[beside.indicator.code, other[2]]
            if lowest < highest and (step.within == "all" or beside.node.code == leaf.node.code):
                share = Fraction(known[other] - lowest, highest - lowest)
                shares.append(share if beside.sign > 0 else 1 - share)
        if shares:
            mean = sum(shares, Fraction(0)) / len(shares)
            found[spot] = low + quantise_exact((mean if leaf.sign > 0 else 1 - mean) * (high - low))
        elif low == high:
            found[spot] = low
    return found
