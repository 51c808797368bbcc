"""The second pass over an old Excel workbook (BIFF8, [MS-XLS]): formats, errors, hidden rows and columns, extents.

Merged ranges come from the value reader. A formula always carries a result in this format, so none can lack one.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from baton.sheets.limits import Limits, refuse_wide
from baton.sheets.workbook.compound import DamagedError, stream
from baton.sheets.workbook.model import Facts, Position
from baton.sheets.workbook.number_format import BUILT_IN, shown_by
from baton.words import Place, Problem, Refused, Severity

_BOF, _EOF, _SHEET, _FORMAT, _XF, _FILE_PASS = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x2F
_ROW, _COLUMN_INFO, _RK, _RKS, _BOOL_OR_ERROR, _FORMULA = (
    0x208, 0x7D, 0x27E, 0xBD, 0x205, 0x06,
)  # fmt: skip
_CELLS = {0x203, 0x204, 0xFD, _RK, _RKS, _BOOL_OR_ERROR, _FORMULA}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

_ENCRYPTION = "EncryptionInfo".encode("utf-16-le")
"""Name of the stream that a locked xlsx consists of; it comes in the wrapping of an old workbook."""


@dataclass(slots=True)
class _SheetWalk:
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[Position, str] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    rows: tuple[int, int] = (1 << 20, -1)
    columns: tuple[int, int] = (1 << 20, -1)

    def take(self, kind: int, body: bytes, styles: Mapping[int, str]) -> None:
        """Take note of one record of the sheet."""
        if kind == _ROW:
            row, _, _, height, _, _, flags = struct.unpack_from("<HHHHHHH", body)
            if flags & 0x20 or height & 0x7FFF == 0:
                self.hidden_rows.add(row)
        elif kind == _COLUMN_INFO:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1:
                self.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind in _CELLS:
            self._cell(kind, body, styles)

    def _cell(self, kind: int, body: bytes, styles: Mapping[int, str]) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _RKS else column
        self.rows = min(self.rows[0], row), max(self.rows[1], row)
        self.columns = min(self.columns[0], column), max(self.columns[1], last)
        for offset in range(last - column + 1 if kind == _RKS else 1):
            number = struct.unpack_from("<H", body, 4 + 6 * offset)[0] if kind == _RKS else style
            if number in styles:
                self.formats[row, column + offset] = styles[number]
        if kind == _BOOL_OR_ERROR and body[7]:
            self.errors[row, column] = _ERRORS.get(body[6], "#ERROR!")
        elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            self.errors[row, column] = _ERRORS.get(body[8], "#ERROR!")

    def facts(self) -> Facts:
        """Give what was seen."""
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        formats = self.formats
        return Facts(*hidden, formats=formats, errors=self.errors)


def second_pass(data: bytes, limits: Limits, place: Place, problems: list[Problem]) -> Mapping[str, Facts]:
    """Give the facts of every sheet by name; adds a warning to `problems` when the file does not let itself be read."""
    if _ENCRYPTION in data:
        raise Refused([Problem("sheets.password", {}, place)])
    try:
        records = list(_records(stream(data, "workbook", "book")))
        return _sheets(records, limits, place)
    except (DamagedError, KeyError, struct.error, IndexError, UnicodeDecodeError) as error:
        problems.append(Problem("sheets.second_pass_failed", {"reason": str(error)}, place, Severity.WARNING))
        return {}


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Go through the records: offset, kind, body."""
    at = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        yield at, kind, data[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(records: list[tuple[int, int, bytes]], limits: Limits, place: Place) -> Mapping[str, Facts]:
    codes: dict[int, str] = dict(BUILT_IN)
    styles: list[int] = []
    names: dict[int, str] = {}
    walks: dict[str, _SheetWalk] = {}
    walk: _SheetWalk | None = None
    for at, kind, body in records:
        if kind == _BOF and at in names:
            walk = walks[names[at]] = _SheetWalk()
            telling = {n: codes[f] for n, f in enumerate(styles) if shown_by(codes.get(f, "")).telling}
        elif kind == _EOF:
            walk = None
        elif walk is not None:
            walk.take(kind, body, telling)
        elif kind == _SHEET:
            names[struct.unpack_from("<I", body)[0]] = _short_text(body, 6)
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _long_text(body, 2)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _FILE_PASS:
            raise Refused([Problem("sheets.password", {}, place)])
    for name, seen in walks.items():
        size = seen.rows[1] - seen.rows[0] + 1, seen.columns[1] - seen.columns[0] + 1
        refuse_wide(size if seen.rows[1] >= 0 else (0, 0), limits, Place(place.file, name))
    return {name: seen.facts() for name, seen in walks.items()}


def _short_text(body: bytes, at: int) -> str:
    length, wide = body[at], body[at + 1] & 1
    return _decoded(body[at + 2 :], length, wide)


def _long_text(body: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<H", body, at)
    return _decoded(body[at + 3 :], length, body[at + 2] & 1)


def _decoded(raw: bytes, length: int, wide: int) -> str:
    return raw[: 2 * length].decode("utf-16-le") if wide else raw[:length].decode("latin-1")
