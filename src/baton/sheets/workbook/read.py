"""The one door for files: tell the kind, check the limits, look twice, and give a workbook or every reason why not."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from baton.sheets.limits import Limits
from baton.sheets.workbook import ods, xls, xlsb, xlsx
from baton.sheets.workbook.csv_text import read_text
from baton.sheets.workbook.kind import Kind, kind_of, packed_kind
from baton.sheets.workbook.model import Facts, Sheet, Workbook
from baton.sheets.workbook.package import Package, open_package
from baton.sheets.workbook.values import open_values, read_values, worksheets
from baton.words import Place, Problem, Refused

_REFUSED = {
    Kind.ZIP: "sheets.zip_not_workbook",
    Kind.OLD_EXCEL: "sheets.old_excel",
    Kind.HTML: "sheets.html_not_workbook",
    Kind.XML_2003: "sheets.xml_2003",
    Kind.TEXT: "sheets.text_not_workbook",
}
_DEFAULT = Limits()


def read_workbook(source: Path | str | bytes, name: str = "", limits: Limits = _DEFAULT) -> Workbook:
    """Read a file or its bytes; `name` is what problems call it (default: the file's own name).

    Raises Refused with every reason found: too large, locked, broken, a bomb, empty, or of a kind that is not read.
    Hidden sheets are read and marked; warnings and notices come with the workbook.
    """
    file = name or ("" if isinstance(source, bytes) else Path(source).name)
    place = Place(file)
    data = source if isinstance(source, bytes) else _load(Path(source), limits, place)
    _refuse_size(len(data), limits, place)
    kind = kind_of(data, file)
    if kind is Kind.ZIP:
        return _read_packed(data, limits, place)
    if kind in _REFUSED:
        raise Refused([Problem(_REFUSED[kind], {"start": _start(data)}, place)])
    digest = hashlib.sha256(data).hexdigest()
    if kind is Kind.CSV:
        workbook = read_text(data, place, digest, limits)
        return _refuse_empty(workbook, place)
    problems: list[Problem] = []
    facts = xls.second_pass(data, limits, place, problems)
    return _with_values(data, kind, facts, problems, limits, place)


def _load(path: Path, limits: Limits, place: Place) -> bytes:
    try:
        _refuse_size(path.stat().st_size, limits, place)
        return path.read_bytes()
    except OSError as error:
        raise Refused([Problem("sheets.unreadable_file", {"reason": error.strerror or str(error)}, place)]) from error


def _refuse_size(size: int, limits: Limits, place: Place) -> None:
    if size == 0:
        raise Refused([Problem("sheets.empty_file", {}, place)])
    if size > limits.file_bytes:
        params = {"given": f"{size / (1 << 20):.1f}", "limit": f"{limits.file_bytes / (1 << 20):.0f}"}
        raise Refused([Problem("sheets.file_too_large", params, place)])


def _start(data: bytes) -> str:
    return "".join(sign for sign in data[:40].decode("utf-8", "replace") if sign.isprintable())


def _read_packed(data: bytes, limits: Limits, place: Place) -> Workbook:
    package: Package = open_package(data, limits, place)
    kind = packed_kind(package.names)
    problems: list[Problem] = []
    if kind is Kind.ZIP:
        raise Refused([Problem("sheets.zip_not_workbook", {"start": ", ".join(sorted(package.names)[:3])}, place)])
    if kind is Kind.ODS:
        facts = ods.second_pass(package, limits)
    elif kind is Kind.XLSB:
        facts = xlsb.second_pass(package, limits, problems)
    else:
        facts = xlsx.second_pass(package, limits, problems)
    return _with_values(data, kind, facts, problems, limits, place)


def _with_values(
    data: bytes, kind: Kind, facts: Mapping[str, Facts], problems: list[Problem], limits: Limits, place: Place
) -> Workbook:
    book = open_values(data, place)
    count = len(worksheets(book))
    if count > limits.sheets:
        raise Refused([Problem("sheets.too_many_sheets", {"given": count, "limit": limits.sheets}, place)])
    sheets = read_values(book, place.file, facts)
    digest = hashlib.sha256(data).hexdigest()
    return _refuse_empty(Workbook(place.file, kind, digest, sheets, tuple(problems)), place)


def _refuse_empty(workbook: Workbook, place: Place) -> Workbook:
    if not any(_has_content(sheet) for sheet in workbook.sheets):
        raise Refused([Problem("sheets.nothing_in_it", {}, place)])
    return workbook


def _has_content(sheet: Sheet) -> bool:
    if sheet.facts.errors or sheet.facts.uncalculated:
        return True
    return any(value != "" for row in sheet.rows for value in row)
