"""The workbook of a democratic appraisal: ballots counted by unit, a sheet per group of raters, sums that must agree.

Issued >= returned = valid + spoilt + abstained, and valid = the votes of all options together: an abstention is a
returned ballot that gives no option and so is not valid.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.units import Unit
from baton.sheets.address import a1
from baton.sheets.forms import Field, Sort, fields_of, period_words
from baton.sheets.forms.mark import COUNT_PREFIX, COUNTS, UNIT_CODE, UNIT_NAME, Mark, Shape, field_code
from baton.sheets.templates.book import Book
from baton.sheets.templates.entry import restrict
from baton.sheets.templates.explain import explain
from baton.words import Language, Problem, Refused

MARK_ROW, HEAD_ROW, FIRST_ROW = 2, 3, 4
NUMBER, CODE, UNIT, FIRST_COLUMN = range(4)
_LONGEST_NAME = 31
_NONE = Decimal(0)


def ballots_template(
    scheme: Scheme, year: int, language: Language = Language.CHINESE, means: Collection[str] = ()
) -> bytes:
    """Write the tally workbook of a year's ballots; raises `Refused` for a scheme without ballots.

    `means`: series of surveys that are reported as a mean of the valid sheets; each has a sheet as well.
    """
    by_series: dict[str, list[Field]] = {}
    for field in fields_of(scheme).values():
        if (field.sort is Sort.VOTES or field.series in means) and field.units:
            by_series.setdefault(field.series, []).append(field)
    if not by_series:
        raise Refused([Problem("sheets.no_ballots", {"scheme": scheme.name})])
    book, period = Book(language), str(year)
    for series, fields in by_series.items():
        _sheet(book, scheme, series, period, sorted(fields, key=lambda field: field.figure != "due"))
    lines = [
        book.words(code) for code in ("sheets.explain_ballots", "sheets.explain_sums", "sheets.explain_correction")
    ]
    explain(book, scheme, (field for fields in by_series.values() for field in fields), lines)
    return book.finish()


def _sheet(book: Book, scheme: Scheme, series: str, period: str, fields: Sequence[Field]) -> None:
    """Write a sheet; `fields` are those entitled (where asked), then the options."""
    indicator, option = fields[0].indicator, fields[-1]
    due = sum(field.figure == "due" for field in fields)
    named = [(field_code(series, field.figure), field.name) for field in fields]
    counts = [(COUNT_PREFIX + count, book.words(f"sheets.count_{count}")) for count in COUNTS]
    heads = [*named[:due], *counts, *named[due:]]
    sheet = book.sheet(_name(indicator.name), (6, 8, 38, *([9] * len(heads)), 14))
    title = book.words("sheets.title_ballots", name=indicator.name, period=period_words(period))
    book.title(sheet, title, indicator.definition, FIRST_COLUMN + len(heads) + 1)
    sheet.set_row(1, 34)
    codes = {column: code for column, (code, _) in enumerate(heads, FIRST_COLUMN)} | {CODE: UNIT_CODE, UNIT: UNIT_NAME}
    book.codes(sheet, MARK_ROW, {0: Mark(Shape.BALLOTS, scheme.code, period, series=series).text(), **codes})
    labels = [book.words(code) for code in ("sheets.head_number", "sheets.head_code", "sheets.head_unit")]
    for column, words in enumerate([*labels, *(name for _, name in heads), book.words("sheets.head_agrees")]):
        sheet.write_string(HEAD_ROW, column, words, book.style("head"))
    sheet.set_row(HEAD_ROW, 26)
    units = [unit for unit in scheme.units if unit.code in frozenset(option.units)]
    last = FIRST_COLUMN + len(heads) - 1
    _rows(book, sheet, units, last)
    votes = len(fields) - due if option.sort is Sort.VOTES else 0
    _sums(book, sheet, due, votes, len(units))
    _restrict(book, sheet, fields, (due, len(units), last))
    sheet.set_column(CODE, CODE, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    sheet.repeat_rows(HEAD_ROW)


def _restrict(book: Book, sheet: Worksheet, fields: Sequence[Field], given: tuple[int, int, int]) -> None:
    """Let counts and votes be whole numbers, and means what their field takes."""
    due, units, last = given
    option, bottom = fields[-1], FIRST_ROW + units - 1
    if option.sort is Sort.VOTES:
        restrict(book, sheet, (FIRST_ROW, FIRST_COLUMN, bottom, last), option)
        return
    first = FIRST_COLUMN + due + len(COUNTS)
    restrict(book, sheet, (FIRST_ROW, FIRST_COLUMN, bottom, first - 1), replace(option, sort=Sort.VOTES, least=_NONE))
    restrict(book, sheet, (FIRST_ROW, first, bottom, last), option)


def _rows(book: Book, sheet: Worksheet, units: Sequence[Unit], last: int) -> None:
    for row, unit in enumerate(units, FIRST_ROW):
        sheet.write_number(row, NUMBER, row - FIRST_ROW + 1, book.style("number"))
        sheet.write_string(row, CODE, unit.code, book.style("code"))
        sheet.write_string(row, UNIT, unit.name, book.style("label"))
        for column in range(FIRST_COLUMN, last + 1):
            sheet.write_blank(row, column, None, book.style("choice"))
        sheet.set_row(row, 20)


def _sums(book: Book, sheet: Worksheet, due: int, options: int, units: int) -> None:
    """Say in the last column of each row whether its counts agree, while they are being typed; 0 options: a mean."""
    first = FIRST_COLUMN + due
    last = first + len(COUNTS) + (options or 1)
    for row in range(FIRST_ROW, FIRST_ROW + units):
        issued, returned, valid, spoilt, abstained = (a1(row, first + n) for n in range(len(COUNTS)))
        votes = f"{a1(row, first + len(COUNTS))}:{a1(row, last - 1)}"
        sums = f",{valid}=SUM({votes})" if options else ""
        agrees = f"AND({issued}>={returned},{returned}={valid}+{spoilt}+{abstained}{sums})"
        good, bad = book.words("sheets.agrees"), book.words("sheets.agrees_not")
        formula = f'=IF(COUNT({issued}:{a1(row, last - 1)})=0,"",IF({agrees},"{good}","{bad}"))'
        sheet.write_formula(row, last, formula, book.style("number"), "")


def _name(name: str) -> str:
    """Give a sheet name: what stands before the colon, without the signs that Excel forbids."""
    short = name.replace("：", ":").partition(":")[0]
    return "".join(sign for sign in short if sign not in "[]:*?/\\'")[:_LONGEST_NAME].strip() or "1"
