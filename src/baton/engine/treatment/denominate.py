"""Values divided by those of another indicator; what is not divided is brought to the decimals of treated values."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from baton.engine.plan import Leaf
from baton.engine.quantum import quantise_exact
from baton.engine.scheme.treatment import Denominate
from baton.engine.treatment.cells import Cell, Known, Scope, Spot
from baton.words import Problem


def denominated(scope: Scope, cells: Mapping[Spot, Cell]) -> tuple[Known, list[Problem]]:
    """Give the values of treated leaves at their decimals, and every denominator of zero that the scheme refuses."""
    found: Known = {}
    problems: list[Problem] = []
    by_code = {(leaf.group, leaf.indicator.code): leaf for leaf in scope.read.values()}
    for spot, cell in sorted(cells.items()):
        leaf = scope.leaves.get(spot[1])
        if leaf is None or cell.x is None:
            continue
        before = scope.reading.by_key[leaf.key].decimals
        step = scope.step(Denominate, leaf)
        if step is None:
            found[spot] = cell.x * int(10 ** (leaf.decimals - before))
            continue
        below = by_code[leaf.group, step.by]
        by = cells.get((spot[0], below.key, spot[2]), Cell(None)).x
        if by == 0 and step.zero == "required":
            problems.append(scope.problem("engine.treatment_zero_denominator", spot, by=below.indicator.name))
        if by:
            found[spot] = _quotient(leaf, cell.x, before, by, scope.reading.by_key[below.key].decimals, step.scale)
    return found, problems


def _quotient(leaf: Leaf, x: int, x_decimals: int, by: int, by_decimals: int, scale: Decimal) -> int:
    """Scale x value / denominator, rounded once to the leaf's decimals."""
    shift = Fraction(10) ** (leaf.decimals + by_decimals - x_decimals)
    return quantise_exact(Fraction(x, by) * Fraction(scale) * shift)
