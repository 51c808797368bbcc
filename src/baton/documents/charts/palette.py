"""Tones that stay apart in grey print and for every kind of colour vision, with a shape and dashes for each.

Hex, because county PCs run old browsers. Lightness falls in steps of at least 12 (CIE L*), so grey keeps the order.
"""

from typing import Final

INK: Final = "#1f2933"
QUIET: Final = "#52606d"
RULE: Final = "#d9e0e7"
PAPER: Final = "#ffffff"
PALE: Final = "#dce6ef"
MAIN: Final = "#1f4e79"
ALARM: Final = "#b4431f"

GRADE_TONES: Final = ("#16406b", "#3f77ad", "#7fabd3", "#b9cfe3", "#d9d9d9", "#efefef")
GRADE_SHAPES: Final = ("●", "◆", "▲", "■", "▼", "○")

LINE_TONES: Final = ("#16406b", "#b4431f", "#2f7d4f", "#7a4b94", "#8a6d1f", "#4d5a66")
LINE_DASHES: Final = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (5, 2), (1, 3))
LINE_SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")

HEAT_RANGE: Final = ("#f7fafc", "#6b9fcc")  # INK on either end keeps a contrast of 4.5 (WCAG 1.4.3)


def of[Tone](choices: tuple[Tone, ...], index: int) -> Tone:
    """Give the index-th of a row of choices, beginning again after the last."""
    return choices[index % len(choices)]
