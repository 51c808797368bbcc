"""The columns all tables of a unit's sheet share: a wide one, a narrow one, twelve for months, two at the end."""

from typing import Final

from baton.documents.excel import letters

NAME_WIDTH: Final = 42.0
UNIT_WIDTH: Final = 11.0
CELL_WIDTH: Final = 11.0
SHARE_WIDTH: Final = 12.0
WORDS_WIDTH: Final = 68.0
MONTHS: Final = 12
FIRST_MONTH: Final = 2


def letter(place: int) -> str:
    """Give the letter of the place-th (from 0) of the twelve middle columns."""
    return letters(FIRST_MONTH + place)
