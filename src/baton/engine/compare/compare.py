"""Compare two results."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from baton.engine.compare.comparison import Comparison, Edition, Kind, PieceChange, UnitChange
from baton.engine.compare.schemes import scheme_changes
from baton.engine.explain import contributions
from baton.engine.quantum import to_points
from baton.engine.result.sheet import ScoreSheet, Standing

_NOTHING = Decimal(0)


def compare(before: ScoreSheet, after: ScoreSheet) -> Comparison:
    """Say who moved, what the move consists of, and what differs between the schemes.

    Works for two years, two versions of a scheme, or the same year before and after a correction. Every unit's change
    of total is taken apart into what each indicator, bonus, deduction and bound gave before and after; the pieces add
    up exactly. Raises `Refused` where the rows of a sheet do not carry its scores.
    """
    sides = (_Side(before), _Side(after))
    one, other = sides
    return Comparison(
        before=one.edition,
        after=other.edition,
        units=tuple(
            UnitChange(unit, other.names[unit], one.standings[unit], standing, tuple(_pieces(one, other, unit)))
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
        self.sheet = sheet
        self.standings: dict[str, Standing] = {one.unit: one for one in sheet.standings}
        self.names = {unit.code: unit.name for unit in sheet.scheme.units}
        self.indicators = {indicator.code: indicator.name for indicator in sheet.scheme.indicators}
        self.bonuses = {bonus.code: bonus.name for bonus in sheet.scheme.bonuses}
        self.deductions = {deduction.code: deduction.name for deduction in sheet.scheme.deductions}
        self.adjusted: dict[str, dict[tuple[Kind, str], Decimal]] = defaultdict(dict)
        for one in sheet.adjustments:
            if one.counting == "total" and one.kind in ("bonus", "deduction"):
                spot: tuple[Kind, str] = ("bonus" if one.kind == "bonus" else "deduction", one.item)
                self.adjusted[one.unit][spot] = self.adjusted[one.unit].get(spot, _NOTHING) + one.points
        self.shares = contributions(sheet)
        self.edition = Edition(
            scheme=sheet.scheme.code,
            version=sheet.scheme.version,
            year=sheet.year,
            scheme_digest=sheet.scheme_digest,
            data_digest=sheet.data_digest,
            digest=sheet.digest,
        )

    def pieces(self, unit: str) -> Mapping[tuple[Kind, str], Decimal]:
        """Give what a unit's total consists of, by kind and code."""
        standing = self.standings[unit]
        if standing.total is None or standing.base is None:
            return {}
        quanta: dict[str, int] = {}
        for key, share in self.shares[unit].items():
            quanta[key.indicator] = quanta.get(key.indicator, 0) + share
        found: dict[tuple[Kind, str], Decimal] = {
            ("indicator", code): to_points(share, self.sheet.scheme.decimals) for code, share in quanta.items()
        }
        bound = standing.total - (standing.base + standing.bonus - standing.deduction)
        if bound:
            found["bound", "total"] = bound
        return {**found, **self.adjusted.get(unit, {})}


def _pieces(one: _Side, other: _Side, unit: str) -> Iterator[PieceChange]:
    before, after = one.pieces(unit), other.pieces(unit)
    names: Mapping[Kind, Mapping[str, str]] = {
        "indicator": {**one.indicators, **other.indicators},
        "bonus": {**one.bonuses, **other.bonuses},
        "deduction": {**one.deductions, **other.deductions},
        "bound": {"total": ""},
    }
    for kind, named in names.items():
        for code, name in named.items():
            if (kind, code) in before or (kind, code) in after:
                yield PieceChange(kind, code, name, before.get((kind, code)), after.get((kind, code)))
