"""The attribution of one unit's change on the terminal, indicator by indicator."""

from baton.config.screen.attribution_notes import print_notes
from baton.config.screen.steps import part_shown, piece_name, signed, step_head
from baton.config.screen.tables import print_table
from baton.engine.compare.attribution import Attribution, UnitParts
from baton.engine.terms import plain
from baton.words import Language, text


def print_unit_attribution(found: Attribution, one: UnitParts, language: Language, decimals: int) -> None:
    """Print what a unit's change comes from, indicator by indicator."""
    used = [number for number in range(len(found.steps)) if any(piece.parts[number] for piece in one.pieces)]
    heads = (
        *("config.head_item", "config.head_difference"),
        *(step_head(found.steps[number]) for number in used),
    )
    pieces = sorted((piece for piece in one.pieces if any(piece.parts)), key=lambda piece: -abs(piece.difference))
    rows: list[tuple[str | None, ...]] = [
        (piece_name(piece, language), signed(piece.difference), *(part_shown(piece.parts[number]) for number in used))
        for piece in pieces
    ]
    if rows:
        total = (text("config.word_together", language), signed(one.difference))
        rows.append((*total, *(part_shown(one.parts[number]) for number in used)))
    title = text(
        "config.attribution_of_unit",
        language,
        unit=one.name,
        before=plain(one.before),
        after=plain(one.after),
        difference=signed(one.difference),
    )
    print_table(title, heads, rows, language)
    print_notes(found, language, None)
