"""An attribution on the terminal: what each unit's change comes from, in figures that add up as they are shown."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from baton.config.screen.attribution_notes import print_notes
from baton.config.screen.steps import part_shown, piece_name, signed, step_head, step_words
from baton.config.screen.tables import print_line, print_table
from baton.engine.compare.attribution import Attribution, Step, UnitParts
from baton.engine.explain.contributions import largest_remainder
from baton.engine.quantum import to_points, to_quanta
from baton.words import Language, text

_NAMED_FROM = Decimal("0.01")
"""Share of a unit's largest part below which a piece is not named."""


def print_attribution(found: Attribution, language: Language, decimals: int, reasons: int) -> None:
    """Print what every unit's change comes from; `decimals` are shown, `reasons` is how many pieces are named."""
    moved = [one for one in found.units if any(piece.difference or any(piece.parts) for piece in one.pieces)]
    used = [number for number in range(len(found.steps)) if any(one.parts[number] for one in moved)]
    heads = (
        *("config.head_unit", "config.head_before", "config.head_after", "config.head_difference"),
        *(step_head(found.steps[number]) for number in used),
        "config.head_because",
    )
    ordered = sorted(moved, key=lambda one: -abs(one.difference))
    rows = [_row(found.steps, used, one, decimals, reasons, language) for one in ordered]
    if rows:
        print_table(text("config.attribution_title", language), heads, rows, language)
    idle = [step for number, step in enumerate(found.steps) if number not in used]
    if idle:
        names = "、".join(step_words(step, language) for step in idle)
        print_line("config.attribution_idle", language, names=names)
    print_notes(found, language, decimals)


def _row(
    steps: Sequence[Step], used: Sequence[int], one: UnitParts, decimals: int, reasons: int, language: Language
) -> tuple[str | Decimal | None, ...]:
    before, after = (to_quanta(total, decimals) for total in (one.before, one.after))
    shown = _as_shown(after - before, {number: one.parts[number] for number in used}, decimals)
    return (
        one.name,
        *(to_points(total, decimals) for total in (before, after)),
        signed(to_points(after - before, decimals)),
        *(part_shown(to_points(part, decimals)) for part in shown),
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
        from_where = step_words(step, language)
        name = piece_name(piece, language)
        told.append(text("config.attribution_reason", language, name=name, step=from_where, points=signed(rounded)))
    return "；".join(told)
