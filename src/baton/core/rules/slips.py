"""One-time codes that people copy from paper: no letter that looks like another, no difference of capitals."""

import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters without 0 O, 1 I L."""
_GROUP = 4


def written(letters: str) -> str:
    """Write a code in groups of four, as it stands on paper."""
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def read(typed: str) -> str:
    """Read a code as it was typed: full-width or small letters, blanks and strokes do not matter."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(one for one in plain if one.isalnum())
