"""Workbooks given back with every problem on its cell, in a column beside the table, and on a sheet of their own."""

from collections.abc import Iterable, Mapping

from baton.sheets.annotate.anew import annotate_anew
from baton.sheets.annotate.in_place import annotate_in_place
from baton.sheets.annotate.marks import marks_by_sheet, summary_lines
from baton.sheets.limits import Limits
from baton.sheets.workbook import Kind, Workbook, read_workbook
from baton.sheets.workbook.package import open_package
from baton.words import Language, Place, Problem, Refused, Severity

_DEFAULT = Limits()


def annotate(
    original: bytes,
    problems: Iterable[Problem],
    language: Language = Language.CHINESE,
    name: str = "",
    headers: Mapping[str, int] | None = None,
    limits: Limits = _DEFAULT,
) -> bytes:
    """Give a file back as xlsx (an xlsm stays one) with all its problems marked.

    `name`: the file's name, which tells text tables; `headers`: by sheet, the 0-based header row of its table (default:
    the row above the first problem). An xlsx keeps cells, formats, validations, comments and frozen panes; a file of
    another kind, or one that openpyxl cannot open, comes back as a new workbook with its values; a file that could not
    be read at all as a summary sheet alone.
    """
    found = list(problems)
    try:
        workbook: Workbook | None = read_workbook(original, name, limits)
    except Refused:
        workbook = None
    rows = headers or {}
    if workbook is not None and workbook.kind in (Kind.XLSX, Kind.XLSM):
        try:
            _look_through(original, name, limits)
            marks, lines = marks_by_sheet(found, language), summary_lines(found, language)
            return annotate_in_place(original, marks, lines, rows, language, workbook.kind is Kind.XLSM)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            found.append(Problem("sheets.annotated_anew", {"reason": reason}, Place(name), Severity.NOTICE))
    return annotate_anew(workbook, marks_by_sheet(found, language), summary_lines(found, language), rows, language)


def _look_through(original: bytes, name: str, limits: Limits) -> None:
    """Unpack every part once under the limits, because openpyxl reads more of them than the value reader does."""
    package = open_package(original, limits, Place(name))
    for part in package.names:
        if not part.endswith("/"):
            package.read(part)


__all__ = ["annotate"]
