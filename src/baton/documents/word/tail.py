"""What follows the body: list of attachments, signature and date, remark, the attachments, the imprint (7.3.4-7.4)."""

import datetime
from copy import deepcopy
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from baton.documents.content import Attachment, Document, Imprint, Signature
from baton.documents.measure import ems
from baton.documents.word import layout
from baton.documents.word.head import title
from baton.documents.word.layout import Fonts
from baton.documents.word.xml import element, fonts, paragraph, run
from baton.words import Language, text

_EM: Final = layout.CHARACTER_TWIPS
_DATE_FROM_RIGHT_EM: Final = 4.0
_LINES_FOR_SEAL: Final = 2
_THICK_EIGHTHS: Final = 8  # 1 point; the standard asks for 0.35 mm
_THIN_EIGHTHS: Final = 6  # 0.75 points for 0.25 mm
_SMALL_EM: Final = round(layout.SMALL_POINTS * 20)
_TEXT_TWIPS: Final = layout.twips(layout.TEXT_WIDTH_MM)


def written(date: datetime.date, language: Language) -> str:
    """Write a date as the standard wants it: 2024年1月5日, months and days without a leading zero."""
    return text("documents.date", language, year=date.year, month=date.month, day=date.day)


def attachment_list(document: Document) -> list[BaseOxmlElement]:
    """Name the attachments one line below the text, numbered if there are several, in a hanging column."""
    titles = [attachment.title for attachment in document.attachments]
    if not titles:
        return []
    label = text("documents.attachments", document.language)
    numbered = [f"{i}. {name}" for i, name in enumerate(titles, 1)] if len(titles) > 1 else titles
    hang = ems(label)
    kept = (element("keepNext"),) if document.signature else ()
    lines = [paragraph("Normal", properties=deepcopy(kept))]
    for index, name in enumerate(numbered):
        number = ems(f"{index + 1}. ") if len(titles) > 1 else 0.0
        left = round((2 + hang + number) * _EM)
        hanging = round((hang + number if index == 0 else number) * _EM)
        indent = element("ind", left=left, hanging=hanging)
        lines.append(
            paragraph("Normal", run((label if index == 0 else "") + name), properties=(*deepcopy(kept), indent))
        )
    return lines


def signature(signed: Signature, language: Language) -> list[BaseOxmlElement]:
    """Set authorities centred on the date, the date four characters from the right edge, kept together.

    An authority too long to be centred there pushes the date to the left until it ends at the edge.
    """
    date = written(signed.date, language)
    longest = max((ems(name) for name in signed.authorities), default=0.0)
    right = max(_DATE_FROM_RIGHT_EM, (longest - ems(date)) / 2)
    middle = right + ems(date) / 2
    lines = [*signed.authorities, date]
    room = [paragraph("Normal", properties=(element("keepNext"),)) for _ in range(_LINES_FOR_SEAL)]
    return room + [
        paragraph(
            "Normal",
            run(line),
            properties=(
                *((element("keepNext"),) if place < len(lines) - 1 else ()),
                element("ind", rightChars=0, right=round(max(0.0, middle - ems(line) / 2) * _EM)),
                element("jc", val="right"),
            ),
        )
        for place, line in enumerate(lines)
    ]


def remark(document: Document) -> list[BaseOxmlElement]:
    """Set the remark in brackets, two characters in, on the line below the date."""
    if not document.remark:
        return []
    words = document.remark.strip("（）()")
    return [paragraph("BodyText", run(text("documents.remark", document.language, text=words)))]


def attachment_head(number: int, attachment: Attachment, document: Document, faces: Fonts) -> list[BaseOxmlElement]:
    """Set what stands above an attachment: its mark in the upper left corner, its title on the third line."""
    shown = number if len(document.attachments) > 1 else ""
    mark = text("documents.attachment", document.language, number=shown).strip()
    return [
        paragraph("Normal", run(mark, fonts(faces.heading, faces.latin))),
        paragraph("Normal"),
        title(attachment.title),
        paragraph("Normal"),
    ]


def imprint(content: Imprint, language: Language) -> list[BaseOxmlElement]:
    """Set the imprint as a table at the foot of the page: thick lines above and below, a thin one between."""
    rows: list[BaseOxmlElement] = []
    if content.copies_to:
        names = text("documents.names_joined_by", language).join(content.copies_to)
        hang = round(ems(text("documents.copies_to", language, names="").rstrip("。. ")) * _SMALL_EM)
        indent = element("ind", left=_SMALL_EM + hang, right=_SMALL_EM, hanging=hang)
        rows.append(_line(text("documents.copies_to", language, names=names), indent))
    printed = text("documents.printed_on", language, date=written(content.printed_on, language))
    tabs = element("tabs", element("tab", val="right", pos=_TEXT_TWIPS - _SMALL_EM))
    rows.append(_line(f"{content.printed_by}\t{printed}", tabs, element("ind", left=_SMALL_EM)))
    grid = element("tblGrid", element("gridCol", w=_TEXT_TWIPS))
    return [_hairline(), element("tbl", _at_the_foot(), grid, *rows), _hairline()]


def _at_the_foot() -> BaseOxmlElement:
    """Float a table at the lower edge of the text, as wide as the text.

    LibreOffice 7.4 floats a table of this width only if it is placed from the page's edge, with both distances given.
    """
    rules = (("top", _THICK_EIGHTHS), ("bottom", _THICK_EIGHTHS), ("insideH", _THIN_EIGHTHS))
    lines = (element(side, val="single", sz=eighths, space=0, color="000000") for side, eighths in rules)
    distances = {"leftFromText": 0, "rightFromText": 0}
    left = layout.twips(layout.LEFT_MM)
    return element(
        "tblPr",
        element("tblpPr", **distances, vertAnchor="margin", horzAnchor="page", tblpX=left, tblpYSpec="bottom"),
        element("tblW", w=_TEXT_TWIPS, type="dxa"),
        element("tblBorders", *lines),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=0, type="dxa") for side in ("left", "right"))),
    )


def _line(words: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    width = element("tcPr", element("tcW", w=_TEXT_TWIPS, type="dxa"))
    return element("tr", element("tc", width, paragraph("Imprint", run(words), properties=properties)))


def _hairline() -> BaseOxmlElement:
    """Make one of the paragraphs that stand around a floating table, too low to be seen or to need a page."""
    low = element("spacing", line=20, lineRule="exact")
    return paragraph("Normal", properties=(element("snapToGrid", val=0), low))
