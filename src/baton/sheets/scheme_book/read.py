"""A scheme read from a workbook: every cell understood or named, then the same checks as a scheme file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text.translate import label, problems_of
from baton.sheets.address import a1
from baton.sheets.limits import Limits
from baton.sheets.scheme_book.cells import read
from baton.sheets.scheme_book.layout import BASICS, TABS, Field, Form, Tab
from baton.sheets.scheme_book.terms import terms_at
from baton.sheets.scheme_book.vocabulary import heading, tab_name, word
from baton.sheets.scheme_book.write import EVERY_GROUP, at_route, points_heading
from baton.sheets.workbook import Sheet, Value, Workbook, read_workbook
from baton.words import Language, Place, Problem, Refused

type Route = tuple[str | int, ...]

_DEFAULT = Limits()
_HEADER_ROWS = 10


@dataclass(frozen=True)
class SchemeBook:
    """A scheme read from a workbook, and the cell of each of its fields by field path."""

    scheme: Scheme
    file: str
    cells: Mapping[str, Place]
    problems: tuple[Problem, ...] = ()

    def locate(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Add file, sheet, cell and heading to problems that name a field path, such as those of `structure.check`.

        Their mends speak of the workbook's sheets and headings from then on.
        """
        return tuple(
            replace(problem, place=self._place(problem.place), terms=terms_at(problem.place.field))
            for problem in problems
        )

    def _place(self, place: Place) -> Place:
        field = place.field
        while field and field not in self.cells:
            field = field[: max(field.rfind("."), field.rfind("["), 0)]
        found = self.cells.get(field, Place(self.file))
        return replace(found, field=place.field)


def read_scheme(source: Path | str | bytes, name: str = "", limits: Limits = _DEFAULT) -> SchemeBook:
    """Read a scheme workbook; raises `Refused` with every problem of the file by sheet and cell."""
    workbook = read_workbook(source, name, limits)
    reader = _Reader(workbook)
    reader.read()
    if reader.problems:
        raise Refused(reader.problems)
    try:
        scheme = Scheme.model_validate(reader.data)
    except ValidationError as error:
        raise Refused(reader.placed(problems_of(error, reader.data, reader.numbers, workbook.name))) from None
    cells = {label(reader.data, route): reader.places[number] for route, number in reader.numbers.items()}
    return SchemeBook(scheme, workbook.name, cells, workbook.problems)


class _Reader:
    """Builds the data of a scheme file out of a workbook, and remembers the cell of every route."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.data: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.places: list[Place] = [Place(workbook.name)]
        self.numbers: dict[Route, int] = {}

    def read(self) -> None:
        """Read all sheets; what is wrong goes into `problems`."""
        known = {tab_name(tab.name, language): tab for tab in (BASICS, *TABS) for language in Language}
        seen: set[str] = set()
        for sheet in self.workbook.sheets:
            tab = known.get(sheet.name.strip())
            if tab is None:
                continue
            seen.add(tab.name)
            if tab is BASICS:
                self._basics(sheet)
            else:
                self._tab(tab, sheet)
        for tab in (BASICS, *TABS):
            if tab.required and tab.name not in seen:
                params = {"sheet": tab_name(tab.name, Language.CHINESE)}
                self.problems.append(Problem("sheets.scheme_sheet_missing", params, Place(self.workbook.name)))

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Turn the numbers that stand for cells into places."""
        return [
            replace(p, place=replace(self.places[p.place.line], field=p.place.field), terms=terms_at(p.place.field))
            for p in problems
        ]

    def _note(self, route: Route, place: Place) -> None:
        self.places.append(place)
        self.numbers[route] = len(self.places) - 1

    def _cell(
        self, tab: Tab, field: Field, base: Route, sheet: Sheet, spot: tuple[int, int], into: dict[str, Any], title: str
    ) -> None:
        """Read one cell, which stands under or behind a title, into the part it belongs to."""
        place = sheet.place(*spot)
        route = (*field.route, "kind") if field.form is Form.KIND else field.route
        self._note((*base, *route), replace(place, column=title))
        raw = sheet.value(*spot)
        if trouble := _trouble(sheet, spot, place):
            self.problems.append(trouble)
        elif not (raw == "" or (isinstance(raw, str) and not raw.strip())):
            found = read(field, raw, tab.values(field) if field.words else (), place)
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                _put(into, field, found)

    def _basics(self, sheet: Sheet) -> None:
        fields = {_key(heading(field.heading, language)): field for field in BASICS.fields for language in Language}
        for row in range(sheet.first_row, sheet.end_row):
            name = sheet.value(row, 0)
            field = fields.get(_key(str(name)))
            if field is not None:
                self._cell(BASICS, field, (), sheet, (row, 1), self.data, _title(name))
            elif str(name).strip() and str(sheet.value(row, 1)).strip():
                params = {"given": str(name), "near": _near(str(name), fields)}
                self.problems.append(Problem("sheets.scheme_heading", params, sheet.place(row, 0)))

    def _tab(self, tab: Tab, sheet: Sheet) -> None:
        found = _header(tab, sheet)
        if found is None:
            params = {"heading": heading(tab.fields[0].heading, Language.CHINESE), "rows": _HEADER_ROWS}
            self.problems.append(Problem("sheets.scheme_header_missing", params, Place(sheet.file, sheet.name)))
            return
        row, columns = found
        self._unknown_headings(tab, sheet, row, columns)
        parts: list[dict[str, Any]] = []
        for at in range(row + 1, sheet.end_row):
            if all(str(sheet.value(at, column)).strip() == "" for column in columns):
                continue
            part: dict[str, Any] = {}
            base: Route = (*tab.route, len(parts))
            self._note(base, sheet.place(at, min(columns)))
            for column, field in columns.items():
                self._cell(tab, field, base, sheet, (at, column), part, _title(sheet.value(row, column)))
            for column, field in columns.items():
                if field.form is Form.KIND:
                    self._kind_missing(tab, field, part, sheet.place(at, column))
            parts.append(part)
        owner = self.data
        for key in tab.route[:-1]:
            owner = owner.setdefault(key, {})
        if parts or tab.required:
            owner[tab.route[-1]] = parts

    def _kind_missing(self, tab: Tab, field: Field, part: dict[str, Any], place: Place) -> None:
        """Find options whose kind was left empty (one that was not understood has been told)."""
        there, table = at_route(part, field.route)
        told = any(problem.place == place for problem in self.problems)
        if there and table and "kind" not in table and not told:
            words = "、".join(word(field.words, value, Language.CHINESE) for value in tab.values(field))
            self.problems.append(Problem("sheets.scheme_kind_missing", {"known": words}, place))

    def _unknown_headings(self, tab: Tab, sheet: Sheet, row: int, columns: Mapping[int, Field]) -> None:
        fields = {_key(heading(field.heading, Language.CHINESE)): field for field in tab.fields}
        taken: dict[tuple[str, ...], int] = {}
        for column in range(sheet.first_column, sheet.end_column):
            given = str(sheet.value(row, column)).strip()
            field = columns.get(column)
            place = sheet.place(row, column)
            if field is None and given:
                params = {"given": given, "near": _near(given, fields)}
                self.problems.append(Problem("sheets.scheme_heading", params, place))
            elif field is not None:
                key = (*field.route, field.form.name)
                if key in taken:
                    params = {"given": given, "other": a1(row, taken[key])}
                    self.problems.append(Problem("sheets.scheme_heading_twice", params, place))
                taken[key] = column


