"""Cell addresses: 0-based row and column numbers inside, A1 references towards people."""

import re
from functools import lru_cache

MAX_ROWS = 1_048_576
"""Rows of a sheet in Office Open XML (ECMA-376); every other kind has fewer."""
MAX_COLUMNS = 16_384
"""Columns of a sheet in Office Open XML (ECMA-376): A to XFD."""

_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})\Z")


@lru_cache(maxsize=MAX_COLUMNS)
def column_letters(column: int) -> str:
    """Give the letters of a 0-based column: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=MAX_COLUMNS)
def column_number(letters: str) -> int:
    """Give the 0-based column of its letters; raises ValueError for anything else."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    return number - 1


def a1(row: int, column: int) -> str:
    """Give the A1 reference of a 0-based row and column: (6, 2) is C7."""
    return f"{column_letters(column)}{row + 1}"


def parse_a1(reference: str) -> tuple[int, int]:
    """Give the 0-based row and column of an A1 reference; raises ValueError for anything else."""
    match = _A1.match(reference)
    if match is None:
        raise ValueError(reference)
    return int(match[2]) - 1, column_number(match[1])
