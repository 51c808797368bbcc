"""Workbooks of earlier years read: figures as in every reporting workbook, results as a table a unit and period a row.

The table of results has the headings 单位、期间、得分 and, where there are such, 满分、组、名次、等次.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from baton.engine.panel import Observation
from baton.engine.scheme.model import Scheme
from baton.sheets.cells import Wanted, read_number
from baton.sheets.cells.period import read_period
from baton.sheets.cells.text import close
from baton.sheets.reports import read_reports
from baton.sheets.units import UnitNames
from baton.sheets.workbook import Sheet, read_workbook
from baton.words import Place, Problem, Refused

HEADINGS = {
    "单位": "unit",
    "期间": "period",
    "得分": "score",
    "满分": "full",
    "组": "group",
    "名次": "rank",
    "等次": "grade",
}
_NEEDED = ("unit", "period", "score")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A result of an earlier month or year: unit by code, period `2025` or `2025-06`, score out of `full`."""

    unit: str
    period: str
    score: Decimal | None
    full: Decimal = Decimal(100)
    group: str = ""
    rank: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True)
class ResultsRead:
    """The rows of a workbook, and everything that is wrong with it, by cell."""

    results: tuple[Earlier, ...]
    problems: tuple[Problem, ...]
    digest: str = ""


def read_earlier_figures(
    scheme: Scheme, files: Sequence[tuple[str, bytes]]
) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    """Read figures of earlier months and years by a scheme's names; of files with errors nothing is taken."""
    found = read_reports(files, scheme, periods=())
    return found.observations, found.problems


def read_earlier_results(scheme: Scheme, name: str, content: bytes) -> ResultsRead:
    """Read a table of results, every problem at once."""
    try:
        book = read_workbook(content, name)
    except Refused as refused:
        return ResultsRead((), refused.problems)
    names = UnitNames(scheme.units)
    for sheet in book.visible:
        for row in range(sheet.first_row, sheet.end_row):
            table = _Table(sheet, row, names)
            if all(one in table.columns for one in _NEEDED):
                results = tuple(table.rows())
                return ResultsRead(results, tuple(table.problems), book.digest)
    return ResultsRead((), (Problem("assessment.no_results_table", {"file": name}, Place(name)),), book.digest)


@dataclass
class _Table:
    """A table below its row of headings."""

    sheet: Sheet
    head: int
    names: UnitNames
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        found = {
            HEADINGS[close(text)]: column
            for column in range(self.sheet.first_column, self.sheet.end_column)
            if isinstance(text := self.sheet.value(self.head, column), str) and close(text) in HEADINGS
        }
        self.columns = found

    def rows(self) -> Iterator[Earlier]:
        """Give the rows that can be read; of the others the problems are kept."""
        for row in range(self.head + 1, self.sheet.end_row):
            if not str(self._value(row, "unit")).strip():
                continue
            told = len(self.problems)
            unit, period = self._unit(row), self._period(row)
            score, full, rank = (self._number(row, name) for name in ("score", "full", "rank"))
            if len(self.problems) == told and unit and period:
                texts = str(self._value(row, "group")).strip(), str(self._value(row, "grade")).strip()
                yield Earlier(unit, period, score, full or Decimal(100), texts[0], rank, texts[1])

    def _value(self, row: int, name: str) -> object:
        return self.sheet.value(row, self.columns[name]) if name in self.columns else ""

    def _place(self, row: int, name: str) -> Place:
        return self.sheet.place(row, self.columns[name])

    def _unit(self, row: int) -> str:
        found = self.names.find(str(self._value(row, "unit")), None, self._place(row, "unit"))
        if isinstance(found, Problem):
            self.problems.append(found)
            return ""
        return found.code

    def _period(self, row: int) -> str:
        raw, place = self.sheet.value(row, self.columns["period"]), self._place(row, "period")
        found = read_period(raw, place=place)
        if found is None or isinstance(found, Problem):
            self.problems.append(found or Problem("assessment.period_lacking", {}, place))
            return ""
        return found

    def _number(self, row: int, name: str) -> Decimal | None:
        if name not in self.columns:
            return None
        found = read_number(self.sheet.value(row, self.columns[name]), Wanted(), "", self._place(row, name))
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return found.value
