"""Paper, margins, line grid and page numbers; upright and landscape sections."""

from typing import Final

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Emu

from baton.documents.word import layout
from baton.documents.word.xml import element, field, paragraph, run

_SIDE_CHARACTER_TWIPS: Final = round(layout.SMALL_POINTS * 20)


def set_up(word: WordDocument) -> None:
    """Give the first section its paper, and all sections their page numbers: odd right, even left."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    _paper(section, landscape=False)
    _page_number(section.footer, "right")
    _page_number(section.even_page_footer, "left")


def turn(word: WordDocument, *, landscape: bool) -> None:
    """Begin a section on a new page, landscape or upright; page numbers run on."""
    _paper(word.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)


def _paper(section: Section, *, landscape: bool) -> None:
    """Set paper and margins; a landscape page is an upright one turned so that its head lies at the binding edge."""
    width, height = layout.PAGE_WIDTH_MM, layout.PAGE_HEIGHT_MM
    top, right, bottom, left = layout.TOP_MM, layout.RIGHT_MM, layout.BOTTOM_MM, layout.LEFT_MM
    footer = layout.FOOTER_MM
    if landscape:
        width, height = height, width
        top, right, bottom, left = left, top, right, bottom
        footer = layout.FOOTER_MM - (layout.BOTTOM_MM - layout.RIGHT_MM)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Emu(layout.emu(width)), Emu(layout.emu(height))
    section.top_margin, section.bottom_margin = Emu(layout.emu(top)), Emu(layout.emu(bottom))
    section.left_margin, section.right_margin = Emu(layout.emu(left)), Emu(layout.emu(right))
    section.header_distance, section.footer_distance = Emu(layout.emu(15)), Emu(layout.emu(footer))
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(element("docGrid", type="lines", linePitch=layout.LINE_TWIPS))


def _page_number(footer: _Footer, side: str) -> None:
    footer.is_linked_to_previous = False
    root = footer._element
    for old in list(root):
        root.remove(old)
    indent = element("ind", **{f"{side}Chars": 100, side: _SIDE_CHARACTER_TWIPS})
    root.append(paragraph("Footer", run("— "), *field("PAGE"), run(" —"), properties=(indent, element("jc", val=side))))
