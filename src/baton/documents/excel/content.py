"""A workbook as typed content: sheets of facts and tables, every word from the caller, no look.

A value of None is an empty cell. Decimals are written so that Excel holds and shows exactly them; one of more than
15 significant digits, which Excel cannot hold, is written as text.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from baton.words import Language


class Kind(StrEnum):
    """What a column holds; a percent is a share (0.4 is shown as 40 %), a light a `Light`."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    LIGHT = "light"


class Level(StrEnum):
    """How urgent a light is; each has a shape, so that grey print and every eye can tell them apart."""

    NORMAL = "●"
    NEAR = "▲"
    OVER = "■"
    NONE = "○"


@dataclass(frozen=True, slots=True)
class Light:
    """A traffic light with its word: ● 正常, ▲ 临期, ■ 超期."""

    level: Level
    word: str

    def __str__(self) -> str:
        return f"{self.level} {self.word}"


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of a sheet of this workbook, the sheet named by its `Sheet.key`."""

    text: str
    sheet: str
    cell: str = "A1"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula (`=SUM(C5:C9)`) with its value, for readers that do not calculate; `places` as of a column."""

    expression: str
    value: Decimal | int | str
    places: int | None = None


type Plain = str | bool | int | Decimal | datetime.date | Light | Link | Formula | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A value with a note (comment) on its cell."""

    value: Plain
    note: str


type Value = Plain | Noted


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `places` decimals shown (None: as many as each value has), `width` in half-width characters.

    A width of 0 is fitted to the texts. `choices` become a drop-down; `unlocked` cells can be filled in on a protected
    sheet, and number columns among them take only numbers from `minimum` to `maximum`. `refusal` is what Excel says to
    a wrong entry. `grouped` False leaves thousands together (years); `centred` is for marks and grades.
    """

    title: str
    kind: Kind = Kind.TEXT
    places: int | None = None
    width: float = 0.0
    note: str = ""
    choices: tuple[str, ...] = ()
    unlocked: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    refusal: str = ""
    grouped: bool = True
    centred: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A title over several columns, in a row of its own above the column titles; an empty title leaves a gap."""

    title: str
    columns: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `name` becomes the name of the range of its data, `blank_rows` are left to be filled in below."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    caption: str = ""
    groups: tuple[Group, ...] = ()
    name: str = ""
    blank_rows: int = 0
    emphasised: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with a value beside it, above the tables; `name` becomes the name of the value's cell."""

    label: str
    value: Value
    name: str = ""
    column: Column = Column("")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet from top to bottom: title, facts, tables, notes.

    Column titles stay in view, and rows can be filtered, where there is one table. `key` is what links name (default:
    the name); the name itself is cut and made unique as Excel wants it.
    """

    name: str
    title: str = ""
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    key: str = ""
    protected: bool = False
    landscape: bool = True
    frozen_columns: int = 0
    hidden: bool = False
    paper: Literal["A4", "A3"] = "A4"


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook; `created` is the only time in the file and comes from the content (a result's date, not a clock)."""

    sheets: tuple[Sheet, ...]
    title: str = ""
    author: str = ""
    created: datetime.date = datetime.date(2000, 1, 1)
    language: Language = Language.CHINESE
