"""One file read: its sheets sorted by what they are, each read by its layout, all problems together."""

from fnmatch import fnmatchcase
from pathlib import Path

from baton.sheets.reports.context import Context
from baton.sheets.reports.file_name import stem_of, version_of
from baton.sheets.reports.layouts.indicators_in_rows import read_indicators_in_rows
from baton.sheets.reports.layouts.long import read_long
from baton.sheets.reports.layouts.mapped_events import read_mapped_events
from baton.sheets.reports.layouts.months_in_columns import read_months_in_columns
from baton.sheets.reports.layouts.own import find_mark, read_own
from baton.sheets.reports.layouts.recognised import read_recognised
from baton.sheets.reports.layouts.units_in_rows import read_units_in_rows
from baton.sheets.reports.mapping import TableRule
from baton.sheets.reports.model import FileTaken
from baton.sheets.workbook import Sheet, Workbook, read_workbook
from baton.words import Place, Problem, Refused

type Source = Path | tuple[str, bytes]
_READERS = {
    "units_in_rows": read_units_in_rows,
    "indicators_in_rows": read_indicators_in_rows,
    "months_in_columns": read_months_in_columns,
    "events": read_mapped_events,
    "long": read_long,
}


def name_of(source: Source) -> str:
    """Give the name of a file as problems call it."""
    return source[0] if isinstance(source, tuple) else source.name


def read_file(context: Context, source: Source, name: str = "") -> FileTaken:
    """Read one file as `name`; nothing is raised, whatever is wrong with it stands among its problems."""
    name = name or name_of(source)
    taken = FileTaken(name, version=version_of(name, context.mapping.version_mark))
    try:
        content = source[1] if isinstance(source, tuple) else source
        workbook = read_workbook(content, name)
    except Refused as refusal:
        taken.problems += refusal.problems
        return taken
    taken.digest = workbook.digest
    taken.problems += workbook.problems
    _read_sheets(context, workbook, taken)
    return taken


def _read_sheets(context: Context, workbook: Workbook, taken: FileTaken) -> None:
    marked = [(sheet, found) for sheet in workbook.sheets if (found := find_mark(sheet)) is not None]
    for sheet, (mark, row) in marked:
        read_own(context, sheet, mark, row, taken)
    if marked:
        return
    rules = context.mapping.tables_of(stem_of(workbook.name))
    pairs = [(sheet, rule) for sheet in workbook.visible for rule in rules if fnmatchcase(sheet.name, rule.sheet)]
    for sheet, rule in pairs:
        _read(context, sheet, rule, taken)
    if pairs:
        return
    recognised = [sheet.name for sheet in workbook.visible if sheet.rows and read_recognised(context, sheet, taken)]
    if not recognised:
        taken.problems.append(Problem("sheets.no_form", {"file": workbook.name}, Place(workbook.name)))


def _read(context: Context, sheet: Sheet, rule: TableRule, taken: FileTaken) -> None:
    if sheet.rows:
        _READERS[rule.layout](context, sheet, rule, taken)
