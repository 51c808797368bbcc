"""Sizes and fonts of GB/T 9704-2012 《党政机关公文格式》, with what was measured to reach 22 lines x 28 characters.

Lengths are millimetres, points (1/72 inch) or twips (1/20 point), as their names say.
"""

from dataclasses import dataclass
from typing import Final

PAGE_WIDTH_MM: Final = 210.0
PAGE_HEIGHT_MM: Final = 297.0
TOP_MM: Final = 37.0
BOTTOM_MM: Final = 35.0
LEFT_MM: Final = 28.0
RIGHT_MM: Final = 26.0
TEXT_WIDTH_MM: Final = PAGE_WIDTH_MM - LEFT_MM - RIGHT_MM
TEXT_HEIGHT_MM: Final = PAGE_HEIGHT_MM - TOP_MM - BOTTOM_MM
FOOTER_MM: Final = 25.5  # the dashes of the page number then stand 7 mm below the text (7.5)

LINES: Final = 22
CHARACTERS: Final = 28
LINE_TWIPS: Final = 579  # 22 lines in 225 mm; 28.95 points each
TIGHTEN_TWIPS: Final = -5  # a quarter point less per character: 28 x 15.75 points fit 156 mm
CHARACTER_TWIPS: Final = 16 * 20 + TIGHTEN_TWIPS
FIRST_LINE_TWIPS: Final = 632  # LibreOffice 7.4 ignores firstLineChars without it

BODY_POINTS: Final = 16.0  # 三号
TITLE_POINTS: Final = 22.0  # 二号
SMALL_POINTS: Final = 14.0  # 四号: page number, imprint
NOTE_POINTS: Final = 10.5  # 五号: notes below a table
TITLE_LINE_POINTS: Final = 34.0
SIGN_POINTS: Final = 44.0  # largest size of the issuing authority's sign
SIGN_TOP_MM: Final = 35.0  # from the upper edge of the text to the sign (7.2.4)
SIGN_LINE: Final = 1.15
RED: Final = "FF0000"


@dataclass(frozen=True, slots=True)
class Fonts:
    """Fonts by name; they are on the readers' machines and not part of the document.

    The standard names 仿宋, 小标宋, 黑体 and 楷体; which font files an office has is its own choice.
    """

    body: str = "仿宋_GB2312"
    title: str = "方正小标宋简体"
    heading: str = "黑体"
    subheading: str = "楷体_GB2312"
    page_number: str = "宋体"
    latin: str = "Times New Roman"


def twips(mm: float) -> int:
    """Turn millimetres into twips."""
    return round(mm * 1440 / 25.4)


def emu(mm: float) -> int:
    """Turn millimetres into English metric units, the unit of drawings."""
    return round(mm * 36000)


def mm(points: float) -> float:
    """Turn points into millimetres."""
    return points * 25.4 / 72
