"""A table of tasks without a figure read: 单位、任务、任务代码、完成期限 and, where there is such, 牵头部门."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from baton.sheets.cells import read_moment
from baton.sheets.table import Column, Holds, Table, find_table_in
from baton.sheets.workbook import read_workbook
from baton.words import Place, Problem, Refused, Severity

UNIT, TITLE, CODE, DUE, DEPARTMENT = "unit", "title", "code", "due", "department"
COLUMNS = (
    Column(UNIT, ("单位", "单位名称", "责任单位"), Holds.UNIT),
    Column(TITLE, ("任务", "任务名称", "工作任务", "项目名称"), Holds.TEXT),
    Column(CODE, ("任务代码", "任务编号", "项目编号", "编号"), Holds.TEXT),
    Column(DUE, ("完成期限", "完成时限", "办结时限", "截止日期"), Holds.TEXT),
    Column(DEPARTMENT, ("牵头部门", "牵头单位", "督办部门"), Holds.TEXT, required=False),
)
"""The columns of the table, by the headings that offices give them; the first stands in our own form."""
MOST = {TITLE: 200, CODE: 64}
"""Characters that there is room for."""


@dataclass(frozen=True, slots=True)
class Given:
    """A task as a row has it: codes of its unit and of the department ("" for none), and the cell of its name."""

    unit: str
    code: str
    title: str
    due: date
    department: str
    place: Place


@dataclass(frozen=True)
class TasksRead:
    """The rows that can be read, and everything that is wrong with the workbook, by cell."""

    tasks: tuple[Given, ...]
    problems: tuple[Problem, ...]


def read_tasks(name: str, content: bytes, unit: Callable[[str, Place], str | Problem], today: date) -> TasksRead:
    """Read a table of tasks, every problem at once. `unit` gives the code of a unit by any of its names."""
    try:
        book = read_workbook(content, name)
        table = find_table_in(book, COLUMNS)
    except Refused as refused:
        return TasksRead((), refused.problems)
    reading = _Reading(table, unit, today, [*book.problems, *table.problems])
    if any(one.severity is Severity.ERROR for one in table.problems):
        return TasksRead((), tuple(reading.problems))
    tasks = tuple(found for row in table.rows if (found := reading.task(row)) is not None)
    return TasksRead(tasks, tuple(reading.problems))


@dataclass
class _Reading:
    """A table that is being read; problems gather."""

    table: Table
    unit: Callable[[str, Place], str | Problem]
    today: date
    problems: list[Problem]
    first: dict[tuple[str, str], Place] = field(default_factory=dict)

    def task(self, row: int) -> Given | None:
        """Give a row's task; None where it is blank or something is wrong with it."""
        if not any(self._text(row, key) for key in (UNIT, TITLE, CODE)):
            return None
        told = len(self.problems)
        unit, department = self._unit(row, UNIT), self._unit(row, DEPARTMENT)
        title, code, due = self._words(row, TITLE), self._words(row, CODE), self._day(row)
        if unit and code:
            place = self.table.place(row, CODE)
            first = self.first.setdefault((unit, code), place)
            if first is not place:
                self.problems.append(Problem("assessment.task_twice", {"given": code, "first": first.cell}, place))
        if len(self.problems) > told or due is None:
            return None
        return Given(unit, code, title, due, department, self.table.place(row, TITLE))

    def _text(self, row: int, key: str) -> str:
        value = self.table.value(row, key) if key in self.table.columns else ""
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()

    def _unit(self, row: int, key: str) -> str:
        given = self._text(row, key)
        if not given and key == DEPARTMENT:
            return ""
        found = self.unit(given, self.table.place(row, key))
        if isinstance(found, Problem):
            self.problems.append(found)
            return ""
        return found

    def _words(self, row: int, key: str) -> str:
        given, place = self._text(row, key), self.table.place(row, key)
        if not given:
            self.problems.append(Problem("assessment.task_field_missing", {}, place))
        elif len(given) > MOST[key]:
            self.problems.append(Problem("assessment.task_text_long", {"length": len(given), "most": MOST[key]}, place))
        return given

    def _day(self, row: int) -> date | None:
        place, found = self.table.place(row, DUE), read_moment(self.table.value(row, DUE))
        if found is None:
            self.problems.append(Problem("assessment.task_field_missing", {}, place))
        elif found is False:
            self.problems.append(Problem("sheets.not_a_day", {"given": self._text(row, DUE)}, place))
        elif (day := date.fromisoformat(found[:10])) < self.today:
            self.problems.append(Problem("assessment.task_day_past", {"given": day.isoformat()}, place))
        else:
            return day
        return None
