"""A comparison on the terminal: who moved, the heaviest pieces of each move, what differs in the schemes."""

from decimal import Decimal

from baton.config.screen.tables import print_line, print_table
from baton.engine.compare.comparison import Comparison, PieceChange, UnitChange
from baton.engine.result.sheet import Standing
from baton.engine.terms import plain
from baton.words import Language, text

_HEADS = (
    "config.head_unit",
    "config.head_before",
    "config.head_after",
    "config.head_difference",
    "config.head_places",
    "config.head_grade",
    "config.head_because",
)
_NAMED_FROM = Decimal("0.01")
"""Share of a unit's change below which a piece is not named: the last digits of a renormalisation explain nothing."""
_SPOTS = ("config.head_spot", "config.head_before", "config.head_after")


def print_comparison(found: Comparison, language: Language, pieces: int) -> None:
    """Print what differs; `pieces`: how many of the heaviest pieces of each unit's change are named."""
    if found.scheme:
        rows = [(change.path, change.before, change.after) for change in found.scheme]
        print_table(text("config.scheme_changes_title", language), _SPOTS, rows, language)
    moved = [change for change in found.units if change.difference or _place(change.before) != _place(change.after)]
    ordered = sorted(moved, key=lambda change: -abs(change.difference or Decimal(0)))
    title = text("config.comparison_title", language, moved=len(moved), units=len(found.units))
    print_table(title, _HEADS, [_row(change, pieces) for change in ordered], language)
    for code, units in (("config.units_added", found.units_added), ("config.units_gone", found.units_gone)):
        if units:
            print_line(code, language, units="、".join(units))


def _row(change: UnitChange, pieces: int) -> tuple[str | Decimal | None, ...]:
    least = abs(change.difference or Decimal(0)) * _NAMED_FROM
    heaviest = sorted((one for one in change.pieces if one.difference and abs(one.difference) >= least), key=_weight)
    return (
        change.name,
        change.before.total,
        change.after.total,
        None if change.difference is None else _signed(change.difference),
        None if not change.places_won else _signed(change.places_won),
        _grades(change.before.grade, change.after.grade),
        "；".join(map(_piece, heaviest[:pieces])) or None,
    )


def _place(one: Standing) -> tuple[Decimal | None, str | None]:
    return one.rank, one.grade


def _grades(before: str | None, after: str | None) -> str | None:
    return None if before == after else f"{before or '–'}→{after or '–'}"


def _weight(one: PieceChange) -> Decimal:
    return -abs(one.difference)


def _piece(one: PieceChange) -> str:
    return f"{one.name or one.code} {_signed(one.difference)}"


def _signed(value: Decimal) -> str:
    return f"+{plain(value)}" if value > 0 else plain(value)