def _put(into: dict[str, Any], field: Field, found: object) -> None:
    """Put what a cell says where the scheme file has it; a kind and its options become one table."""
    route = field.route
    if field.form in (Form.KIND, Form.OPTIONS):
        for key in route:
            into = into.setdefault(key, {})
        into.update({"kind": found} if field.form is Form.KIND else found if isinstance(found, dict) else {})
        return
    for key in route[:-1]:
        into = into.setdefault(key, {})
    into[route[-1]] = found


def _trouble(sheet: Sheet, spot: tuple[int, int], place: Place) -> Problem | None:
    error = sheet.facts.errors.get(spot)
    if error:
        return Problem("sheets.scheme_error_value", {"given": error}, place)
    if spot in sheet.facts.uncalculated:
        return Problem("sheets.scheme_uncalculated", {}, place)
    return None


def _title(given: Value) -> str:
    """Give a heading without the note below it."""
    return str(given).partition("\n")[0].strip()


def _key(given: str) -> str:
    return "".join(given.partition("\n")[0].split()).casefold()


def _near(given: str, known: Iterable[str]) -> str:
    return "、".join(get_close_matches(_key(given), list(known), n=3, cutoff=0.4)) or "—"


def _header(tab: Tab, sheet: Sheet) -> tuple[int, dict[int, Field]] | None:
    """Find the row of headings: the one among the first that knows most of them, its first column included."""
    best: tuple[int, dict[int, Field]] | None = None
    for row in range(sheet.first_row, min(sheet.first_row + _HEADER_ROWS, sheet.end_row)):
        columns = dict(_columns(tab, sheet, row))
        if tab.fields[0] in columns.values() and (best is None or len(columns) > len(best[1])):
            best = row, columns
    return best


def _columns(tab: Tab, sheet: Sheet, row: int) -> Iterator[tuple[int, Field]]:
    fields = {
        _key(heading(field.heading, language)): field
        for field in tab.fields
        for language in Language
        if field.form is not Form.BY_GROUP
    }
    for column in range(sheet.first_column, sheet.end_column):
        value: Value = sheet.value(row, column)
        key = _key(str(value))
        if key in fields:
            yield column, fields[key]
        elif any(field.form is Form.BY_GROUP for field in tab.fields) and (group := _group(str(value))):
            yield column, Field(("points", group), Form.NUMBER)


def _group(given: str) -> str:
    """Read the group out of a heading of points; empty if it is none."""
    first = given.partition("\n")[0].strip()
    for language in Language:
        if first == points_heading(EVERY_GROUP, "", language):
            return EVERY_GROUP
        start = f"{heading('points', language)}·"
        if first.startswith(start):
            return first.removeprefix(start)
    return ""
