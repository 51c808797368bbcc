"""Tables: fixed widths, header rows repeated on every page, rows never cut by a page, numbers to the right."""

from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from baton.documents.content import Align, Column, HeaderCell, Table
from baton.documents.content.check import Spot, laid_out
from baton.documents.measure import ems
from baton.documents.word import layout
from baton.documents.word.styles import CELL_SIDE_TWIPS
from baton.documents.word.xml import element, paragraph, run, sizes

_NARROWEST_MM: Final = 11.0
_WIDEST_MM: Final = 72.0
_NEARLY_FULL: Final = 0.6
_BROKEN_MM: Final = 36.0
_ONE_LINE_HEAD: Final = 4.0
_BROKEN_HEAD: Final = 2.0
_SLACK: Final = 1.04
_OTHER_FONT: Final = 1.2  # where a reader lacks the font its stand-in has wider figures, and no number may be broken
_ROWS_KEPT_WITH_NOTES: Final = 2
_STYLE_POINTS: Final = 12.0


def table(content: Table, room_mm: float) -> list[BaseOxmlElement]:
    """Set a table with caption and notes; wider than `room_mm` its widest columns are narrowed."""
    widths = widths_for(content, room_mm)
    grid = element("tblGrid", *(element("gridCol", w=layout.twips(width)) for width in widths))
    built = element("tbl", _properties(sum(widths)), grid, *_header(content, widths))
    kept = len(content.rows) - _ROWS_KEPT_WITH_NOTES if content.notes else len(content.rows)
    for index, row in enumerate(content.rows):
        bold = index in content.emphasised
        cells = [
            _cell(_body_text(content, text, column.align, bold=bold, last=index >= kept), width)
            for text, column, width in zip(row, content.columns, widths, strict=True)
        ]
        built.append(element("tr", element("trPr", element("cantSplit")), *cells))
    set_ = [paragraph("Caption", run(content.caption))] if content.caption else []
    set_.append(built)
    return [*set_, *_notes(content)]


def _notes(content: Table) -> list[BaseOxmlElement]:
    last = len(content.notes) - 1
    return [
        paragraph("TableNote", run(note), properties=(element("keepNext"),) if index < last else ())
        for index, note in enumerate(content.notes or ("",))
    ]


def widths_for(content: Table, room_mm: float) -> list[float]:
    """Give the columns' widths in mm: as given, or as their texts need, within 11 and 72 mm.

    What is too wide for the room first has its titles broken, then its widest columns narrowed; what nearly fills it
    is widened in proportion.
    """
    easy = _needed(content, broken=False)
    if sum(easy) > room_mm:
        return _narrowed(_needed(content, broken=True), room_mm)
    total = sum(easy)
    return easy if total < room_mm * _NEARLY_FULL else [width * room_mm / total for width in easy]


def needs_landscape(content: Table) -> bool:
    """Say whether a table is too wide for an upright page even with its wide columns set in several lines."""
    widths = zip(_needed(content, broken=True), content.columns, strict=True)
    least = [width if column.width_mm else min(width, _BROKEN_MM) for width, column in widths]
    return sum(least) > layout.TEXT_WIDTH_MM


def _narrowed(widths: list[float], room_mm: float) -> list[float]:
    narrow: list[float] = []
    for place, width in enumerate(sorted(widths)):
        share = (room_mm - sum(narrow)) / (len(widths) - place)
        if width > share:
            return [min(each, share) for each in widths]
        narrow.append(width)
    return [width * room_mm / sum(widths) for width in widths]


def _needed(content: Table, *, broken: bool) -> list[float]:
    titles = [column.title for column in content.columns]
    for line in laid_out(content.header, len(titles)) or []:
        for spot in line:
            if spot.cell.columns == 1:
                titles[spot.column] = spot.cell.text
    one_line = _BROKEN_HEAD if broken else _ONE_LINE_HEAD
    return [
        column.width_mm or _column_mm(content, index, column, title, one_line)
        for index, (column, title) in enumerate(zip(content.columns, titles, strict=True))
    ]


def _column_mm(content: Table, index: int, column: Column, title: str, one_line: float) -> float:
    wider = _OTHER_FONT if column.align is Align.RIGHT else 1.0
    texts = [ems(line) * wider for row in content.rows for line in row[index].split("\n")]
    heads = [ems(line) for line in title.split("\n")]
    texts += [head if head <= one_line else max(one_line, -(-head // 2)) for head in heads]
    wanted = layout.mm(max(texts) * content.points * _SLACK) + 2 * CELL_SIDE_TWIPS * 25.4 / 1440
    return min(_WIDEST_MM, max(_NARROWEST_MM, wanted))


def _properties(total_mm: float) -> BaseOxmlElement:
    return element(
        "tblPr",
        element("tblStyle", val="OfficialTable"),
        element("tblW", w=layout.twips(total_mm), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
    )


def _header(content: Table, widths: list[float]) -> list[BaseOxmlElement]:
    header = content.header or (tuple(HeaderCell(column.title) for column in content.columns),)
    rows = []
    for line in laid_out(header, len(widths)) or []:
        cells = [_cell_of(content, spot, widths) for spot in line]
        rows.append(element("tr", element("trPr", element("cantSplit"), element("tblHeader")), *cells))
    return rows


def _cell_of(content: Table, spot: Spot, widths: list[float]) -> BaseOxmlElement:
    span = spot.cell.columns
    merge = ("restart" if spot.first else "continue") if spot.cell.rows > 1 else ""
    words = _head_text(content, spot.cell.text if spot.first else "")
    return _cell(words, sum(widths[spot.column : spot.column + span]), span=span, merge=merge)


def _cell(text: BaseOxmlElement, width_mm: float, *, span: int = 1, merge: str = "") -> BaseOxmlElement:
    properties = element("tcPr", element("tcW", w=layout.twips(width_mm), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if merge:
        properties.append(element("vMerge", val=merge))
    properties.append(element("vAlign", val="center"))
    return element("tc", properties, text)


def _head_text(content: Table, words: str) -> BaseOxmlElement:
    return paragraph("TableHead", run(words, *_size(content)), properties=(element("jc", val="center"),))


def _body_text(content: Table, words: str, align: Align, *, bold: bool, last: bool) -> BaseOxmlElement:
    strong = (element("b"), element("bCs")) if bold else ()
    stand = element("jc", val=align.value)
    properties = (element("keepNext"), stand) if last else (stand,)
    return paragraph("TableText", run(words, *strong, *_size(content)), properties=properties)


def _size(content: Table) -> tuple[BaseOxmlElement, ...]:
    return () if content.points == _STYLE_POINTS else sizes(content.points)
