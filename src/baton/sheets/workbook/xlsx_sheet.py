"""The second look at one xlsx sheet part: by patterns where the XML is written as office programs write it.

A sheet of a million cells is 35 MB of XML. Parsing it element by element would cost several times what reading the
values costs; searching it for the few things that matter costs a tenth of a second. Any unusual way of writing
(prefixes, single quotes, comments, cells without an address) goes through the XML parser in `xlsx_parse` instead.
"""

import re
from collections.abc import Callable, Mapping

from baton.sheets.address import column_letters, column_number
from baton.sheets.workbook.model import Facts, Position
from baton.sheets.workbook.xlsx_styles import Styles

_ROOT = re.compile(rb"<worksheet[ >]")
_UNUSUAL = re.compile(rb'<(?:c|row)(?=[ />\t\r\n])(?! r=")')
_ROW = re.compile(rb'<row r="(\d+)"')
_COLUMN = re.compile(rb'<c r="([A-Z]+)')
_FILLED = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*(?<!/)>(?!</c>)')
_WIDTHS = ((26, re.compile(rb' r="[A-Z]{2}')), (702, re.compile(rb' r="[A-Z]{3}')))
_HIDDEN_ROW = re.compile(rb'<row r="(\d+)"[^>]*? (?:hidden="(?:1|true)"|ht="0(?:\.0*)?")')
_HIDDEN_COLUMNS = re.compile(rb'<col (?=[^>]*hidden="(?:1|true)")(?=[^>]*min="(\d+)")(?=[^>]*max="(\d+)")')
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>/]*)>\s*<f(?: [^>]*?)?(?:/>|>[^<]*</f>)\s*(?:(<v>[^<])|(<v\s*/?>))?')
_ANY_FORMULA = re.compile(rb"<f[ >/]")  # not <formula1> of a drop-down, nor <firstHeader>
_VALUE = re.compile(rb"<v>([^<]*)</v>")


def written_as_usual(data: bytes) -> bool:
    """Tell whether the patterns of this module see everything that a parser would see in the part."""
    odd = (b"!" in data and b"<!" in data) or (b"'" in data and b"='" in data)  # one byte is looked for much faster
    return bool(_ROOT.search(data, 0, 4096)) and not odd and not _UNUSUAL.search(data)


def extent(data: bytes, enough: int) -> tuple[int, int]:
    """Give rows and columns of the rectangle around the cells, or an upper bound of it that is below `enough` cells.

    Looks, each dearer than the one before: columns up to Z, up to ZZ, all cells, only cells with content (offices
    format whole columns down to row 1,048,576; the value reader skips such empty cells).
    """
    height = _span(list(map(int, _ROW.findall(data))))
    for width, wider in _WIDTHS:
        if height * width <= enough and not wider.search(data):
            return height, width
    width = _span([column_number(letters.decode()) for letters in set(_COLUMN.findall(data))])
    if height * width <= enough:
        return height, width
    filled = _FILLED.findall(data)
    columns = [column_number(letters.decode()) for letters in {letters for letters, _ in filled}]
    return _span([int(row) for _, row in filled]), _span(columns)


def _span(numbers: list[int]) -> int:
    return max(numbers) - min(numbers) + 1 if numbers else 0


def facts(data: bytes, styles: Styles) -> Facts:
    """Collect the facts of a sheet part that is written as usual."""
    has_formulas = b"<f" in data and _ANY_FORMULA.search(data) is not None
    return Facts(
        hidden_rows=_hidden_rows(data),
        hidden_columns=_hidden_columns(data),
        formats=_telling_formats(data, styles.telling),
        errors=_errors(data) if b't="e"' in data else {},
        uncalculated=_uncalculated(data) if has_formulas else frozenset(),
        has_formulas=has_formulas,
        format_at=_format_by_column(data, styles),
    )


def _position(letters: bytes, row: bytes) -> Position:
    return int(row) - 1, column_number(letters.decode())


def _hidden_rows(data: bytes) -> frozenset[int]:
    if b' hidden="' not in data and b' ht="0' not in data:
        return frozenset()
    return frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(data))


def _hidden_columns(data: bytes) -> frozenset[int]:
    head = data[: max(data.find(b"<sheetData"), 0)]
    spans = [(int(first) - 1, int(last)) for first, last in _HIDDEN_COLUMNS.findall(head)]
    return frozenset(column for first, last in spans for column in range(first, min(last, 16_384)))


def _errors(data: bytes) -> dict[Position, str]:
    found = {}
    for match in _ERROR.finditer(data):
        value = _VALUE.search(match[3] or b"")
        found[_position(match[1], match[2])] = value[1].decode("utf-8", "replace") if value else "#ERROR!"
    return found


def _uncalculated(data: bytes) -> frozenset[Position]:
    """List formulas without a stored value; an empty value is a result only where the type says text."""
    return frozenset(
        _position(match[1], match[2])
        for match in _FORMULA.finditer(data)
        if not match[4] and not (match[5] and b't="str"' in match[3])
    )


def _telling_formats(data: bytes, telling: Mapping[int, str]) -> dict[Position, str]:
    if not telling:
        return {}
    numbers = b"|".join(str(number).encode() for number in telling)
    pattern = re.compile(rb'<c r="([A-Z]+)(\d+)"(?: [^>]*?)? s="(' + numbers + rb')"')
    return {_position(letters, row): telling[int(style)] for letters, row, style in pattern.findall(data)}


def _format_by_column(data: bytes, styles: Styles) -> Callable[[int, int], str]:
    """Make the look-up of any cell's format; a column is searched once, when somebody first asks about it."""
    known: dict[int, dict[int, str]] = {}

    def format_at(row: int, column: int) -> str:
        if column not in known:
            cell = rb'<c r="' + column_letters(column).encode() + rb'(\d+)"(?: [^>]*?)? s="(\d+)"'
            known[column] = {int(r) - 1: styles.formats.get(int(s), "") for r, s in re.findall(cell, data)}
        return known[column].get(row, "")

    return format_at
