"""Text tables: their own door, because the value reader has none. Every value stays text; `cells` types it later."""

import csv
from collections import Counter
from io import StringIO

from baton.sheets.limits import Limits, refuse_wide
from baton.sheets.workbook.encoding import decode
from baton.sheets.workbook.kind import Kind
from baton.sheets.workbook.model import Sheet, Value, Visibility, Workbook
from baton.words import Place, Problem, Refused, Severity

SEPARATORS = (",", ";", "\t", "|")
"""Separators that are tried, in this order; the first of equally good ones is taken."""
_SAMPLE_LINES = 200


def read_text(data: bytes, place: Place, digest: str, limits: Limits) -> Workbook:
    """Read a text table; raises Refused for unknown encodings, zero bytes and broken quoting."""
    decoded = decode(data)
    if decoded is None:
        raise Refused([Problem("sheets.unknown_encoding", {}, place)])
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Refused([Problem("sheets.zero_byte", {"line": line}, Place(place.file, line=line))])
    separator, text = _separator(text)
    rows = _rows(text, separator, place, limits)
    notes = [] if decoded.certain else [_notice(decoded.encoding, place)]
    if rows and max(map(len, rows)) != min(map(len, rows)):
        notes += _uneven(rows, place)
    sheet = Sheet(_sheet_name(place.file), Visibility.VISIBLE, _even(rows), file=place.file)
    return Workbook(place.file, Kind.CSV, digest, (sheet,), tuple(notes), decoded.encoding, separator)


def _sheet_name(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "csv"


def _notice(encoding: str, place: Place) -> Problem:
    return Problem("sheets.encoding_concluded", {"encoding": encoding}, place, Severity.NOTICE)


def _separator(text: str) -> tuple[str, str]:
    """Choose the separator that gives most rows of one width; Excel's own hint `sep=;` in line 1 decides at once."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], rest
    sample = "\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator)), text


def _fit(sample: str, separator: str) -> tuple[int, int]:
    if separator not in sample:
        return 0, 0
    try:
        widths = Counter(len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=separator) if row)
    except csv.Error:
        return 0, 0
    width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
    return (count, width) if width > 1 else (0, 0)


def _rows(text: str, separator: str, place: Place, limits: Limits) -> list[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    width = 0
    try:
        for row in reader:
            rows.append(row)
            width = max(width, len(row))
            if len(rows) * width > limits.cells:
                refuse_wide((text.count("\n") + 1, width), limits, place)
    except csv.Error as error:
        params = {"line": reader.line_num, "reason": str(error)}
        raise Refused([Problem("sheets.broken_quoting", params, Place(place.file, line=reader.line_num))]) from error
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _even(rows: list[list[str]]) -> list[list[Value]]:
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _uneven(rows: list[list[str]], place: Place) -> list[Problem]:
    """Point out rows with more filled cells than the commonest width: an unquoted separator shifts the figures."""
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    longer = [number for number, row in enumerate(rows, 1) if any(row[usual:])]
    if not longer or len(longer) * 10 > len(rows):
        return []
    params = {"lines": ", ".join(map(str, longer[:10])), "width": usual}
    return [Problem("sheets.uneven_rows", params, Place(place.file, line=longer[0]), Severity.WARNING)]
