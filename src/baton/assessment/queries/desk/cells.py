"""What stands in a grid of figures: columns are figures, rows are units."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from baton.assessment.choices import Absent
from baton.assessment.models import DraftCell, Figure
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import Read, read_typed
from baton.assessment.rules.unusual import Why
from baton.engine.terms import plain
from baton.org.models import Unit
from baton.sheets.forms import Field
from baton.words import Place, Problem

_AT_ONCE = 450
"""Cells of a grid that are shown at once; more are shown an indicator at a time, or all together when asked for."""
NONE = "无"
"""How offices write that there is no figure; `baton.sheets.cells` reads it so."""


def name_of(cell: Cell) -> str:
    """Name a cell in forms, as the problems of actions name it."""
    return f"{cell.unit}:{cell.series}.{cell.figure}:{cell.period}"


def cell_named(name: str) -> Cell | None:
    """Give the cell that a name is of; None for any other text."""
    unit, _, rest = name.partition(":")
    key, _, period = rest.partition(":")
    series, dot, figure = key.rpartition(".")
    return Cell(unit, series, figure, period) if unit and dot and period else None


def words_of(field: Field, value: str) -> str:
    """Write a figure as its field is filled in: the word of a level or of yes and no, else the number itself."""
    return next((word for word, number in field.choices.items() if plain(number) == value and word != value), value)


def is_there(figure: Figure | None) -> bool:
    """Whether a figure, or that there is none, was entered."""
    return figure is not None and figure.absent != Absent.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Column:
    """A figure that a unit reports about others for one period.

    `closed`: why nobody may enter it today, None where it is open. `closes`: its last day. `adds_up`: it is a total
    since January, `first`: that begins with this period.
    """

    field: Field
    period: str
    last_period: str
    closed: Problem | None
    closes: str
    waits_for: str = ""
    adds_up: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """One figure of one unit: what stands there, what somebody typed, what it was last time.

    `before`: the figures of the periods before, oldest first, empty where there was none. `shown` is what the input
    begins with; `carried`: that it is last month's, because nothing was entered yet. `locked` says by which word of the
    catalogue it cannot be typed here, empty where it can.
    """

    cell: Cell
    column: Column
    unit: Unit
    figure: Figure | None
    before: tuple[str, ...]
    draft: DraftCell | None = None
    locked: str = ""
    whys: tuple[Why, ...] = ()

    @property
    def title(self) -> str:
        """What the figure is called."""
        return self.column.field.name

    @property
    def heading(self) -> str:
        """What it is called, with its unit of measure."""
        return self.column.field.heading

    @property
    def is_chosen(self) -> bool:
        """Whether it is one of a few words."""
        return bool(self.column.field.choices)

    @property
    def name(self) -> str:
        """The name in forms."""
        return name_of(self.cell)

    @property
    def last(self) -> str:
        """The figure of the period before, as people write it; of a total that begins again there is none."""
        value = self.before[-1] if self.before and not (self.column.adds_up and self.column.first) else ""
        return words_of(self.column.field, value) if value else ""

    @property
    def seen(self) -> int:
        """The number of the figure that stands there, as actions want it: 0 where none does."""
        return 0 if self.figure is None else self.figure.pk

    @property
    def own(self) -> bool:
        """Whether it is about the reporting unit itself, so that others verify it and it goes another way."""
        return self.locked == "reporting.locked_own"

    @property
    def wanted(self) -> bool:
        """Whether a grid without it is not complete."""
        return not self.own and not self.column.field.optional

    @property
    def there(self) -> bool:
        """Whether a figure, or that there is none, was entered."""
        return is_there(self.figure)

    @property
    def entered(self) -> str:
        """What was entered, as people write it; empty where nothing was."""
        if self.figure is None or self.figure.absent == Absent.WITHDRAWN:
            return ""
        return NONE if self.figure.absent else words_of(self.column.field, self.figure.value)

    @property
    def correctable(self) -> bool:
        """Whether the figure stands and its window is over, so that it is put right by a correction."""
        return self.there and bool(self.locked) and not self.own

    @property
    def corrected(self) -> str | None:
        """What stood there before a correction, as people write it; None where none was made."""
        before = self.figure.corrected_from if self.there and self.figure is not None else None
        return None if before is None else words_of(self.column.field, before.value) or NONE

    @property
    def marked(self) -> bool:
        """Whether anything is told beside the figure: early, put right, carried over, worth a second look."""
        early = self.figure is not None and self.figure.preliminary
        return bool(self.whys) or early or self.carried or self.corrected is not None

    @property
    def carried(self) -> bool:
        """Whether the input begins with last month's figure: of totals only, which often stay as they are."""
        return bool(not self.there and self.draft is None and self.column.adds_up and self.last and not self.locked)

    @property
    def shown(self) -> str:
        """What the input begins with."""
        if self.draft is not None:
            return self.draft.typed
        return self.last if self.carried else self.entered

    @property
    def place(self) -> Place:
        """Where its problems are said to be, as actions say it."""
        return Place(sheet=self.unit.name, field=self.name, column=self.column.field.name)

    @property
    def read(self) -> Read | Problem | None:
        """What is being typed, read; None where nothing is."""
        return None if self.draft is None else read_typed(self.draft.typed, self.column.field, self.place)

    @property
    def number(self) -> Decimal | None:
        """The number that is being typed, or else the one that is there."""
        if self.draft is not None:
            return found.value if isinstance(found := self.read, Read) else None
        return self.figure.number if self.there and self.figure is not None else None

    @property
    def differs(self) -> bool:
        """Whether what is being typed says something else than what is there."""
        found = self.read
        if found is None or isinstance(found, Problem):
            return found is not None
        if found.blank or not self.there or self.figure is None:
            return not (found.blank and not self.there)
        return (found.text, found.value is None) != (self.figure.value, bool(self.figure.absent))

    @property
    def overtaken(self) -> bool:
        """Whether somebody entered another figure while this one was being typed."""
        if self.draft is None or not self.differs:
            return False
        return (self.draft.seen_id or 0) != self.seen


