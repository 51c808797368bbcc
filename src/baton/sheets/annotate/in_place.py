"""Annotate an xlsx in place: its cells, formats, validations, comments and frozen panes stay as they are.

Bad cells are coloured by a conditional format and not by a fill of their own, so their format comes back untouched when
the mark is taken off again; a workbook that was annotated before loses its old marks first.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from baton.sheets.address import a1, column_letters
from baton.sheets.annotate.marks import (
    ERROR_FILL,
    ERROR_INK,
    ERROR_WIDTH,
    WARNING_FILL,
    WIDTHS,
    Line,
    Mark,
    clean,
    height,
    label,
    line_height,
    own_labels,
    row_words,
    severity_label,
    summary_head,
)
from baton.words import Language, Severity

_RULE = 'LEN("baton")>0'
_AUTHOR = "Baton"
_CHUNK = 100
_STYLE = "_style"
"""The attribute in which openpyxl keeps a cell's style as numbers; copying it is its own way of copying styles."""
_TOP = Alignment(vertical="top", wrap_text=True)


def annotate_in_place(
    original: bytes,
    marks: Mapping[str, Sequence[Mark]],
    lines: Sequence[Line],
    headers: Mapping[str, int],
    language: Language,
    macros: bool,
) -> bytes:
    """Give the workbook with comments, colours, an error column and a summary sheet.

    Raises ValueError for chart sheets, and anything that openpyxl does when it cannot open a file.

    `headers`: the 0-based header row of the table on a sheet, where the error column gets its title.
    """
    book = openpyxl.load_workbook(BytesIO(original), keep_vba=macros, rich_text=True)
    if book.chartsheets:  # openpyxl then binds print areas and other local names to the wrong sheets
        raise ValueError("chart sheets")
    for sheet in book.worksheets:
        _take_old_marks_off(sheet)
    for name in own_labels("mark_summary") & set(book.sheetnames):
        book.remove(book[name])
    for sheet in book.worksheets:
        if sheet.title in marks:
            _mark_sheet(sheet, marks[sheet.title], headers.get(sheet.title), language)
    _add_summary(book, lines, language)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _take_old_marks_off(sheet: Worksheet) -> None:
    kept = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            if rule.formula != [_RULE]:
                kept.add(str(area.sqref), rule)
    sheet.conditional_formatting = kept
    titles, markers = own_labels("mark_column"), own_labels("mark_comment")
    old_column = 0
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.comment is not None:
                cell.comment = _without_mark(cell.comment, markers)
            if isinstance(cell.value, str) and cell.value in titles:
                old_column = cell.column
            if old_column and cell.column == old_column:
                cell.value = None


def _without_mark(comment: Comment, markers: Iterable[str]) -> Comment | None:
    """Give the comment as it was before an annotation; None when there was none."""
    words = comment.text
    for marker in markers:
        words = words.partition(marker)[0]
    if words == comment.text:
        return comment
    return Comment(words.rstrip(), comment.author) if words.strip() else None


def _mark_sheet(sheet: Worksheet, marks: Sequence[Mark], header: int | None, language: Language) -> None:
    anchors = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row, column in ((mark.row + 1, mark.column + 1) for mark in marks)
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col
    }
    for mark in marks:
        row, column = anchors.get((mark.row + 1, mark.column + 1), (mark.row + 1, mark.column + 1))
        _comment(sheet.cell(row, column), mark, language)
    for severity, colour in ((Severity.ERROR, ERROR_FILL), (Severity.WARNING, WARNING_FILL)):
        _colour(sheet, [mark for mark in marks if mark.severity is severity], colour)
    _error_column(sheet, marks, header, language)


