"""The head of a document: the authority's sign, the number, the red line, the title, the recipients (7.2, 7.3.1-2)."""

from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from baton.documents.content import Document, Letterhead
from baton.documents.measure import ems
from baton.documents.word import layout
from baton.documents.word.layout import Fonts
from baton.documents.word.title import broken
from baton.documents.word.xml import element, fonts, paragraph, run, sizes
from baton.words import text

_TEXT_POINTS: Final = layout.TEXT_WIDTH_MM * 72 / 25.4
_LINE_POINTS: Final = layout.LINE_TWIPS / 20
_RULE_EIGHTHS: Final = 12  # 1.5 points, the strength commonly printed


def head(document: Document, faces: Fonts) -> list[BaseOxmlElement]:
    """Set everything above the body."""
    set_: list[BaseOxmlElement] = []
    if document.letterhead:
        set_ += _letterhead(document.letterhead, document, faces)
        set_ += [paragraph("Normal"), paragraph("Normal")]
    set_.append(title(document.title))
    set_.append(paragraph("Normal"))
    if document.recipients:
        set_.append(
            paragraph("Normal", run(document.recipients.rstrip("：:") + text("documents.colon", document.language)))
        )
    return set_


def title(words: str) -> BaseOxmlElement:
    """Set a title centred, broken into lines of like length if it is too long for one."""
    return paragraph("Title", run(broken(words, _TEXT_POINTS / layout.TITLE_POINTS)))


def sign_points(authority: str) -> float:
    """Give the size of the issuing authority's sign: the largest, in half points, that keeps it in one line."""
    fitting = _TEXT_POINTS / max(1.0, ems(authority))
    return min(layout.SIGN_POINTS, int(fitting * 2 * 0.98) / 2)


def _letterhead(letterhead: Letterhead, document: Document, faces: Fonts) -> list[BaseOxmlElement]:
    corner = [line for line in (letterhead.copy_number, letterhead.secrecy, letterhead.urgency) if line]
    set_ = [paragraph("Normal", run(line, fonts(faces.heading, faces.latin))) for line in corner]
    before = max(0.0, layout.SIGN_TOP_MM * 72 / 25.4 - len(corner) * _LINE_POINTS)
    points = sign_points(letterhead.authority)
    spacing = element(
        "spacing", before=round(before * 20), line=round(points * layout.SIGN_LINE * 20), lineRule="exact"
    )
    set_.append(paragraph("Sign", run(letterhead.authority, *sizes(points)), properties=(spacing,)))
    set_ += [paragraph("Normal"), paragraph("Normal")]
    set_.append(_number(letterhead, document, faces))
    return set_


def _number(letterhead: Letterhead, document: Document, faces: Fonts) -> BaseOxmlElement:
    """Set the document number over the red line: centred, or left when a signatory stands on the right."""
    rule = element("pBdr", element("bottom", val="single", sz=_RULE_EIGHTHS, space=11, color=layout.RED))
    if not letterhead.signatory:
        return paragraph("Normal", run(letterhead.number), properties=(rule, element("jc", val="center")))
    right = layout.twips(layout.TEXT_WIDTH_MM) - layout.CHARACTER_TWIPS
    tabs = element("tabs", element("tab", val="right", pos=right))
    side = element("ind", leftChars=100, left=layout.CHARACTER_TWIPS)
    label = text("documents.signatory", document.language)
    name = run(letterhead.signatory, fonts(faces.subheading, faces.latin))
    return paragraph("Normal", run(f"{letterhead.number}\t{label}"), name, properties=(rule, tabs, side))
