"""What is written onto an annotated workbook: one mark per cell, one line per row, one table of all problems."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baton.sheets.address import parse_a1
from baton.words import Language, Problem, Severity, render, text

ERROR_FILL, WARNING_FILL = "FFC7CE", "FFEB9C"
"""Background of a cell with an error and of one with a warning: Excel's own colours for bad and for neutral."""
ERROR_INK = "9C0006"
"""Colour of the words about errors."""
WIDTHS = (6, 8, 16, 10, 24, 60, 60)
"""Widths of the summary's columns, in characters."""
ERROR_WIDTH = 60
"""Width of the error column, in characters."""
LONGEST = 32_767
"""Characters that a cell can hold."""

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_LINE, _TALLEST = 15, 405
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_COLUMNS = ("mark_number", "mark_severity", "mark_sheet", "mark_cell", "mark_given", "mark_what", "mark_mend")


@dataclass(frozen=True, slots=True)
class Mark:
    """All problems of one cell: its 0-based place, the worst severity, and the words."""

    row: int
    column: int
    severity: Severity
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A problem in the summary."""

    severity: Severity
    sheet: str
    cell: str
    given: str
    what: str
    mend: str


def clean(words: object) -> str:
    """Give text that a workbook can hold: no control signs, not too long."""
    return _UNPRINTABLE.sub("\ufffd", str(words))[:LONGEST]


def marks_by_sheet(problems: Iterable[Problem], language: Language) -> dict[str, list[Mark]]:
    """Gather the problems that name a cell, by sheet and cell, in the order of rows and columns."""
    cells: dict[tuple[str, int, int], list[Problem]] = {}
    for problem in problems:
        try:
            row, column = parse_a1(problem.place.cell)
        except ValueError:
            continue
        cells.setdefault((problem.place.sheet, row, column), []).append(problem)
    marks: dict[str, list[Mark]] = {}
    for (sheet, row, column), several in sorted(cells.items(), key=lambda item: item[0]):
        worst = min((problem.severity for problem in several), key=_ORDER.__getitem__)
        words = "\n".join(_words(problem, language) for problem in several)
        marks.setdefault(sheet, []).append(Mark(row, column, worst, clean(words)))
    return marks


def _words(problem: Problem, language: Language) -> str:
    sentence = render(problem, language)
    return f"{sentence.what}{' ' if language is Language.ENGLISH else ''}{sentence.mend}"


def row_words(marks: Sequence[Mark], letters: Sequence[str]) -> dict[int, str]:
    """Give the text of the error column by row; `letters` are the column letters of the marks."""
    rows: dict[int, str] = {}
    for mark, letter in zip(marks, letters, strict=True):
        entry = f"{letter}{mark.row + 1}: {mark.words}"
        rows[mark.row] = f"{rows[mark.row]}\n{entry}" if mark.row in rows else entry
    return {row: clean(words) for row, words in rows.items()}


def summary_lines(problems: Iterable[Problem], language: Language) -> list[Line]:
    """List all problems, errors first, each kind in the order given."""
    ordered = sorted(problems, key=lambda problem: _ORDER[problem.severity])
    lines = []
    for problem in ordered:
        sentence = render(problem, language)
        given = problem.params.get("given", "")
        place = problem.place
        lines.append(Line(problem.severity, place.sheet, place.cell, clean(given), clean(sentence.what), sentence.mend))
    return lines


def summary_head(lines: Sequence[Line], language: Language) -> tuple[str, list[str]]:
    """Give the summary's heading and the names of its columns."""
    errors = sum(1 for line in lines if line.severity is Severity.ERROR)
    warnings = sum(1 for line in lines if line.severity is Severity.WARNING)
    heading = text("sheets.mark_heading", language, errors=errors, warnings=warnings)
    return heading, [label(name, language) for name in _COLUMNS]


def height(words: str, width: int) -> int:
    """Give the height in points of a row whose wrapped text stands in a column of `width` characters.

    Chinese signs are two characters wide. Programs other than Excel do not fit the height of rows by themselves.
    """
    rows = sum(-(-sum(2 if sign >= "\u2e80" else 1 for sign in part) // width) or 1 for part in words.split("\n"))
    return min(_LINE * rows, _TALLEST)


def line_height(line: Line) -> int:
    """Give the height in points of a row of the summary."""
    return max(
        height(words, width) for words, width in zip((line.given, line.what, line.mend), WIDTHS[4:], strict=True)
    )


def label(name: str, language: Language) -> str:
    """Give a fixed label of the annotated workbook."""
    return text("sheets." + name, language)


def severity_label(severity: Severity, language: Language) -> str:
    """Give the word for a severity."""
    return text("sheets.severity_" + severity, language)


def own_labels(name: str) -> frozenset[str]:
    """Give a label in all languages: what an earlier annotation may have left in a workbook."""
    return frozenset(label(name, language) for language in Language)
