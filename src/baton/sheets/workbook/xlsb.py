"""The second pass over a binary workbook (xlsb, [MS-XLSB]): hidden rows, error cells, extents.

Number formats are not looked up in this rare kind: a cell whose meaning would need one is then ambiguous, and an error.
Sheet names are not needed for extents, so every part is checked; facts go by the sheet's name.
"""

import re
import struct
from collections.abc import Iterator, Mapping

from baton.sheets.limits import Limits, refuse_wide
from baton.sheets.workbook.model import Facts, Position
from baton.sheets.workbook.package import Package
from baton.words import Place, Problem, Severity

_PART = re.compile(r"xl/worksheets/[^/]*\.bin\Z", re.IGNORECASE)
_ROW, _CELLS, _ERROR_CELLS = 0, range(1, 12), (3, 11)
_SHEET = 156
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def second_pass(package: Package, limits: Limits, problems: list[Problem]) -> Mapping[str, Facts]:
    """Give the facts of every worksheet by name; raises Refused when one is too large."""
    targets = _targets(package)
    found: dict[str, Facts] = {}
    read = set()
    try:
        for kind, body in _records(package.read(package.find("xl/workbook.bin") or "")):
            if kind == _SHEET:
                identity, rest = _text(body, 8)
                name, _ = _text(body, rest)
                part = targets.get(identity, "")
                read.add(part)
                if _PART.match(part):
                    found[name] = _facts(package.read(part), limits, Place(package.place.file, name))
    except (KeyError, struct.error, IndexError, UnicodeDecodeError) as error:
        problems.append(Problem("sheets.second_pass_failed", {"reason": str(error)}, package.place, Severity.WARNING))
    for part in package.names - read:  # a part that no relation names could still be unpacked by the value reader
        if part.lower().endswith((".bin", ".rels")) and not part.lower().endswith("vbaproject.bin"):
            package.read(part)
    return found


def _targets(package: Package) -> dict[str, str]:
    source = package.find("xl/_rels/workbook.bin.rels")
    if source is None:
        return {}
    text = package.read(source).decode("utf-8", "replace")
    entries = re.findall(r"<Relationship\b([^>]*)>", text)
    targets = {}
    for entry in entries:
        given = dict(re.findall(r'(\w+)="([^"]*)"', entry))
        path = given.get("Target", "")
        targets[given.get("Id", "")] = package.find(path.lstrip("/") if path[:1] == "/" else f"xl/{path}") or ""
    return targets


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through the records; kind and length are stored seven bits to the byte."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] << 7)
            at += 1
        length = shift = 0
        for _ in range(4):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + length]
        at += length


def _text(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end


def _facts(data: bytes, limits: Limits, place: Place) -> Facts:
    row = -1
    rows: set[int] = set()
    columns: set[int] = set()
    hidden: set[int] = set()
    errors: dict[Position, str] = {}
    for kind, body in _records(data):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
            if len(body) > 11 and body[11] & 0x10:
                hidden.add(row)
        elif kind in _CELLS:
            (column,) = struct.unpack_from("<I", body)
            if kind > 1:
                rows.add(row)
                columns.add(column)
            if kind in _ERROR_CELLS:
                errors[row, column] = _ERRORS.get(body[8], "#ERROR!")
    if rows:
        refuse_wide((max(rows) - min(rows) + 1, max(columns) - min(columns) + 1), limits, place)
    return Facts(hidden_rows=frozenset(hidden), errors=errors)
