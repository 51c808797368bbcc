"""The workbook 加扣分事项: what earns, costs or caps, one matter a row, with drop-downs for units, items and levels."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from baton.engine.scheme.adjustments import Bonus, ByLevel, ByQuantity, Deduction, Veto
from baton.engine.scheme.model import Scheme
from baton.engine.terms import plain
from baton.sheets.address import column_letters
from baton.sheets.forms import period_words
from baton.sheets.forms.mark import Mark, Shape
from baton.sheets.templates.book import Book
from baton.words import Language

MARK_ROW, HEAD_ROW, FIRST_ROW = 2, 3, 4
FIELDS = (
    ("unit", 22, "choice"),
    ("item", 34, "choice"),
    ("matter", 14, "words"),
    ("level", 10, "choice"),
    ("quantity", 10, "entry"),
    ("points", 10, "entry"),
    ("share", 8, "entry"),
    ("indicator", 20, "choice"),
    ("on", 12, "day"),
    ("document", 24, "words"),
    ("notified", 12, "day"),
    ("confirmed", 8, "choice"),
    ("note", 26, "words"),
)
"""Columns: the field of an event (`notified`: when the unit was told), width, format."""
ROWS = 120
_ITEM_WIDTHS = (12, 44, 14, 60, 10, 22, 50)


def events_template(scheme: Scheme, year: int, language: Language = Language.CHINESE) -> bytes:
    """Write the workbook in which bonuses, deductions and vetoes of a year are registered."""
    book, words = Book(language), period_words(str(year))
    sheet = book.sheet(book.words("sheets.sheet_events"), [6, *(width for _, width, _ in FIELDS)])
    book.title(
        sheet, book.words("sheets.title_events", period=words), book.words("sheets.line_events"), len(FIELDS) + 1
    )
    codes = {column: code for column, (code, _, _) in enumerate(FIELDS, 1)}
    book.codes(sheet, MARK_ROW, {0: Mark(Shape.EVENTS, scheme.code, str(year)).text(), **codes})
    _rows(book, sheet)
    _lists(book, sheet, scheme)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(HEAD_ROW)
    _items(book, scheme)
    return book.finish()


def _rows(book: Book, sheet: Worksheet) -> None:
    sheet.write_string(HEAD_ROW, 0, book.words("sheets.head_number"), book.style("head"))
    for column, (code, _, _) in enumerate(FIELDS, 1):
        sheet.write_string(HEAD_ROW, column, book.words(f"sheets.event_{code}"), book.style("head"))
    sheet.set_row(HEAD_ROW, 30)
    for row in range(FIRST_ROW, FIRST_ROW + ROWS):
        sheet.write_number(row, 0, row - FIRST_ROW + 1, book.style("number"))
        for column, (_, _, style) in enumerate(FIELDS, 1):
            sheet.write_blank(row, column, None, book.style(style))
        sheet.set_row(row, 20)


def items_of(scheme: Scheme) -> tuple[Bonus | Deduction | Veto, ...]:
    """List the bonuses, deductions and vetoes of a scheme."""
    return (*scheme.bonuses, *scheme.deductions, *scheme.vetoes)


def _choices(book: Book, scheme: Scheme) -> dict[str, list[str]]:
    """Give the drop-downs by column."""
    measures = [item.measure for item in items_of(scheme) if not isinstance(item, Veto)]
    levels = dict.fromkeys(level for measure in measures if isinstance(measure, ByLevel) for level in measure.levels)
    return {
        "unit": [unit.name for unit in scheme.units if unit.group is not None],
        "item": [f"{item.code} {item.name}" for item in items_of(scheme)],
        "level": list(levels),
        "indicator": [f"{indicator.code} {indicator.name}" for indicator in scheme.indicators],
        "confirmed": [book.words("sheets.yes"), book.words("sheets.no")],
    }


def _lists(book: Book, sheet: Worksheet, scheme: Scheme) -> None:
    """Put the drop-downs on the columns; the entries stand on a hidden sheet, for Excel bounds lists in a rule."""
    hidden = book.file.add_worksheet(book.words("sheets.sheet_lists"))
    hidden.hide()
    columns = [code for code, _, _ in FIELDS]
    for number, (code, entries) in enumerate(_choices(book, scheme).items()):
        for row, entry in enumerate(entries):
            hidden.write_string(row, number, entry)
        letters = column_letters(number)
        source = f"='{hidden.get_name()}'!${letters}$1:${letters}${max(1, len(entries))}"
        kind = "stop" if code in ("unit", "confirmed", "level") else "warning"
        if entries:
            _rule(sheet, columns.index(code) + 1, {"validate": "list", "source": source, "error_type": kind})
    wrong = book.words("sheets.hint_bare_number")
    for code in ("quantity", "points"):
        rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": wrong}
        _rule(sheet, columns.index(code) + 1, rule)


def _rule(sheet: Worksheet, column: int, rule: dict[str, Any]) -> None:
    sheet.data_validation(FIRST_ROW, column, FIRST_ROW + ROWS - 1, column, rule)


def _items(book: Book, scheme: Scheme) -> None:
    """List the items of the scheme with their measure, so that nobody has to look them up."""
    sheet = book.sheet(book.words("sheets.sheet_items"), _ITEM_WIDTHS)
    sheet.merge_range(0, 0, 0, len(_ITEM_WIDTHS) - 1, book.words("sheets.sheet_items"), book.style("title"))
    for column, code in enumerate(("code", "name", "kind", "measure", "cap", "lead", "note")):
        sheet.write_string(1, column, book.words(f"sheets.item_{code}"), book.style("head"))
    names = {unit.code: unit.name for unit in scheme.units}
    for row, item in enumerate(items_of(scheme), 2):
        for column, words in enumerate(_item(book, item, names)):
            sheet.write_string(row, column, words, book.style("label"))
        sheet.set_row(row, 34)
    sheet.freeze_panes(2, 2)


def _item(book: Book, item: Bonus | Deduction | Veto, names: dict[str, str]) -> Sequence[str]:
    lead = names.get(item.lead or "", item.lead or "")
    if isinstance(item, Veto):
        return (item.code, item.name, book.words("sheets.kind_veto"), item.basis, "", lead, item.note)
    kind = "sheets.kind_bonus" if isinstance(item, Bonus) else "sheets.kind_deduction"
    measure = item.measure
    if isinstance(measure, ByLevel):
        how = "、".join(f"{level} {plain(points)}" for level, points in measure.levels.items())
    elif isinstance(measure, ByQuantity):
        how = book.words("sheets.measure_quantity", per=plain(measure.per), rate=plain(measure.rate))
    else:
        how = book.words("sheets.measure_decided", allowed="、".join(plain(one) for one in measure.allowed) or "-")
    return (item.code, item.name, book.words(kind), how, plain(item.cap), lead, item.note)
