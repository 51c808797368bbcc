"""The plan of visits come back: the sheet that `baton targets` wrote, with what was found on the spot."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from baton.engine.integrity.visits import ReportedTotal, Stop, VisitForm
from baton.engine.scheme.model import Scheme
from baton.engine.terms import plain
from baton.sheets.cells import Wanted, read_number
from baton.sheets.cells.text import close
from baton.sheets.forms import fields_of
from baton.sheets.table import Column, Holds, Table, find_table_in
from baton.sheets.workbook import Sheet, Value, read_workbook
from baton.words import Language, Problem, Refused, Severity, text

UNIT, GROUP, INDICATOR = "=unit", "=group", "=indicator"
"""Headings of the hidden columns of codes; what people read beside them are names."""
CHANCE, REPORTED, FOUND, NOTE = "chance", "reported", "found", "note"
UNITS, SILENT, TOTAL = "units", "silent", "total"
FACTS = {
    "scheme": "integrity.fact_scheme",
    "year": "integrity.fact_year",
    "seed": "integrity.head_seed",
    "digest": "integrity.fact_digest",
}
"""What stands above the table, with the codes of its labels."""
_ACTUAL = "actual"


def _column(key: str, code: str, holds: Holds) -> Column:
    return Column(key, tuple(text(code, language) for language in Language), holds)


STOPS = (
    Column(UNIT, (), Holds.UNIT),
    Column(GROUP, (), Holds.TEXT),
    Column(INDICATOR, (), Holds.TEXT),
    _column(CHANCE, "integrity.head_inclusion", Holds.TEXT),
    _column(REPORTED, "integrity.head_reported", Holds.TEXT),
    _column(FOUND, "integrity.head_found", Holds.TEXT),
    _column(NOTE, "integrity.head_note", Holds.TEXT),
)
TOTALS = (
    Column(INDICATOR, (), Holds.TEXT),
    _column(UNITS, "integrity.head_carriers", Holds.TEXT),
    _column(SILENT, "integrity.head_silent", Holds.TEXT),
    _column(TOTAL, "integrity.head_reported_total", Holds.TEXT),
)


@dataclass(frozen=True)
class VisitsMade:
    """The form and what was filled in, by unit and indicator; a visit without a figure is not in `found`."""

    form: VisitForm
    found: Mapping[tuple[str, str], Decimal]
    notes: Mapping[tuple[str, str], str]


def read_visits(source: Path, at: Callable[[int], Scheme]) -> VisitsMade:
    """Read the form; `at` gives the scheme of a year, by whose units of measure figures are read.

    Raises `Refused` with every cell that cannot be read, and for a form that is not the one that went out: of another
    scheme, or with cells changed that belong to the plan.
    """
    workbook = read_workbook(source, source.name)
    stops, totals = find_table_in(workbook, STOPS), find_table_in(workbook, TOTALS)
    unfit = [one for table in (stops, totals) for one in table.problems if one.severity is Severity.ERROR]
    if unfit:
        raise Refused(unfit)
    facts = _facts(stops.sheet, stops.header[0])
    scheme = at(int(facts["year"]))
    place = stops.sheet.place(0, 0)
    if scheme.code != facts["scheme"]:
        params = {"given": facts["scheme"], "scheme": scheme.code}
        raise Refused([Problem("integrity.plan_of_other_scheme", params, place)])
    reading = _Reading(stops, totals, {key: one.unit for key, one in fields_of(scheme).items()})
    rows = tuple(reading.stops())
    form = VisitForm(scheme.code, int(facts["year"]), int(facts["seed"]), rows, tuple(reading.totals()))
    if reading.problems:
        raise Refused(reading.problems)
    if form.digest != facts["digest"]:
        params = {"given": form.digest[:12], "stated": str(facts["digest"])[:12]}
        raise Refused([Problem("integrity.plan_changed", params, place)])
    return VisitsMade(form, reading.found, reading.notes)


def _facts(sheet: Sheet, header: int) -> Mapping[str, str]:
    """Read what stands above the table; raises `Refused` where some of it is not there."""
    labels = {close(text(code, language)): name for name, code in FACTS.items() for language in Language}
    found: dict[str, str] = {}
    for row in range(header):
        name = labels.get(close(str(sheet.value(row, 0))))
        value = sheet.value(row, 1)
        given = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        if name and given and (name not in ("year", "seed") or given.isdecimal()):
            found[name] = given
    missing = [text(code) for name, code in FACTS.items() if name not in found]
    if missing:
        params = {"missing": "、".join(missing)}
        raise Refused([Problem("integrity.no_plan", params, sheet.place(0, 0))])
    return found


def _value(table: Table, row: int, key: str) -> Value:
    """Give what stands in a cell itself; the lines below the table are merged over all columns."""
    return table.sheet.value(row, table.columns[key].index)


@dataclass
class _Reading:
    table: Table
    other: Table
    measures: Mapping[tuple[str, str], str]
    found: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def stops(self) -> Iterator[Stop]:
        """Go through the rows; what stands below the table has no code of a unit."""
        for row in self.table.rows:
            unit, indicator = self._text(self.table, row, UNIT), self._text(self.table, row, INDICATOR)
            if unit and indicator:
                yield self._stop(row, unit, indicator)
            elif _value(self.table, row, FOUND) != "":
                self.problems.append(Problem("integrity.visit_not_of_plan", {}, self.table.place(row, FOUND)))

    def _stop(self, row: int, unit: str, indicator: str) -> Stop:
        chance = self._number(self.table, row, CHANCE)
        if chance is None:
            self._refuse("integrity.chance_missing", row, CHANCE, unit=unit)
        elif not 0 < chance <= 1:
            self._refuse("integrity.chance_impossible", row, CHANCE, unit=unit, given=plain(chance))
        found = self._number(self.table, row, FOUND, self.measures.get((indicator, _ACTUAL), ""))
        if found is not None:
            self.found[unit, indicator] = found
        note = self._text(self.table, row, NOTE)
        if note:
            self.notes[unit, indicator] = note
        stratum, reported = self._text(self.table, row, GROUP), self._number(self.table, row, REPORTED)
        return Stop(unit, stratum, indicator, chance or Decimal(1), reported)

    def totals(self) -> Iterator[ReportedTotal]:
        """Go through the totals that were reported."""
        for row in self.other.rows:
            indicator = self._text(self.other, row, INDICATOR)
            units, silent, total = (self._number(self.other, row, key) for key in (UNITS, SILENT, TOTAL))
            if indicator:
                yield ReportedTotal(indicator, int(units or 0), int(silent or 0), total or Decimal(0))

    def _refuse(self, code: str, row: int, key: str, **params: object) -> None:
        self.problems.append(Problem(code, params, self.table.place(row, key)))

    @staticmethod
    def _text(table: Table, row: int, key: str) -> str:
        value = _value(table, row, key)
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()

    def _number(self, table: Table, row: int, key: str, measure: str = "") -> Decimal | None:
        """Read a number, None for a cell without one; text where a number belongs is a problem."""
        column, facts = table.columns[key].index, table.sheet.facts
        place = table.place(row, key)
        if (row, column) in facts.errors:
            read: object = Problem("sheets.error_value", {"given": facts.errors[row, column]}, place)
        elif (row, column) in facts.uncalculated:
            read = Problem("sheets.formula_without_value", {}, place)
        else:
            shown = facts.formats.get((row, column), "")
            read = read_number(_value(table, row, key), Wanted(measure), shown, place)
        if isinstance(read, Problem):
            self.problems.append(read)
            return None
        return read.value  # type: ignore[attr-defined,no-any-return]
