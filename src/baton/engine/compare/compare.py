"""Compare two results."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from baton.engine.compare.comparison import Comparison, Kind, PieceChange, UnitChange
from baton.engine.compare.pieces import Spot, edition_of, names_of, pieces_of
from baton.engine.compare.schemes import scheme_changes
from baton.engine.quantum import to_points
from baton.engine.result.sheet import ScoreSheet, Standing


def compare(before: ScoreSheet, after: ScoreSheet) -> Comparison:
    """Say who moved, what the move consists of, and what differs between the schemes.

    Works for two years, two versions of a scheme, or the same year before and after a correction. Every unit's change
    of total is taken apart into what each indicator, bonus, deduction and bound gave before and after; the pieces add
    up exactly. Raises `Refused` where the rows of a sheet do not carry its scores.
    """
    one, other = _Side(before), _Side(after)
    names = names_of(before, after)
    return Comparison(
        before=edition_of(before),
        after=edition_of(after),
        units=tuple(
            UnitChange(unit, other.names[unit], one.standings[unit], standing, tuple(_pieces(names, one, other, unit)))
            for unit, standing in other.standings.items()
            if unit in one.standings
        ),
        units_added=tuple(unit for unit in other.names if unit in other.standings and unit not in one.standings),
        units_gone=tuple(unit for unit in one.names if unit in one.standings and unit not in other.standings),
        indicators_added=tuple(code for code in other.indicators if code not in one.indicators),
        indicators_gone=tuple(code for code in one.indicators if code not in other.indicators),
        scheme=scheme_changes(before.scheme, after.scheme),
    )


class _Side:
    """One result with what its units' totals consist of."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self.decimals = sheet.scheme.decimals
        self.standings: dict[str, Standing] = {one.unit: one for one in sheet.standings}
        self.names = {unit.code: unit.name for unit in sheet.scheme.units}
        self.indicators = tuple(indicator.code for indicator in sheet.scheme.indicators)
        self.quanta = pieces_of(sheet)

    def pieces(self, unit: str) -> Mapping[Spot, Decimal]:
        """Give what a unit's total consists of, by kind and code."""
        return {spot: to_points(quanta, self.decimals) for spot, quanta in self.quanta[unit].items()}


def _pieces(names: Mapping[Kind, Mapping[str, str]], one: _Side, other: _Side, unit: str) -> Iterator[PieceChange]:
    before, after = one.pieces(unit), other.pieces(unit)
    for kind, named in names.items():
        for code, name in named.items():
            if (kind, code) in before or (kind, code) in after:
                yield PieceChange(kind, code, name, before.get((kind, code)), after.get((kind, code)))
