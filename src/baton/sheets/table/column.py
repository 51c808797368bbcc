"""What is looked for on a sheet: columns by their headers, and a small mapping file that adapts one office's tables."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import ConfigDict, Field, field_validator

from baton.engine.terms import Record
from baton.sheets.cells import Percent
from baton.sheets.mapping_file import read_mapping_file


class Holds(StrEnum):
    """What a column holds: figures, names of units, reporting periods, or any text."""

    NUMBER = "number"
    UNIT = "unit"
    PERIOD = "period"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is looked for: `key` names it in the result, `headers` are the labels it may have.

    A label of a header with several rows is written as a path, 固投/累计. `unit` is the unit of measure that figures
    are wanted in. The key itself always counts as a label.
    """

    key: str
    headers: tuple[str, ...] = ()
    holds: Holds = Holds.NUMBER
    unit: str = ""
    required: bool = True


class HiddenRows(StrEnum):
    """What happens to hidden rows of a table: they are read, or left out; a warning names them either way."""

    READ = "read"
    SKIP = "skip"


class ColumnMapping(Record):
    """How one column of one office's tables differs from what is expected."""

    headers: tuple[str, ...] = ()
    at: str = Field("", pattern=r"^[A-Za-z]{0,3}$")
    unit: str = ""
    percent: Percent = Percent.AS_SHOWN


class SheetMapping(Record):
    """One office's way of writing a table.

    `sheet`: the name of the sheet (empty: the one visible sheet on which the table is found); `header_row`: a row
    number as Excel counts, or a span such as 3-4; `columns`: by key; `ignore`: headers that need no mention; `year`:
    the year of periods that name none.
    """

    model_config = ConfigDict(coerce_numbers_to_str=True)

    sheet: str = ""
    header_row: str = Field("", pattern=r"^(\d+(-\d+)?)?$")
    columns: dict[str, ColumnMapping] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    hidden_rows: HiddenRows = HiddenRows.READ
    year: int | None = None

    @field_validator("columns", mode="before")
    @classmethod
    def _short_forms(cls, value: object) -> object:
        """Take `M01: 固投` and `M01: [固投, 固定资产投资]` for headers."""
        if not isinstance(value, dict):
            return value
        lists = {key: [given] if isinstance(given, str) else given for key, given in value.items()}
        return {key: {"headers": given} if isinstance(given, list) else given for key, given in lists.items()}


NO_MAPPING = SheetMapping()
"""The mapping that changes nothing."""


def read_mapping(text: str, name: str) -> SheetMapping:
    """Read a mapping file (YAML); raises Refused with every problem by line."""
    return read_mapping_file(text, name, SheetMapping)[0]