@dataclass(frozen=True, slots=True)
class Row:
    """A unit and its cells by column; None where nothing is asked of it."""

    unit: Unit
    group: str
    first_of_group: bool
    cells: tuple[GridCell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """All figures of a month that one unit reports about others. `kinds`: names of its indicators by code."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def cells(self) -> Iterator[GridCell]:
        """Every cell that is asked for, row by row."""
        return (cell for row in self.rows for cell in row.cells if cell is not None)

    @property
    def asked(self) -> int:
        """How many figures are asked for."""
        return sum(1 for cell in self.cells if cell.wanted)

    @property
    def filled(self) -> int:
        """How many of them are there."""
        return sum(1 for cell in self.cells if cell.wanted and cell.there)

    @property
    def open(self) -> bool:
        """Whether anything can be entered today."""
        return any(not cell.locked for cell in self.cells)

    @property
    def correctable(self) -> bool:
        """Whether any figure of it is put right by a correction."""
        return any(cell.correctable for cell in self.cells)

    @property
    def begins_with(self) -> str:
        """The indicator to begin with where all at once are too many to look at: the first that is not complete.

        Empty where all fit on a page.
        """
        codes = list(self.kinds)
        if len(codes) < 2 or len(self.rows) * len(self.columns) <= _AT_ONCE:
            return ""
        lacking = {cell.column.field.indicator.code for cell in self.cells if cell.wanted and not cell.there}
        return next((code for code in codes if code in lacking), codes[0])

    def only(self, indicator: str) -> "Grid":
        """Give the columns of one indicator, with the units it is asked of; all where there is no such indicator."""
        keep = [place for place, one in enumerate(self.columns) if one.field.indicator.code == indicator]
        if not keep:
            return self
        rows = [replace(row, cells=tuple(row.cells[place] for place in keep)) for row in self.rows]
        kept = tuple(row for row in rows if any(cell is not None for cell in row.cells))
        return Grid(tuple(self.columns[place] for place in keep), kept, self.kinds)
