"""The blocks of a document's body: what stands there, without a word about how it looks."""

from dataclasses import dataclass
from enum import StrEnum

from baton.documents.charts import Figure


class Align(StrEnum):
    """How the texts of a column stand: names left, marks centred, numbers right."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; numbered by the writer (一、 （一） 1. （1）) unless `numbered` is False."""

    text: str
    level: int = 1
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, first line indented; `lead` is an opening phrase set in bold. A newline begins a new line."""

    text: str
    lead: str = ""
    align: Align = Align.LEFT
    indented: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its title, its width in mm (0: as wide as its texts need) and how its texts stand."""

    title: str = ""
    align: Align = Align.LEFT
    width_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of a header of several rows, spanning columns to the right and rows downwards."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of finished texts, a row as long as `columns`.

    `header` replaces the row of column titles by rows of `HeaderCell`; a cell covered from above is left out, as in
    HTML. A table too wide for the page is set on landscape pages. `emphasised` holds indices of rows set in bold.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    header: tuple[tuple[HeaderCell, ...], ...] = ()
    caption: str = ""
    notes: tuple[str, ...] = ()
    emphasised: frozenset[int] = frozenset()
    points: float = 12.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of typed data; without `alternative` the text alternative is made from the data."""

    figure: Figure
    caption: str = ""
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished PNG with its text alternative and its width on paper."""

    png: bytes
    alternative: str
    caption: str = ""
    width_mm: float = 150.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


type Block = Heading | Paragraph | Table | Chart | Picture | PageBreak
