"""Records of entry: when each figure was typed in, until when it was due, and which evidence stands behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Frequency
from baton.sheets.cells import Grain, read_moment, read_period
from baton.sheets.cells.absent import absent
from baton.sheets.cells.text import close
from baton.sheets.reports.context import Context
from baton.sheets.reports.when import EXAMPLES
from baton.sheets.table import Column, Holds, Table, find_table_in
from baton.sheets.workbook import read_workbook
from baton.words import Place, Problem, Refused, Severity

UNIT, INDICATOR, PERIOD, ENTERED, DUE, EVIDENCE = "unit", "indicator", "period", "entered", "due", "evidence"
COLUMNS = (
    Column(UNIT, ("单位", "单位名称"), Holds.UNIT),
    Column(INDICATOR, ("指标", "指标名称"), Holds.TEXT),
    Column(PERIOD, ("期间", "所属期"), Holds.PERIOD),
    Column(ENTERED, ("填报时间", "录入时间"), Holds.TEXT, required=False),
    Column(DUE, ("截止时间", "应报时间"), Holds.TEXT, required=False),
    Column(EVIDENCE, ("佐证材料", "佐证"), Holds.TEXT, required=False),
)
"""The columns of the table; at least one of the last three but the deadline must be there."""
_SEPARATOR = re.compile(r"[;；|\n]")


@dataclass(frozen=True, slots=True)
class Record:
    """What a row says of a figure.

    `series` is the indicator's series code; `entered` and `due` are ISO 8601 in local time, "" for unknown; `evidence`
    names files or gives their SHA-256. `place`: the cell of the evidence, or of the entry.
    """

    unit: str
    series: str
    period: str
    entered: str
    due: str
    evidence: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Records:
    """The whole table, and what a person should know about it (no errors: those refuse it)."""

    rows: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()


def read_records(source: Path, scheme: Scheme) -> Records:
    """Read a table of records; raises `Refused` with every problem by cell.

    Several rows may be about one figure: then it has several files behind it, and its first entry counts.
    """
    workbook = read_workbook(source, source.name)
    table = find_table_in(workbook, COLUMNS)
    refused = [one for one in table.problems if one.severity is Severity.ERROR]
    if not refused and not {ENTERED, EVIDENCE} & table.columns.keys():
        refused.append(Problem("sheets.records_say_nothing", {}, table.place(table.header[1], UNIT)))
    if refused:
        raise Refused(refused)
    reading = _Reading(table, Context(scheme))
    reading.unreadable()
    rows = tuple(reading.records())
    reading.contradictions(rows)
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    if errors:
        raise Refused(errors)
    return Records(rows, (*workbook.problems, *table.problems, *reading.problems))


@dataclass
class _Reading:
    table: Table
    context: Context
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._unit = cache(self.context.unit)
        self._period = cache(read_period)
        self._moment = cache(read_moment)
        scheme = self.context.scheme
        self._series = {close(one.series_code): one for one in scheme.indicators}
        self._labels = {close(f"{one.code}{one.name}"): one for one in scheme.indicators}

    def unreadable(self) -> None:
        """Report error values and formulas without a result, which look like empty cells."""
        facts, place = self.table.sheet.facts, self.table.sheet.place
        columns, rows = {one.index for one in self.table.columns.values()}, frozenset(self.table.rows)
        for row, column in sorted(facts.uncalculated):
            if row in rows and column in columns:
                self.problems.append(Problem("sheets.formula_without_value", {}, place(row, column)))
        for (row, column), error in sorted(facts.errors.items()):
            if row in rows and column in columns:
                self.problems.append(Problem("sheets.error_value", {"given": error}, place(row, column)))

    def records(self) -> Iterator[Record]:
        """Go through the rows; a row with a problem gives no record."""
        for row in self.table.rows:
            before = len(self.problems)
            indicator = self._indicator(row)
            period = self._read_period(row, indicator)
            unit = self._read_unit(row, period)
            entered, due = self._read_moment(row, ENTERED), self._read_moment(row, DUE)
            self._plausible(row, period, entered)
            refused = any(one.severity is Severity.ERROR for one in self.problems[before:])
            if indicator is not None and unit is not None and not refused:
                place = self.table.place(row, EVIDENCE if EVIDENCE in self.table.columns else ENTERED)
                yield Record(unit, indicator.series_code, period, entered, due, self._evidence(row), place)

    def contradictions(self, rows: tuple[Record, ...]) -> None:
        """Report figures with two deadlines."""
        known: dict[tuple[str, str, str], Record] = {}
        for one in rows:
            first = known.setdefault((one.unit, one.series, one.period), one)
            if one.due and first.due and one.due != first.due:
                params = {"given": one.due, "other": first.due, "first": first.place.cell}
                self.problems.append(Problem("sheets.records_two_deadlines", params, one.place))
            elif one.due and not first.due:
                known[one.unit, one.series, one.period] = one

    def _text(self, row: int, key: str) -> str:
        value = self.table.value(row, key) if key in self.table.columns else ""
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()

    def _read_unit(self, row: int, period: str) -> str | None:
        found, problems = self._unit(self._text(row, UNIT), period, Place())
        self.problems += [replace(one, place=self.table.place(row, UNIT)) for one in problems]
        return found

    def _indicator(self, row: int) -> Indicator | None:
        """Find an indicator by code, name, both, or the code of its series."""
        given = self._text(row, INDICATOR)
        named = self.context.indicators.get(close(given), [])
        if len({one.series_code for one in named}) == 1:
            return named[0]
        found = self._labels.get(close(given)) or self._series.get(close(given))
        if found is not None and not named:
            return found
        names = [one.name for one in self.context.scheme.indicators]
        labels = [f"{one.code} {one.name}" for one in self.context.scheme.indicators]
        near = [f"{one.code} {one.name}" for one in named] or get_close_matches(given, [*names, *labels], n=3)
        params = {"given": given or "—", "near": "、".join(near) or "—"}
        self.problems.append(Problem("sheets.records_unknown_indicator", params, self.table.place(row, INDICATOR)))
        return None

    def _read_period(self, row: int, indicator: Indicator | None) -> str:
        """Read the period; a figure of every month has a month."""
        monthly = indicator is not None and indicator.frequency is Frequency.MONTH
        value = self.table.value(row, PERIOD)
        shown = self.table.sheet.number_format(row, self.table.columns[PERIOD].index) if value else ""
        found = self._period(value, Grain.MONTH if monthly else None, None, shown)
        if isinstance(found, str):
            return found
        missing = Problem("sheets.records_no_period", {"example": EXAMPLES[Frequency.MONTH]})
        self.problems.append(replace(found or missing, place=self.table.place(row, PERIOD)))
        return ""

    def _read_moment(self, row: int, key: str) -> str:
        if key not in self.table.columns:
            return ""
        found = self._moment(self.table.value(row, key))
        if found is False:
            self.problems.append(
                Problem("sheets.not_a_moment", {"given": self._text(row, key)}, self.table.place(row, key))
            )
        return found or ""

    def _plausible(self, row: int, period: str, entered: str) -> None:
        """Warn where a figure was entered before its month began: most often a slip in the year."""
        if len(period) == len("2025-01") and period[5] != "Q" and entered and entered[:7] < period:
            params = {"given": entered, "period": period}
            place = self.table.place(row, ENTERED)
            self.problems.append(Problem("sheets.records_before_period", params, place, Severity.WARNING))

    def _evidence(self, row: int) -> tuple[str, ...]:
        parts = [part.strip() for part in _SEPARATOR.split(self._text(row, EVIDENCE))]
        return tuple(dict.fromkeys(part for part in parts if absent(part) is None))
