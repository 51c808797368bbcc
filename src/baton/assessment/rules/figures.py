"""A figure as somebody enters it: read like a cell of a workbook, held against what is there."""

from dataclasses import dataclass
from decimal import Decimal

from baton.engine.terms import plain
from baton.sheets.cells import Absent as Mark
from baton.sheets.forms import Field, read_cell
from baton.words import Place, Problem


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell says: a number, or (None) that there is none; `blank`: nothing at all; `conversion` in words."""

    value: Decimal | None
    blank: bool = False
    conversion: str = ""

    @property
    def text(self) -> str:
        """The number as it is kept; empty where there is none."""
        return "" if self.value is None else plain(self.value)


def read_typed(typed: str, field: Field, place: Place) -> Read | Problem:
    """Read what was typed or pasted, with all the ways in which offices write numbers (39,450、９０、12.5%、无)."""
    found = read_cell(typed, field, place)
    if isinstance(found, Problem):
        return found
    steps = "；".join(step.words() for step in found.conversions)
    return Read(found.value, found.absent is Mark.BLANK, steps)
