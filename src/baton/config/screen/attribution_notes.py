"""What stands below an attribution on the terminal: what was joined or left out, and how it was computed."""

from baton.config.screen.tables import print_line
from baton.engine.compare.attribution import Attribution
from baton.words import Language, render


def print_notes(found: Attribution, language: Language, decimals: int | None) -> None:
    """Print the notes; `decimals`: how many are shown (None: all)."""
    if found.joined_because:
        print_line("config.attribution_joined", language, because=render(found.joined_because[0], language).what)
    if found.left_out:
        print_line("config.attribution_left_out", language, units="、".join(found.left_out))
    if decimals is not None:
        print_line("config.attribution_shown", language, decimals=decimals)
    print_line("config.attribution_method", language)
