"""The lines above a table: who reports, for when, in which state."""

import re
from collections.abc import Iterable, Sequence

from baton.sheets.cells.text import close
from baton.sheets.workbook import Sheet

_LABELS = ("填报单位", "报送单位", "上报单位", "填报部门", "报送部门")
_LINES = 12


def texts_above(sheet: Sheet, row: int, lines: int = _LINES) -> list[str]:
    """Give the texts of so many lines above a row, cell by cell."""
    first = max(sheet.first_row, row - lines)
    return [
        value
        for line in sheet.rows[first - sheet.first_row : max(row - sheet.first_row, 0)]
        for value in line
        if isinstance(value, str) and value.strip()
    ]


def reporter_in(texts: Sequence[str], labels: Sequence[str] = _LABELS) -> str:
    """Give the unit that the lines name as reporting: behind 填报单位： in the same cell or in the next; or nothing."""
    who = re.compile(rf"(?:{'|'.join(map(re.escape, labels))})(?:[（(]盖章[)）])?[:：](.*)")
    for number, line in enumerate(texts):
        match = who.search(line)
        if match is None:
            continue
        behind = re.split(r"[\s　]{2,}|　|[ \t](?=\S*[:：年])", match[1].strip())[0].strip()
        if behind:
            return behind
        if number + 1 < len(texts):
            return texts[number + 1].strip()
    return ""


def says(texts: Iterable[str], marks: Iterable[str]) -> bool:
    """Tell whether one of the lines holds one of the marks."""
    wanted = [close(mark) for mark in marks]
    return any(mark in close(line) for line in texts for mark in wanted)
