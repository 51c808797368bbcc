"""The steps of an attribution and the pieces of a total in the words of the terminal."""

from decimal import Decimal

from baton.engine.compare.attribution import PieceParts, Step
from baton.engine.terms import plain
from baton.words import Language, text

_WORDS = {
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


def step_words(step: Step, language: Language) -> str:
    """Give the heading of a step."""
    return text(_WORDS[step_name(step)], language)


def step_head(step: Step) -> str:
    """Give the code of the heading of a step."""
    return _WORDS[step_name(step)]


def step_name(step: Step) -> str:
    """Join the factors of a step: `rules+weights`."""
    return "+".join(step)


def piece_name(piece: PieceParts, language: Language) -> str:
    """Name a piece of a total."""
    return text("config.word_bound", language) if piece.kind == "bound" else piece.name or piece.code


def part_shown(value: Decimal) -> str | None:
    """Write a part with its sign; None, which is a dash, for nothing."""
    return signed(value) if value else None


def signed(value: Decimal) -> str:
    """Write a number with its sign."""
    return f"+{plain(value)}" if value > 0 else plain(value)
