"""From the pieces of totals in every state to what each step gave, in whole quanta that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from baton.engine.compare.attribution.blends import Pieces
from baton.engine.compare.attribution.parts import PieceParts, UnitParts
from baton.engine.compare.comparison import Kind
from baton.engine.compare.pieces import Spot
from baton.engine.explain.contributions import largest_remainder
from baton.engine.quantum import to_points


@dataclass(frozen=True)
class Shares:
    """`there`: pieces on the way from before to after, replacing from the first step on; `back`: from the last on.

    `names`: of everything that can be a piece, in the order in which pieces are listed. Quanta are 10^-decimals.
    """

    names: Mapping[Kind, Mapping[str, str]]
    decimals: int
    there: Sequence[Pieces]
    back: Sequence[Pieces]

    def unit(self, unit: str, name: str) -> UnitParts:
        """Give a unit's change, piece by piece."""
        before, after = (to_points(sum(pieces[unit].values()), self.decimals) for pieces in self._ends())
        spots = {spot for way in (self.there, self.back) for pieces in way for spot in pieces.get(unit, {})}
        pieces = [
            self._piece(unit, (kind, code), name_of)
            for kind, named in self.names.items()
            for code, name_of in named.items()
            if (kind, code) in spots
        ]
        return UnitParts(unit, name, before, after, tuple(pieces))

    def _ends(self) -> tuple[Pieces, Pieces]:
        return self.there[0], self.there[-1]

    def _piece(self, unit: str, spot: Spot, name: str) -> PieceParts:
        there, back = ([pieces.get(unit, {}).get(spot, 0) for pieces in way] for way in (self.there, self.back))
        forward = [after - before for before, after in pairwise(there)]
        backward = [after - before for before, after in pairwise(back)]
        means = {
            number: Fraction(one + other, 2)
            for number, (one, other) in enumerate(zip(forward, reversed(backward), strict=True))
        }
        rounded = largest_remainder(there[-1] - there[0], means)
        parts = tuple(to_points(rounded[number], self.decimals) for number in means)
        before, after = (to_points(number, self.decimals) for number in (there[0], there[-1]))
        return PieceParts(spot[0], spot[1], name, before, after, parts)
