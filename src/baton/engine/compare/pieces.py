"""What a unit's total consists of, in whole quanta: indicators, bonus and deduction items, and the bound."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from baton.engine.compare.comparison import Edition, Kind
from baton.engine.explain import contributions
from baton.engine.quantum import to_quanta
from baton.engine.result.sheet import ScoreSheet

type Spot = tuple[Kind, str]


def pieces_of(
    sheet: ScoreSheet, units: Collection[str] | None = None, decimals: int | None = None
) -> dict[str, dict[Spot, int]]:
    """Give for each unit (None: all) the pieces of its total by kind and code; they add up to the total.

    In quanta of 10^-decimals (None: the scheme's). A unit without a total has no pieces. Raises `Refused` where the
    rows of the sheet do not carry its scores.
    """
    own = sheet.scheme.decimals
    asked = own if decimals is None else decimals
    adjusted = _adjusted(sheet, asked)
    shares = contributions(sheet, units)
    found: dict[str, dict[Spot, int]] = {}
    for one in sheet.standings:
        if one.unit not in shares:
            continue
        pieces = found[one.unit] = {}
        if one.total is None or one.base is None:
            continue
        for key, share in shares[one.unit].items():
            spot: Spot = ("indicator", key.indicator)
            pieces[spot] = pieces.get(spot, 0) + share * 10 ** (asked - own)
        pieces |= adjusted.get(one.unit, {})
        bound = to_quanta(one.total, asked) - sum(pieces.values())
        if bound:
            pieces["bound", "total"] = bound
    return found


def _adjusted(sheet: ScoreSheet, decimals: int) -> Mapping[str, Mapping[Spot, int]]:
    found: dict[str, dict[Spot, int]] = defaultdict(dict)
    for one in sheet.adjustments:
        if one.counting == "total" and one.kind in ("bonus", "deduction"):
            spot: Spot = ("bonus" if one.kind == "bonus" else "deduction", one.item)
            found[one.unit][spot] = found[one.unit].get(spot, 0) + to_quanta(one.points, decimals)
    return found


def edition_of(sheet: ScoreSheet) -> Edition:
    """Say which result a sheet is."""
    return Edition(
        scheme=sheet.scheme.code,
        version=sheet.scheme.version,
        year=sheet.year,
        scheme_digest=sheet.scheme_digest,
        data_digest=sheet.data_digest,
        digest=sheet.digest,
    )


def names_of(before: ScoreSheet, after: ScoreSheet) -> Mapping[Kind, Mapping[str, str]]:
    """Names of everything that can be a piece, by kind and code; the later name where both sides have one."""
    schemes = (before.scheme, after.scheme)
    return {
        "indicator": {one.code: one.name for scheme in schemes for one in scheme.indicators},
        "bonus": {one.code: one.name for scheme in schemes for one in scheme.bonuses},
        "deduction": {one.code: one.name for scheme in schemes for one in scheme.deductions},
        "bound": {"total": ""},
    }
