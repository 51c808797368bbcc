"""Fills an office's own docx: `{{name}}` in its text becomes words, a paragraph of nothing but `{{name}}` a table.

The office's fonts, head and foot stay as they are; a table takes the font of the paragraph that it replaces.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from baton.documents.content import Table
from baton.documents.word import layout
from baton.documents.word.table import widths_for
from baton.documents.word.xml import element, run
from baton.words import Place, Problem, Refused

_NAME: Final = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")
_EIGHTHS: Final = 4  # half a point, as office programs rule tables


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
            _put_tables(one, tables[found[0]])
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


def _put_tables(paragraph: BaseOxmlElement, tables: tuple[Table, ...]) -> None:
    properties = paragraph.find(f".//{qn('w:rPr')}")
    for table in tables:
        if table.caption:
            paragraph.addprevious(_line(table.caption, "center", properties))
        paragraph.addprevious(_table(table, properties))
        paragraph.addprevious(element("p"))
    parent = paragraph.getparent()
    if tables and parent is not None:
        parent.remove(paragraph)
    for piece in _pieces(paragraph):
        piece.text = ""


def _table(table: Table, properties: BaseOxmlElement | None) -> BaseOxmlElement:
    widths = widths_for(table, layout.TEXT_WIDTH_MM)
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
