"""Fills an office's own docx: `{{name}}` in its text becomes words, a paragraph of nothing but `{{name}}` a table.

The office's fonts, head and foot stay as they are; a table takes the font of the paragraph that it replaces.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu

from baton.documents.content import Table
from baton.documents.word import layout
from baton.documents.word.styles import CELL_SIDE_TWIPS
from baton.documents.word.table import widths_for
from baton.documents.word.xml import element, run
from baton.words import Place, Problem, Refused

_NAME: Final = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")
_EIGHTHS: Final = 4  # half a point, as office programs rule tables
_UNKNOWN_FONT: Final = 1.25  # figures of the widest usual fonts are 0.63 em where ours are half an em
_WORDS_POINTS: Final = 12.0  # 小四, where neither the name nor the template's styles give a size


def names_in(template: bytes) -> list[str]:
    """List the names that stand in a template, each once. Raises `Refused` for what is no docx."""
    word = _opened(template)
    return list(dict.fromkeys(name for one in _paragraphs(word) for name in _NAME.findall(_text(one))))


def fill(template: bytes, words: Mapping[str, str], tables: Mapping[str, tuple[Table, ...]]) -> bytes:
    """Fill a template. Raises `Refused` with every name that nothing is known for, and each table within a sentence."""
    word = _opened(template)
    problems = []
    for one in list(_paragraphs(word)):
        found = _NAME.findall(_text(one))
        problems += [
            Problem("documents.placeholder_unknown", {"name": name, "known": "、".join([*words, *tables])}, Place(name))
            for name in found
            if name not in words and name not in tables
        ]
        if len(found) == 1 and found[0] in tables and _NAME.fullmatch(_text(one).strip()):
            _put_tables(one, tables[found[0]], _room_mm(word), _points(word, one))
            continue
        problems += [
            Problem("documents.table_within_text", {"name": name}, Place(name)) for name in found if name in tables
        ]
        _put_words(one, words)
    if problems:
        raise Refused(problems)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def _opened(template: bytes) -> WordDocument:
    try:
        return docx.Document(io.BytesIO(template))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused([Problem("documents.no_docx")]) from error


def _paragraphs(word: WordDocument) -> Iterator[BaseOxmlElement]:
    """Go through the paragraphs of body, tables, heads and feet."""
    parts = [word.element.body]
    for section in word.sections:
        some = (section.header, section.footer, section.even_page_header, section.even_page_footer)
        parts += [one._element for one in some if not one.is_linked_to_previous]
    for part in parts:
        yield from part.iter(qn("w:p"))


def _pieces(paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
    return list(paragraph.iter(qn("w:t")))


def _text(paragraph: BaseOxmlElement) -> str:
    return "".join(one.text or "" for one in _pieces(paragraph))


def _put_words(paragraph: BaseOxmlElement, words: Mapping[str, str]) -> None:
    """Replace names though Word has cut them into several runs: the run where a name begins takes all its words."""
    for match in reversed(list(_NAME.finditer(_text(paragraph)))):
        said, at = words.get(match[1], match[0]), 0
        for piece in _pieces(paragraph):
            text = piece.text or ""
            begin, end = max(match.start() - at, 0), min(match.end() - at, len(text))
            at += len(text)
            if begin < end:
                piece.text = text[:begin] + said + text[end:]
                piece.set(qn("xml:space"), "preserve")
                said = ""


def _room_mm(word: WordDocument) -> float:
    """Give the width of the template's text; that of an official document where it does not tell."""
    section = word.sections[0]
    width, left, right = section.page_width, section.left_margin, section.right_margin
    return layout.TEXT_WIDTH_MM if width is None or left is None or right is None else Emu(width - left - right).mm


def _points(word: WordDocument, paragraph: BaseOxmlElement) -> float:
    """Give the size in which a paragraph's words stand: its own, else its style's or the template's."""
    own = paragraph.find(f".//{qn('w:rPr')}/{qn('w:sz')}")
    if own is not None:
        return int(own.get(qn("w:val"), 0)) / 2
    name = paragraph.find(f"./{qn('w:pPr')}/{qn('w:pStyle')}")
    styles = [word.styles.default(WD_STYLE_TYPE.PARAGRAPH)]
    if name is not None:
        styles.insert(0, word.styles.get_by_id(name.get(qn("w:val")), WD_STYLE_TYPE.PARAGRAPH))
    sizes = [style.font.size.pt for style in styles if style is not None and style.font.size is not None]
    default = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:sz')}")
    sizes += [] if default is None else [int(default.get(qn("w:val"), 0)) / 2]
    return sizes[0] if sizes else _WORDS_POINTS


def _put_tables(paragraph: BaseOxmlElement, tables: tuple[Table, ...], room_mm: float, points: float) -> None:
    properties = paragraph.find(f".//{qn('w:rPr')}")
    for table in tables:
        if table.caption:
            paragraph.addprevious(_line(table.caption, "center", properties))
        paragraph.addprevious(_table(table, properties, room_mm, points))
        paragraph.addprevious(element("p"))
    parent = paragraph.getparent()
    if tables and parent is not None:
        parent.remove(paragraph)
    for piece in _pieces(paragraph):
        piece.text = ""


def _table(table: Table, properties: BaseOxmlElement | None, room_mm: float, points: float) -> BaseOxmlElement:
    widths = widths_for(replace(table, points=points * _UNKNOWN_FONT), room_mm)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (element(side, val="single", sz=_EIGHTHS, space=0, color="000000") for side in sides)
    total = layout.twips(sum(widths))
    built = element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=total, type="dxa"),
            element("jc", val="center"),
            element("tblBorders", *borders),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=CELL_SIDE_TWIPS, type="dxa") for side in ("left", "right"))),
        ),
        element("tblGrid", *(element("gridCol", w=layout.twips(width)) for width in widths)),
    )
    heads = [(column.title, "center") for column in table.columns]
    built.append(_row(heads, widths, properties, head=True))
    for row in table.rows:
        cells = [(text, column.align.value) for text, column in zip(row, table.columns, strict=True)]
        built.append(_row(cells, widths, properties))
    return built


def _row(
    cells: list[tuple[str, str]], widths: list[float], properties: BaseOxmlElement | None, *, head: bool = False
) -> BaseOxmlElement:
    kept = [element("cantSplit"), *([element("tblHeader")] if head else [])]
    built = element("tr", element("trPr", *kept))
    for (text, align), width in zip(cells, widths, strict=True):
        size = element("tcPr", element("tcW", w=layout.twips(width), type="dxa"), element("vAlign", val="center"))
        built.append(element("tc", size, _line(text, align, properties)))
    return built


def _line(text: str, align: str, properties: BaseOxmlElement | None) -> BaseOxmlElement:
    made = run(text)
    if properties is not None:
        made.insert(0, deepcopy(properties))
    indent = element("ind", firstLine=0, firstLineChars=0)
    return element("p", element("pPr", indent, element("jc", val=align)), made)
