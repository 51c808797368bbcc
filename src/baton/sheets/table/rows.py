"""The rows below a header: details, totals kept apart, notes and signatures below, repeated headers between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from baton.sheets.cells.text import close
from baton.sheets.table.header import Block, label_at
from baton.sheets.workbook import Sheet, Value
from baton.words import Problem, Severity

_NOTE = re.compile(
    r"(?:注意|注|说明|更正说明|补充说明|情况说明|填表说明|填报说明|填表须知|备注|填表人|填报人|制表|制表人|审核|审核人|复核|"
    r"负责人|单位负责人|分管领导|主要领导|"
    r"联系人|联系电话|联系方式|电话|报送|报出|上报|签字|签章|盖章|单位盖章|日期|填表日期|填报日期|数据来源|资料来源|来源)"
    r"(?:[:：(（\d、.．]|\Z)"
)
_TOTAL = re.compile(r".{0,6}(?:合计|总计|共计|小计|平均|平均值|平均数)\Z|全县\Z|总数\Z")
_NUMBERED = frozenset({"甲", "栏次", "栏目", "a"})
_COLUMN_NUMBER = re.compile(r"[(（]?(\d{1,2})[)）]?(?:[=＝].*)?\Z")
_LONG = 40
"""Characters from which a text that stands alone in its row is a note, whatever it begins with."""


@dataclass(slots=True)
class Body:
    """Rows by what they are, 0-based; `notes` are the texts below the table."""

    rows: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@lru_cache(maxsize=1 << 14)
def _is_note(text: str) -> bool:
    return _NOTE.match(close(text)) is not None


@lru_cache(maxsize=1 << 14)
def _is_total(text: str) -> bool:
    return _TOTAL.match(close(text)) is not None


def first_row_below(sheet: Sheet, block: Block) -> int:
    """Give the first row of data: below the header, its merged cells, and a row that only numbers the columns."""
    bottoms = [area[2] for area in sheet.facts.merged if block.top <= area[0] <= block.bottom]
    row = max([block.bottom, *(bottom for bottom in bottoms if bottom <= block.bottom + 4)]) + 1
    return row + 1 if _only_numbers_columns([close(text) for text in _texts(sheet, row) if text]) else row


def _only_numbers_columns(texts: Sequence[str]) -> bool:
    """Tell a row such as 甲 乙 1 2 3=1+2 from one whose unit happens to be called A: its numbers count the columns."""
    if not texts or texts[0] not in _NUMBERED:
        return False
    numbers = [match for text in texts[1:] if (match := _COLUMN_NUMBER.match(text))]
    counted = [int(match[1]) for match in numbers]
    others = [text for text in texts[1:] if not _COLUMN_NUMBER.match(text)]
    return all(len(text) == 1 for text in others) and counted == list(range(1, len(counted) + 1))


def read_body(sheet: Sheet, block: Block, key: int, figures: Sequence[int]) -> Body:
    """Sort the rows below a header; `key` is the column that says what a row is about, `figures` hold numbers."""
    body = Body()
    marked = {row for row, _ in (*sheet.facts.errors, *sheet.facts.uncalculated)}
    header = tuple(label_at(sheet, block.bottom, column) for column in (key, *figures))
    place, offset = key - sheet.first_column, sheet.first_row
    start = first_row_below(sheet, block)
    for number, values in enumerate(sheet.rows[max(start - offset, 0) :], max(start, offset)):
        name = values[place]
        lead = next((value for value in values[:place] if isinstance(value, str) and value), "")
        if lead and _is_note(lead):
            body.notes.append((number, lead))
        elif name == "" or not isinstance(name, str):
            _unnamed(number, values, number in marked, body)
        elif body.notes:
            _below(sheet, number, name, figures, body)
        elif _is_note(name) or (len(name) > _LONG and values.count("") == len(values) - 1):
            body.notes.append((number, name))
        elif _is_total(name):
            body.totals.append(number)
        elif name == header[0] and tuple(label_at(sheet, number, column) for column in (key, *figures)) == header:
            body.problems.append(Problem("sheets.header_repeated", {}, sheet.place(number, key), Severity.NOTICE))
        else:
            body.rows.append(number)
    return body


def _unnamed(number: int, values: list[Value], marked: bool, body: Body) -> None:
    """Sort a row that says in no text what it is about: blank rows go, a note in another column ends the table.

    `marked`: the row holds an error value or a formula without a result, so it only looks blank.
    """
    filled = next((value for value in values if value != ""), "")
    if filled == "" and not marked:
        return
    if isinstance(filled, str) and (body.notes or _is_note(filled)):
        body.notes.append((number, filled))
    elif isinstance(filled, str) and _is_total(filled):
        body.totals.append(number)
    else:
        body.rows.append(number)


def _below(sheet: Sheet, number: int, name: str, figures: Sequence[int], body: Body) -> None:
    """Take a row below the notes for another note, unless it holds figures: then nobody can say what it is."""
    has_figures = any(isinstance(sheet.value(number, column), (int, float)) for column in figures)
    if has_figures and not _is_note(name):
        key = next(column for column in figures if isinstance(sheet.value(number, column), (int, float)))
        params = {"given": name, "row": number + 1, "note": body.notes[0][1][:20]}
        body.problems.append(Problem("sheets.rows_below_notes", params, sheet.place(number, key)))
    body.notes.append((number, name))


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [label_at(sheet, row, column) for column in range(sheet.first_column, sheet.end_column)]
