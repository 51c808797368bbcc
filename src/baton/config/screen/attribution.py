"""An attribution on the terminal: what each unit's change comes from, in figures that add up as they are shown."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from baton.config.screen.tables import print_line, print_table
from baton.engine.compare.attribution import Attribution, PieceParts, Step, UnitParts
from baton.engine.explain.contributions import largest_remainder
from baton.engine.quantum import to_points, to_quanta
from baton.engine.terms import plain
from baton.words import Language, render, text

_STEPS = {
    "values": "config.step_of_values",
    "peers": "config.step_of_peers",
    "rules": "config.step_of_rules",
    "weights": "config.step_of_weights",
    "adjustments": "config.step_of_adjustments",
    "rules+weights": "config.step_of_rules_weights",
    "rules+weights+adjustments": "config.step_of_scheme",
    "peers+rules+weights+adjustments": "config.step_of_all_but_values",
    "values+peers+rules+weights+adjustments": "config.step_of_everything",
}
"""Headings of steps by the factors they replace."""
_NAMED_FROM = Decimal("0.01")
"""Share of a unit's largest part below which a piece is not named."""


def step_name(step: Step) -> str:
    """Join the factors of a step: `rules+weights`."""
    return "+".join(step)


def print_attribution(found: Attribution, language: Language, decimals: int, reasons: int) -> None:
    """Print what every unit's change comes from; `decimals` are shown, `reasons` is how many pieces are named."""
    moved = [one for one in found.units if any(piece.difference or any(piece.parts) for piece in one.pieces)]
    used = [number for number in range(len(found.steps)) if any(one.parts[number] for one in moved)]
    heads = (
        *("config.head_unit", "config.head_before", "config.head_after", "config.head_difference"),
        *(_STEPS[step_name(found.steps[number])] for number in used),
        "config.head_because",
    )
    ordered = sorted(moved, key=lambda one: -abs(one.difference))
    rows = [_row(found.steps, used, one, decimals, reasons, language) for one in ordered]
    if rows:
        print_table(text("config.attribution_title", language), heads, rows, language)
    idle = [step for number, step in enumerate(found.steps) if number not in used]
    if idle:
        names = "、".join(text(_STEPS[step_name(step)], language) for step in idle)
        print_line("config.attribution_idle", language, names=names)
    _notes(found, language, decimals)


def print_unit_attribution(found: Attribution, one: UnitParts, language: Language, decimals: int) -> None:
    """Print what a unit's change comes from, indicator by indicator."""
    used = [number for number in range(len(found.steps)) if any(piece.parts[number] for piece in one.pieces)]
    heads = (
        *("config.head_item", "config.head_difference"),
        *(_STEPS[step_name(found.steps[number])] for number in used),
    )
    pieces = sorted((piece for piece in one.pieces if any(piece.parts)), key=lambda piece: -abs(piece.difference))
    rows: list[tuple[str | None, ...]] = [
        (_piece_name(piece, language), _signed(piece.difference), *(_part(piece.parts[number]) for number in used))
        for piece in pieces
    ]
    if rows:
        total = (text("config.word_together", language), _signed(one.difference))
        rows.append((*total, *(_part(one.parts[number]) for number in used)))
    title = text(
        "config.attribution_of_unit",
        language,
        unit=one.name,
        before=plain(one.before),
        after=plain(one.after),
        difference=_signed(one.difference),
    )
    print_table(title, heads, rows, language)
    _notes(found, language, None)


def _notes(found: Attribution, language: Language, decimals: int | None) -> None:
    if found.joined_because:
        print_line("config.attribution_joined", language, because=render(found.joined_because[0], language).what)
    if found.left_out:
        print_line("config.attribution_left_out", language, units="、".join(found.left_out))
    if decimals is not None:
        print_line("config.attribution_shown", language, decimals=decimals)
    print_line("config.attribution_method", language)


def _row(
    steps: Sequence[Step], used: Sequence[int], one: UnitParts, decimals: int, reasons: int, language: Language
) -> tuple[str | Decimal | None, ...]:
    before, after = (to_quanta(total, decimals) for total in (one.before, one.after))
    shown = _as_shown(after - before, {number: one.parts[number] for number in used}, decimals)
    return (
        one.name,
        *(to_points(total, decimals) for total in (before, after)),
        _signed(to_points(after - before, decimals)),
        *(_part(to_points(part, decimals)) for part in shown),
        _because(steps, one, reasons, decimals, language),
    )


def _as_shown(total: int, parts: Mapping[int, Decimal], decimals: int) -> list[int]:
    """Round parts so that they add up to the change as it is shown; what rounding moves the largest part takes."""
    exact = {number: Fraction(part) * 10**decimals for number, part in parts.items()}
    if not exact:
        return []
    largest = max(exact, key=lambda number: abs(exact[number]))
    exact[largest] += total - sum(exact.values())
    rounded = largest_remainder(total, exact)
    return [rounded[number] for number in parts]


def _because(steps: Sequence[Step], one: UnitParts, reasons: int, decimals: int, language: Language) -> str | None:
    """Name the heaviest parts of single pieces with what they come from."""
    parts = [(part, piece, step) for piece in one.pieces for part, step in zip(piece.parts, steps, strict=True) if part]
    if not parts:
        return None
    least = max(abs(part) for part, _, _ in parts) * _NAMED_FROM
    heaviest = sorted((entry for entry in parts if abs(entry[0]) >= least), key=lambda entry: -abs(entry[0]))
    told = []
    for part, piece, step in heaviest[:reasons]:
        rounded = to_points(to_quanta(part, decimals), decimals)
        from_where = text(_STEPS[step_name(step)], language)
        name = _piece_name(piece, language)
        told.append(text("config.attribution_reason", language, name=name, step=from_where, points=_signed(rounded)))
    return "；".join(told)


def _piece_name(piece: PieceParts, language: Language) -> str:
    return text("config.word_bound", language) if piece.kind == "bound" else piece.name or piece.code


def _part(value: Decimal) -> str | None:
    return _signed(value) if value else None


def _signed(value: Decimal) -> str:
    return f"+{plain(value)}" if value > 0 else plain(value)
