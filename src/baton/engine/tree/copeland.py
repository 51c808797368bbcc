"""Copeland: units compared in pairs by weighted majority of their children's shares."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from baton.engine.tree.means import Child

_HALF = Fraction(1, 2)


def copeland(rows: Mapping[int, Sequence[Child]], scale: str, full: Fraction) -> dict[int, Fraction | None]:
    """Wins minus losses of each unit (`net`), or mapped to 0..full (`full`); None for a unit that lacks a child.

    A child is one that some unit has a score of; only units with the same children can be compared in pairs.

    Unit i beats j if the weights of the children in which it is better, half of those in which both are equal
    included, are more than half of all weights (Copeland 1951; as in COINr). One unit alone gets the middle.
    """
    size = len({child.code for children in rows.values() for child in children})
    compared = [unit for unit, children in rows.items() if children and len(children) == size]
    net = dict.fromkeys(compared, 0)
    for one, other in combinations(compared, 2):
        half = sum((c.weight for c in rows[one]), Fraction(0)) * _HALF
        ahead = Fraction(0)
        for mine, theirs in zip(rows[one], rows[other], strict=True):
            if mine.share > theirs.share:
                ahead += mine.weight
            elif mine.share == theirs.share:
                ahead += mine.weight * _HALF
        if ahead != half:
            winner, loser = (one, other) if ahead > half else (other, one)
            net[winner] += 1
            net[loser] -= 1
    found: dict[int, Fraction | None] = dict.fromkeys(rows)
    for unit, score in net.items():
        found[unit] = Fraction(score) if scale == "net" else _mapped(score, len(compared), full)
    return found


def _mapped(score: int, n: int, full: Fraction) -> Fraction:
    return full * _HALF if n == 1 else full * Fraction(score + n - 1, 2 * (n - 1))
