"""Our own forms, known by their hidden row of codes wherever the sheet was copied to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from baton.sheets.cells import Percent
from baton.sheets.forms import Field, Sort
from baton.sheets.forms.mark import (
    COUNT_PREFIX,
    COUNTS,
    FIELD_CODE,
    FIELD_ENTRY,
    SEARCHED_ROWS,
    UNIT_CODE,
    UNIT_NAME,
    Mark,
    Shape,
    parse_field_code,
    parse_mark,
)
from baton.sheets.reports.checks import check_row
from baton.sheets.reports.context import Context
from baton.sheets.reports.layouts.above import reporter_in, texts_above
from baton.sheets.reports.layouts.events import read_events
from baton.sheets.reports.model import Counted, FileTaken
from baton.sheets.reports.slots import Slot, SlotReader, twice
from baton.sheets.workbook import Sheet
from baton.words import Language, Place, Problem, text

_WANTED = {
    Shape.UNITS: (UNIT_CODE, UNIT_NAME),
    Shape.BALLOTS: (UNIT_CODE, UNIT_NAME),
    Shape.FIELDS: (FIELD_CODE, FIELD_ENTRY),
    Shape.EVENTS: ("unit", "item"),
}
_NOWHERE = Place()
_HEADER_ROWS = {Shape.UNITS: 2, Shape.FIELDS: 1, Shape.BALLOTS: 1, Shape.EVENTS: 1}


def find_mark(sheet: Sheet) -> tuple[Mark, int] | None:
    """Find the mark of one of our forms and its row; None for any other sheet."""
    for row in range(sheet.first_row, min(sheet.end_row, sheet.first_row + SEARCHED_ROWS)):
        mark = parse_mark(sheet.value(row, sheet.first_column))
        if mark is not None:
            return mark, row
    return None


def read_own(context: Context, sheet: Sheet, mark: Mark, row: int, taken: FileTaken) -> None:
    """Read a form into what its file gave; a form of another scheme, or without its codes, is a problem."""
    place = sheet.place(row, sheet.first_column)
    if mark.scheme != context.scheme.code:
        params = {"given": mark.scheme, "scheme": context.scheme.code}
        taken.problems.append(Problem("sheets.form_of_other_scheme", params, place))
        return
    codes = {
        value: column
        for column in range(sheet.first_column, sheet.end_column)
        if isinstance(value := sheet.value(row, column), str) and value and parse_mark(value) is None
    }
    taken.who = taken.who or reporter_in(texts_above(sheet, row)) or context.label(mark.unit)
    taken.headers[sheet.name] = row + _HEADER_ROWS[mark.shape]
    form = _Form(context, sheet, mark, codes, row + 1 + _HEADER_ROWS[mark.shape], taken)
    lacking = [code for code in _WANTED[mark.shape] if code not in codes]
    if lacking:
        taken.problems.append(Problem("sheets.form_damaged", {"lacking": "、".join(lacking)}, place))
    elif mark.shape is Shape.EVENTS:
        read_events(context, sheet, codes, range(form.start, sheet.end_row), taken)
    elif mark.shape is Shape.FIELDS:
        form.fields()
    else:
        form.units()


@dataclass(frozen=True, slots=True)
class _Form:
    """A form being read: `codes` gives the column of each code, `start` is the first row of entries."""

    context: Context
    sheet: Sheet
    mark: Mark
    codes: Mapping[str, int]
    start: int
    taken: FileTaken

    def units(self) -> None:
        """Read a form with units in rows."""
        columns = {column: field for code, column in self.codes.items() if (field := self._field(code))}
        rows = twice(self.context, self.taken, self._rows(columns), self.sheet, self.codes[UNIT_NAME])
        slots = [
            Slot(row, column, field, unit, period, percent=Percent.POINTS)
            for row, unit, period in rows
            for column, field in columns.items()
        ]
        reader = SlotReader(self.context, self.sheet, self.taken)
        figures = reader.read(slots)
        if self.mark.shape is Shape.BALLOTS:
            self._counted(rows, columns, reader, figures)

    def fields(self) -> None:
        """Read a form with the fields of one unit in rows."""
        code, entry = self.codes[FIELD_CODE], self.codes[FIELD_ENTRY]
        unit = self.mark.unit
        if unit not in self.context.units:
            place = self.sheet.place(self.start, code)
            self.taken.problems.append(Problem("sheets.unit_unknown", {"given": unit}, place))
            return
        if (contradiction := self._other_reporter(unit)) is not None:
            self.taken.problems.append(contradiction)
            return
        slots, seen = [], set()
        for row in range(self.start, self.sheet.end_row):
            field = self._field(self.sheet.value(row, code), row)
            if field is not None and field.key not in seen:
                seen.add(field.key)
                slots.append(Slot(row, entry, field, unit, self.mark.period, percent=Percent.POINTS))
            elif self.sheet.value(row, entry) != "":
                self.taken.problems.append(Problem("sheets.row_without_code", {}, self.sheet.place(row, entry)))
        self.taken.units.add(unit)
        SlotReader(self.context, self.sheet, self.taken).read(slots)

    def _other_reporter(self, unit: str) -> Problem | None:
        """Find the line that names another unit as reporting than the one whose form this is."""
        head = self.start - 1 - _HEADER_ROWS[Shape.FIELDS]
        for row in range(self.sheet.first_row, head):
            name = reporter_in(texts_above(self.sheet, row + 1, lines=1))
            found, _ = self.context.unit(name, self.mark.period, _NOWHERE) if name else (None, ())
            if found not in (None, unit):
                params = {"given": name, "code": unit, "name": self.context.label(unit)}
                return Problem("sheets.form_of_other_unit", params, self.sheet.place(row, self.sheet.first_column))
        return None

    def _field(self, code: object, row: int | None = None) -> Field | None:
        key = parse_field_code(code)
        if key is None:
            return None
        field = self.context.fields.get(key)
        if field is None:
            place = self.sheet.place(self.start - 1 if row is None else row, self.sheet.first_column)
            self.taken.problems.append(Problem("sheets.form_unknown_figure", {"given": ".".join(key)}, place))
        return field

    def _rows(self, columns: Mapping[int, Field]) -> Iterator[tuple[int, str, str]]:
        """Go through the rows with a unit: by the name all see, which the hidden code must not contradict."""
        for row in range(self.start, self.sheet.end_row):
            code = str(self.sheet.value(row, self.codes[UNIT_CODE])).strip()
            name = str(self.sheet.value(row, self.codes[UNIT_NAME])).strip()
            place = self.sheet.place(row, self.codes[UNIT_NAME])
            if not name:
                if any(self.sheet.value(row, column) != "" for column in columns):
                    self.taken.problems.append(self._nameless(code, place))
                continue
            found, problems = self.context.unit(name, self.mark.period, place)
            self.taken.problems += problems
            if found is None:
                continue
            if code in ("", found):
                yield row, found, self.mark.period
            else:
                params = {"given": name, "code": code, "name": self.context.label(code)}
                which = "sheets.unit_code_differs" if code in self.context.units else "sheets.unit_code_unknown"
                self.taken.problems.append(Problem(which, params, place))

    def _nameless(self, code: str, place: Place) -> Problem:
        """Say that a row with figures names no unit, and whom its code means."""
        if not code:
            return Problem("sheets.unit_blank", {}, place)
        return Problem("sheets.unit_name_gone", {"code": code, "name": self.context.label(code)}, place)

    def _counted(
        self,
        rows: list[tuple[int, str, str]],
        columns: Mapping[int, Field],
        reader: SlotReader,
        figures: Mapping[tuple[int, int], Decimal],
    ) -> None:
        """Read and check the counts of each row: issued >= returned = valid + spoilt + abstained, valid = all votes.

        A sheet of means has no votes to add up.
        """
        names = {count: text(f"sheets.count_{count}", Language.CHINESE) for count in COUNTS}
        counts = {count: column for count in COUNTS if (column := self.codes.get(COUNT_PREFIX + count)) is not None}
        options = {
            column: field.name
            for column, field in columns.items()
            if field.sort is Sort.VOTES and field.figure != "due"
        }
        checks = {
            "issued": f"{names['issued']} >= {names['returned']}",
            "returned": f"{names['returned']} = {names['valid']} + {names['spoilt']} + {names['abstained']}",
        }
        if options:
            checks["valid"] = f"{names['valid']} = {' + '.join(options.values())}"
        for row, unit, period in rows:
            read = {count: reader.count(row, column) for count, column in counts.items()}
            places = {count: self.sheet.place(row, column) for count, column in counts.items()}
            self.taken.counted.append(Counted(unit, self.mark.series, period, read, places))
            values = {name: figures.get((row, column)) for column, name in options.items()}
            values |= {names[count]: read.get(count) for count in COUNTS}
            for count, check in checks.items():
                failed = check_row(check, values, places[count]) if count in places else None
                self.taken.problems += [failed] if failed else []
