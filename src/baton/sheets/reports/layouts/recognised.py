"""Tables without a mapping entry: recognised by the names of the scheme, where those say one thing only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from baton.engine.terms import Frequency
from baton.sheets.cells import Percent
from baton.sheets.cells.text import close
from baton.sheets.forms import Field
from baton.sheets.reports.context import Context
from baton.sheets.reports.file_name import stem_of
from baton.sheets.reports.layouts.above import reporter_in, texts_above
from baton.sheets.reports.layouts.units_in_rows import UNIT, read_units_in_rows
from baton.sheets.reports.mapping import ColumnRule, TableRule
from baton.sheets.reports.model import FileTaken
from baton.sheets.table import Column, Holds, SheetMapping, Table, find_table
from baton.sheets.workbook import Sheet
from baton.words import Place, Problem, Refused

_COARSEST_FIRST = (Frequency.YEAR, Frequency.QUARTER, Frequency.MONTH)


def headings_of(field: Field) -> Iterable[str]:
    """Give what a heading may call a field: its code, its name, or indicator and name one above the other."""
    yield field.key
    yield field.name
    for indicator in field.indicators:
        for name in (indicator.name, indicator.code, f"{indicator.code} {indicator.name}"):
            yield f"{name}/{field.name}"
            if len(indicator.figures) <= 1:
                yield name


def read_recognised(context: Context, sheet: Sheet, taken: FileTaken) -> bool:
    """Read a table that is recognised without a mapping; False where the sheet holds none."""
    by_name: dict[str, list[Field]] = defaultdict(list)
    for field in context.fields.values():
        for name in {"/".join(map(close, heading.split("/"))) for heading in headings_of(field)}:
            by_name[name].append(field)
    columns = [Column(UNIT, context.mapping.unit_headings, Holds.UNIT)]
    columns += [Column(name, (), Holds.NUMBER, required=False) for name in by_name]
    try:
        table = find_table(sheet, columns, SheetMapping(ignore=context.mapping.ignore))
    except Refused:
        return False
    headings = {key: by_name[key] for key in table.columns if key != UNIT}
    if UNIT not in table.columns or not headings:
        return False
    above = texts_above(sheet, table.header[0])
    fields = _settled(context, headings, _lead(context, above, taken.name))
    ambiguous = [_ambiguous(table, key, several) for key, several in fields.items() if len(several) > 1]
    if ambiguous:
        taken.problems += ambiguous
        return True
    rules = {heading: ColumnRule(figure=one[0].key, percent=Percent.AS_SHOWN) for heading, one in fields.items()}
    grains = {one[0].frequency for one in fields.values()}
    grain = next(grain for grain in reversed(_COARSEST_FIRST) if grain in grains)
    read_units_in_rows(context, sheet, TableRule(files=("*",), grain=grain, columns=rules), taken)
    return True


def _ambiguous(table: Table, key: str, candidates: Sequence[Field]) -> Problem:
    listed = "、".join(f"{one.key}（{one.indicator.name}）" for one in candidates[:6])
    params = {"given": table.columns[key].label, "candidates": listed}
    return Problem("sheets.heading_ambiguous", params, table.place(table.header[1], key))


def _lead(context: Context, above: list[str], name: str) -> str | None:
    """Find who reports, by the lines above the table or a part of the file's name."""
    for given in (reporter_in(above), *stem_of(name).split("_")):
        code = context.unit(given, "", Place(name))[0] if given else None
        if code is not None:
            return code
    return None


def _settled(context: Context, headings: Mapping[str, list[Field]], lead: str | None) -> dict[str, list[Field]]:
    """Narrow each heading to the fields of the department that reports, where it has any."""
    return {
        heading: [one for one in candidates if lead is not None and one.lead == lead] or candidates
        for heading, candidates in headings.items()
    }
