"""One sheet from top to bottom: title, facts, tables, notes; then how it scrolls, filters, prints and is protected."""

from collections.abc import Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from baton.documents.excel.cells import Pen, note
from baton.documents.excel.content import Column, Fact, Kind, Noted, Sheet, Table, Value
from baton.documents.excel.formats import Formats
from baton.documents.excel.names import quoted
from baton.documents.excel.validation import ChoiceLists, guard, light_up
from baton.documents.measure import ems

_NARROWEST: Final = 7.0
_WIDEST: Final = 44.0
_SAMPLED_ROWS: Final = 400
_PAPER: Final = {"A4": 9, "A3": 8}
_LINE_POINTS: Final = 15.0
_HEAD_LINE_POINTS: Final = 17.0
_TITLE_LINE_POINTS: Final = 26.0
_TITLE_PER_WIDTH: Final = 0.68  # a title's character is 16 points where a column's is 11
_INDENT: Final = 2.0
_TALLEST_POINTS: Final = 409.0  # Excel's limit
_ALLOWED_WHEN_PROTECTED: Final = ("autofilter", "sort", "format_columns", "format_rows")


class Page:
    """Writes a sheet's parts one below the other."""

    def __init__(
        self, book: xlsxwriter.Workbook, sheet: Sheet, page: Worksheet, tools: tuple[Formats, Pen, ChoiceLists]
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._page = page
        self._formats, self._pen, self._lists = tools
        self._row = 0
        self._widths = column_widths(sheet)

    def write(self, footer: str) -> None:
        """Write everything and set the sheet up for screen and paper."""
        for index, width in enumerate(self._widths):
            hidden = {"hidden": 1} if self._hidden(index) else {}
            self._page.set_column(index, index, width, None, hidden)
        self._title()
        for fact in self._sheet.facts:
            self._fact(fact)
        if self._sheet.facts:
            self._row += 1
        for table in self._sheet.tables:
            self._table(table)
        for words in self._sheet.notes:
            self._across(words, "note", _LINE_POINTS, 1.0)
        self._paper(footer)

    def _hidden(self, index: int) -> bool:
        columns = [table.columns[index] for table in self._sheet.tables if index < len(table.columns)]
        return bool(columns) and all(column.hidden for column in columns)

    def _title(self) -> None:
        if self._sheet.title:
            self._across(self._sheet.title, "title", _TITLE_LINE_POINTS, _TITLE_PER_WIDTH)

    def _across(self, words: str, style: str, line_points: float, per_width: float) -> None:
        """Write words over the whole width, as high as they need: Excel does not fit the height of merged cells."""
        room = sum(self._widths) * per_width / 2
        lines = sum(max(1, -(-int(ems(line) + 1) // max(1, int(room)))) for line in words.split("\n"))
        look = self._formats.style(style)
        if len(self._widths) > 1:
            self._page.merge_range(self._row, 0, self._row, len(self._widths) - 1, "", look)
        self._page.write_string(self._row, 0, words, look)
        self._page.set_row(self._row, line_points * lines)
        self._row += 1

    def _fact(self, fact: Fact) -> None:
        at = (self._row, 1)
        self._page.write_string(self._row, 0, fact.label, self._formats.style("label"))
        self._pen.write(at, fact.value, fact.column, boxed=fact.column.unlocked)
        area = (*at, *at)
        if fact.column.kind is Kind.LIGHT:
            light_up(self._page, area, self._formats)
        guard(self._page, area, fact.column, self._lists)
        if fact.name:
            cell = xl_rowcol_to_cell(*at, row_abs=True, col_abs=True)
            self._book.define_name(fact.name, f"={quoted(self._page.get_name())}!{cell}")
        self._row += 1

    def _table(self, table: Table) -> None:
        if table.caption:
            self._page.write_string(self._row, 0, table.caption, self._formats.style("caption"))
            self._row += 1
        head = self._row
        self._header(table)
        first = self._row
        for index, row in enumerate(table.rows):
            bold = index in table.emphasised
            for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                self._pen.write((first + index, place), value, column, bold=bold)
            self._heighten(first + index, table, row)
        last = first + len(table.rows) + table.blank_rows - 1
        for blank in range(first + len(table.rows), last + 1):
            for place, column in enumerate(table.columns):
                self._pen.write((blank, place), None, column)
        self._row = last + 2
        if last >= first:
            self._rules(table, first, last)
        if table is max(self._sheet.tables, key=lambda each: len(each.rows)):
            self._page.repeat_rows(head, first - 1)
        if len(self._sheet.tables) == 1:
            self._page.freeze_panes(first, self._sheet.frozen_columns)
            self._page.autofilter(first - 1, 0, max(first - 1, last), len(table.columns) - 1)

    def _heighten(self, at: int, table: Table, row: Sequence[Value]) -> None:
        """Give a row the height its longest text needs; LibreOffice does not do so by itself on opening."""
        lines = 1
        for value, width, column in zip(row, self._widths, table.columns, strict=False):
            if column.kind is Kind.TEXT and value is not None:
                lines = max(lines, _lines(shown(value), width - _INDENT))
        if lines > 1:
            self._page.set_row(at, min(_TALLEST_POINTS, _LINE_POINTS * lines + 2))

    def _header(self, table: Table) -> None:
        if table.groups:
            place = 0
            look = self._formats.style("group")
            for group in table.groups:
                if group.columns > 1:
                    self._page.merge_range(self._row, place, self._row, place + group.columns - 1, "", look)
                self._page.write_string(self._row, place, group.title, look)
                place += group.columns
            self._row += 1
        lines = 1
        for place, column in enumerate(table.columns):
            self._page.write_string(self._row, place, column.title, self._formats.style("head"))
            if column.note:
                note(self._page, (self._row, place), column.note)
            lines = max(lines, _lines(column.title, self._widths[place]))
        self._page.set_row(self._row, _HEAD_LINE_POINTS * lines)
        self._row += 1

    def _rules(self, table: Table, first: int, last: int) -> None:
        for place, column in enumerate(table.columns):
            area = (first, place, last, place)
            guard(self._page, area, column, self._lists)
            if column.kind is Kind.LIGHT:
                light_up(self._page, area, self._formats)
        if table.name:
            area_name = xl_range_abs(first, 0, last, len(table.columns) - 1)
            self._book.define_name(table.name, f"={quoted(self._page.get_name())}!{area_name}")

    def _paper(self, footer: str) -> None:
        page = self._page
        page.set_paper(_PAPER[self._sheet.paper])
        if self._sheet.landscape:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.set_footer(f"&C&9{footer}")
        page.hide_gridlines(2)
        if self._sheet.hidden:
            page.hide()
        if self._sheet.protected:
            page.protect("", dict.fromkeys(_ALLOWED_WHEN_PROTECTED, True))


def _lines(words: str, width: float) -> int:
    return sum(max(1, -(-round(ems(line) * 2 + 1) // round(width))) for line in words.split("\n"))


def column_widths(sheet: Sheet) -> list[float]:
    """Give the width of every column used, in half-width characters: as given, else fitted to its first 400 texts."""
    widths: list[float] = [0.0, 0.0] if sheet.facts else [0.0]
    for table in sheet.tables:
        widths += [0.0] * (len(table.columns) - len(widths))
        for index, column in enumerate(table.columns):
            widths[index] = max(widths[index], column.width or _fitted(table, index, column))
    for fact in sheet.facts:
        widths[0] = max(widths[0], min(_WIDEST, ems(fact.label) * 2 + 2))
        if not sheet.tables:
            widths[1] = max(widths[1], min(_WIDEST, _widest(fact.value) + 2))
    return [max(_NARROWEST, width) for width in widths]


def _fitted(table: Table, index: int, column: Column) -> float:
    title = max(ems(line) * 2 for line in column.title.split("\n"))
    texts = [_widest(row[index]) for row in table.rows[:_SAMPLED_ROWS]]
    wanted = max(min(title + 4, max(_NARROWEST, title / 2 + 6)), max(texts, default=0.0) + 2 + _INDENT)
    return min(_WIDEST, wanted)


def _widest(value: Value) -> float:
    return max(ems(line) * 2 for line in shown(value).split("\n"))


def shown(value: Value) -> str:
    """Give the text of a value, near enough to fit widths and heights to it."""
    plain = value.value if isinstance(value, Noted) else value
    words = getattr(plain, "text", getattr(plain, "value", plain))
    return "" if words is None else str(words)
