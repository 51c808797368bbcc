"""The sheet 填报说明: who reports what, in which unit of measure, how it is defined, scored and checked."""

from collections.abc import Iterable, Mapping, Sequence

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Reporter
from baton.sheets.forms import Field
from baton.sheets.templates.book import Book
from baton.sheets.templates.entry import hint

_WIDTHS = (20, 20, 32, 36, 32, 16, 8, 14)
_HEADS = ("indicator", "figures", "entries", "definition", "scoring", "source", "evidence", "reviewer")
_TALL = 15.0
_CHARACTERS = 2.1


def explain(book: Book, scheme: Scheme, fields: Iterable[Field], lines: Sequence[str]) -> None:
    """Write the sheet: a few lines on how to fill in, then a row per indicator."""
    sheet = book.sheet(book.words("sheets.sheet_explain"), _WIDTHS)
    sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, book.words("sheets.sheet_explain"), book.style("title"))
    sheet.set_row(0, 30)
    for number, line in enumerate(lines, 1):
        sheet.merge_range(number, 0, number, len(_WIDTHS) - 1, f"{number}. {line}", book.style("line"))
        sheet.set_row(number, 18)
    head = len(lines) + 2
    for column, code in enumerate(_HEADS):
        sheet.write_string(head, column, book.words(f"sheets.explain_{code}"), book.style("head"))
    sheet.set_row(head, 34)
    sheet.freeze_panes(head + 1, 1)
    names = {unit.code: unit.name for unit in scheme.units}
    for row, (indicator, asked) in enumerate(_by_indicator(fields), head + 1):
        cells = _cells(book, indicator, asked, names)
        for column, words in enumerate(cells):
            sheet.write_string(row, column, words, book.style("label"))
        lines_needed = (_lines(words, width) for words, width in zip(cells, _WIDTHS, strict=True))
        sheet.set_row(row, max(2, *lines_needed) * _TALL + 4)


def _by_indicator(fields: Iterable[Field]) -> list[tuple[Indicator, list[Field]]]:
    found: dict[str, tuple[Indicator, list[Field]]] = {}
    for field in fields:
        found.setdefault(field.indicator.code, (field.indicator, []))[1].append(field)
    return list(found.values())


def _lines(words: str, width: float) -> int:
    """Estimate the lines a text takes: a Chinese character is about two columns of width wide."""
    return sum(int(_width(line) / (width - 1)) + 1 for line in words.split("\n"))


def _width(line: str) -> float:
    return sum(_CHARACTERS if ord(sign) > 0x2E80 else 1.0 for sign in line)


def _cells(book: Book, indicator: Indicator, fields: Sequence[Field], names: Mapping[str, str]) -> tuple[str, ...]:
    """Give the texts of an indicator's row."""
    hints = {hint(book, field): field for field in fields}
    named = "\n".join(f"{field.name}：{hint(book, field)}" for field in fields)
    entries = named if len(hints) > 1 else next(iter(hints))
    return (
        f"{indicator.code} {indicator.name}",
        "\n".join(field.heading for field in fields),
        entries,
        indicator.definition,
        book.words(f"engine.kind_{indicator.rule.kind}_says"),
        indicator.source,
        book.words(f"sheets.evidence_{indicator.evidence}"),
        names.get(indicator.reviewer or "", ""),
    )


def general_lines(book: Book, reporter: Reporter, who: str) -> list[str]:
    """Give the lines on how to fill in a form."""
    first = "sheets.explain_by_unit" if reporter is Reporter.UNIT else "sheets.explain_by_lead"
    codes = ("sheets.explain_cells", "sheets.explain_missing", "sheets.explain_grey", "sheets.explain_correction")
    return [book.words(first, who=who), *(book.words(code) for code in codes)]