def _comment(cell: Cell | MergedCell, mark: Mark, language: Language) -> None:
    words = f"{label('mark_comment', language)}\n{mark.words}"
    author = _AUTHOR
    if cell.comment is not None:
        words, author = f"{cell.comment.text}\n{words}", cell.comment.author or _AUTHOR
    comment = Comment(words, author)
    comment.width, comment.height = 320, 60 + 18 * (len(words) // 22 + words.count("\n"))
    cell.comment = comment


def _colour(sheet: Worksheet, marks: Sequence[Mark], colour: str) -> None:
    areas = [a1(mark.row, mark.column) for mark in marks]
    for start in range(0, len(areas), _CHUNK):
        style = DifferentialStyle(fill=PatternFill(bgColor=colour, fill_type="solid"))
        rule = Rule(type="expression", dxf=style, formula=[_RULE])
        sheet.conditional_formatting.add(" ".join(areas[start : start + _CHUNK]), rule)


def _error_column(sheet: Worksheet, marks: Sequence[Mark], header: int | None, language: Language) -> None:
    used = (cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None)
    column = max(used, default=0) + 1
    rows = row_words(marks, [column_letters(mark.column) for mark in marks])
    title = sheet.cell((header if header is not None else max(min(rows) - 1, 0)) + 1, column)
    title.value = label("mark_column", language)
    title.font, title.alignment = Font(bold=True, color=ERROR_INK), _TOP
    sheet.column_dimensions[column_letters(column - 1)].width = ERROR_WIDTH
    like = None
    for row, words in rows.items():
        if row + 1 != title.row:
            cell = sheet.cell(row + 1, column)
            _write(cell, words)
            like = _styled(cell, like, Font(color=ERROR_INK) if like is None else None)
            if sheet.row_dimensions[row + 1].height is None:
                sheet.row_dimensions[row + 1].height = height(words, ERROR_WIDTH)


def _styled(cell: Cell | MergedCell, like: Cell | MergedCell | None, font: Font | None = None) -> Cell | MergedCell:
    """Give a cell the style of another, or begin one; each style that openpyxl sets anew costs as much as a cell."""
    if like is None:
        cell.alignment = _TOP
        if font is not None:
            cell.font = font
        return cell
    setattr(cell, _STYLE, copy(getattr(like, _STYLE)))
    return like


def _write(cell: Cell | MergedCell, words: str) -> None:
    """Write text that stays text, even when it begins like a formula."""
    cell.value = clean(words)
    cell.data_type = "s"


def _add_summary(book: Workbook, lines: Sequence[Line], language: Language) -> None:
    sheet = book.create_sheet(label("mark_summary", language), 0)
    heading, columns = summary_head(lines, language)
    sheet["A1"] = heading
    sheet["A1"].font = Font(bold=True, size=14)
    for column, name in enumerate(columns, 1):
        cell = sheet.cell(2, column, name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="D9E1F2")
    _summary_lines(sheet, lines, frozenset(book.sheetnames), language)
    for column, width in enumerate(WIDTHS):
        sheet.column_dimensions[column_letters(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def _summary_lines(sheet: Worksheet, lines: Sequence[Line], sheets: frozenset[str], language: Language) -> None:
    fills = {Severity.ERROR: ERROR_FILL, Severity.WARNING: WARNING_FILL, Severity.NOTICE: "FFFFFF"}
    like: dict[object, Cell | MergedCell] = {}
    for number, line in enumerate(lines, 1):
        row = number + 2
        kind = severity_label(line.severity, language)
        for column, value in enumerate((str(number), kind, line.sheet, line.cell, line.given, line.what, line.mend), 1):
            cell = sheet.cell(row, column)
            _write(cell, value)
            like[""] = _styled(cell, like.get(""))
        sheet.cell(row, 1).value = number
        sheet.row_dimensions[row].height = line_height(line)
        if line.severity not in like:
            sheet.cell(row, 2).fill = PatternFill("solid", fgColor=fills[line.severity])
        like[line.severity] = _styled(sheet.cell(row, 2), like.get(line.severity))
        if line.sheet in sheets and line.cell:
            quoted = line.sheet.replace("'", "''")
            cell = sheet.cell(row, 4)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{line.cell}")
            like["link"] = _styled(cell, like.get("link"), Font(color="0563C1", underline="single"))
