"""How wide a text stands, in em of its own font: Chinese and full-width characters one em, the others half."""

import unicodedata

_HALF = 0.5
_FULL_CLASSES = frozenset("WFA")


def ems(text: str) -> float:
    """Give the width of a text in em; East Asian wide, full-width and ambiguous characters (UAX #11) count one em."""
    if text.isascii():
        return len(text) * _HALF
    return sum(1.0 if unicodedata.east_asian_width(char) in _FULL_CLASSES else _HALF for char in text)


def widest(texts: list[str]) -> float:
    """Give the width of the widest of several texts in em; 0 for none."""
    return max(map(ems, texts), default=0.0)
