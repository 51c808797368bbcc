"""What a mapping file can say: which files hold which table, and what each of its headings is."""

from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from baton.engine.terms import Frequency, Number, Record
from baton.sheets.cells import Percent

EVENT_FIELDS = (
    *("unit", "item", "matter", "level", "quantity", "points", "share", "indicator", "on"),
    *("document", "notified", "confirmed", "note"),
)
LONG_FIELDS = ("unit", "series", "figure", "period", "value")
_One = Annotated[Literal[1], BeforeValidator(lambda given: 1 if given == "1" else given)]

Headings = Annotated[tuple[str, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]


class ColumnRule(Record):
    """What a heading stands for.

    `figure`: series and figure joined by a dot (`INV.actual`; in a table with indicators in rows the figure alone);
    `stated`: unit of measure where neither cell nor heading nor the line above names one; `words`: words that stand for
    numbers; `times`: what the number of a cell is multiplied by, and `decimals`: the place it is then rounded to (half
    up); `adds`: the totals row must equal the sum of the column; `role: check`: read for `checks` only; `field`: the
    part of an event, or of a row of a long table (`unit`, `series`, `figure`, `period`, `value`); there `codes` turns
    words into codes, and a column of values may have a `period` of its own.
    """

    figure: str = ""
    stated: str = ""
    percent: Percent = Percent.AS_SHOWN
    words: dict[str, Number] = Field(default_factory=dict)
    times: Number = Field(default=1, gt=0, validate_default=True)
    decimals: int | None = Field(default=None, ge=0, le=12)
    adds: bool = False
    role: Literal["figure", "check"] = "figure"
    field: str = ""
    codes: dict[str, str] = Field(default_factory=dict)
    period: str = Field("", pattern=r"^([12]\d{3}(-(0[1-9]|1[0-2])|-Q[1-4])?)?$")

    def key(self, heading: str) -> str:
        """Name the column: several headings may stand for one figure."""
        return self.figure or self.field or heading


class TableRule(Record):
    """Which files and sheets hold a table, how it is laid out, and its headings.

    `files`: patterns of file names without folder and ending; the first entry of the mapping that matches wins.
    `sheet`: pattern of sheet names. `period`: in the lines above the table or in a column; empty: in the column where
    there is one. `key`: headings of the column with the indicator, where indicators stand in rows, and `unit_from` what
    stands before the unit's name above such a table. `checks`: equations between headings, row by row.
    Where months stand in columns, `months` are their headings from January on, `key` is the heading of the column that
    says what a row holds, and `columns` has the words of that column instead of headings. In a long table `fixed` says
    the parts that have no column.
    """

    files: tuple[str, ...] = Field(min_length=1)
    sheet: str = "*"
    layout: Literal["units_in_rows", "indicators_in_rows", "months_in_columns", "long", "events"] = "units_in_rows"
    grain: Frequency = Frequency.MONTH
    period: Literal["", "above", "column"] = ""
    key: Headings = ("指标", "考核指标", "指标名称", "个性目标", "职能目标")
    unit_from: str = "填报单位"
    months: tuple[str, ...] = Field(default=(), max_length=12)
    fixed: dict[Literal["unit", "series", "figure", "period"], str] = Field(default_factory=dict)
    columns: dict[str, ColumnRule] = Field(min_length=1)
    ignore: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()

    def holds(self, stem: str) -> bool:
        """Tell whether a file, named without folder and ending, holds this table."""
        return any(fnmatchcase(stem, pattern) for pattern in self.files)


class ReportMapping(Record):
    """The whole file. `total_rows` are compared with the sum of the rows, `passed_rows` are passed over."""

    language: _One = 1
    year: int | None = None
    unit_headings: tuple[str, ...] = ("单位", "单位名称", "被考核单位", "考核对象", "乡镇", "乡镇名称", "部门")
    period_headings: tuple[str, ...] = ("期间", "月份", "所属期", "时间", "统计期")
    total_rows: tuple[str, ...] = ("合计", "总计", "全县合计")
    passed_rows: tuple[str, ...] = ("平均", "全县平均")
    ignore: tuple[str, ...] = ()
    version_mark: str = "更正"
    preliminary_marks: tuple[str, ...] = ("初步数",)
    tables: tuple[TableRule, ...] = ()

    def tables_of(self, stem: str) -> tuple[TableRule, ...]:
        """Give the entries for a file: those with the file patterns of the first one that matches."""
        first = next((table for table in self.tables if table.holds(stem)), None)
        return tuple(table for table in self.tables if first is not None and table.holds(stem))


NO_MAPPING = ReportMapping()
"""The mapping of those who have none: tables are recognised by the names of the scheme."""
