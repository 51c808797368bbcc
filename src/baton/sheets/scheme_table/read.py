"""A table of indicators read: its rows sorted into schemes, each built and checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import check
from baton.sheets.cells.text import close
from baton.sheets.scheme_table.build import Builder, Row
from baton.sheets.scheme_table.model import SchemeTable
from baton.sheets.table import Column, Holds, Table, find_table_in
from baton.sheets.workbook import read_workbook
from baton.words import Place, Problem, Refused, Severity


@dataclass(frozen=True)
class TableScheme:
    """A scheme that a table holds, with what a person should look at; no scheme where there are errors."""

    code: str
    scheme: Scheme | None
    problems: tuple[Problem, ...]


def read_scheme_table(source: Path | bytes, mapping: SchemeTable, name: str = "") -> tuple[TableScheme, ...]:
    """Read every scheme of a table, in its order; of bytes `name` is what problems call the file.

    A row becomes an indicator by the first rule of the mapping that holds for it; a target that is no number in the
    row's unit of measure stays open, to be reported with the figures, and is named in a warning. Nothing is guessed: a
    row that no rule holds for, or that has a name without points, is an error of its scheme.
    Raises `Refused` where the file cannot be read or lacks a heading.
    """
    table = find_table_in(
        read_workbook(source, name or (source.name if isinstance(source, Path) else "")),
        [Column(name, (name,), Holds.TEXT) for name in mapping.headings()],
    )
    unfit = [problem for problem in table.problems if problem.severity is Severity.ERROR]
    if unfit:
        raise Refused(unfit)
    return tuple(_scheme(code, rows, mapping) for code, rows in _sorted(table, mapping).items())


def _sorted(table: Table, mapping: SchemeTable) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows(table, mapping):
        code = row.texts[mapping.each] if mapping.each else mapping.code
        found.setdefault(code, []).append(row)
    return found


def _rows(table: Table, mapping: SchemeTable) -> Iterator[Row]:
    texts = {heading: table.texts(heading) for heading in mapping.headings()}
    passed = {heading: {close(word) for word in words} for heading, words in mapping.passed_rows.items()}
    for number, row in enumerate(table.rows):
        cells = {heading: column[number] for heading, column in texts.items()}
        if not any(close(cells[heading]) in words for heading, words in passed.items()):
            yield Row(cells, {heading: table.place(row, heading) for heading in cells})


def _scheme(code: str, rows: Sequence[Row], mapping: SchemeTable) -> TableScheme:
    builder = Builder(code, rows, mapping)
    data = builder.data()
    place = Place(rows[0].places[mapping.leaf.name].file, field=code)
    if builder.refused:
        return TableScheme(code, None, tuple(builder.problems))
    try:
        scheme = Scheme.model_validate(data)
    except ValidationError as error:
        wrong = [_finding(one, place) for one in error.errors()]
        return TableScheme(code, None, (*builder.problems, *wrong))
    unfit = [replace(one, place=_located(builder, one.place, place)) for one in check(scheme)]
    refused = any(one.severity is Severity.ERROR for one in unfit)
    return TableScheme(code, None if refused else scheme, (*builder.problems, *unfit))


def _finding(found: object, place: Place) -> Problem:
    params = {
        "field": ".".join(map(str, found["loc"])),  # type: ignore[index]
        "reason": found["msg"],  # type: ignore[index]
        "given": str(found["input"])[:60],  # type: ignore[index]
    }
    return Problem("sheets.scheme_table_refused", params, place)


def _located(builder: Builder, given: Place, otherwise: Place) -> Place:
    """Give the cell of a node or an indicator that a problem of the scheme names."""
    code = given.field.partition("[")[2].partition("]")[0]
    return builder.places.get(code, replace(otherwise, field=given.field))
