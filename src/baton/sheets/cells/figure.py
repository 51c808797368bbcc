"""What a cell turned out to say: a figure with the record of how it was understood, or why there is none."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from baton.sheets.cells.absent import Absent
from baton.words import Language, text


class How(StrEnum):
    """What was done to a cell's content to get its figure; the words are in the catalogue as `sheets.how_*`."""

    TEXT = "text"
    FLOAT_TAIL = "float_tail"
    NEGATIVE = "negative"
    SCALED = "scaled"
    PERCENT_FORMAT = "percent_format"
    FRACTION = "fraction"
    UNIT = "unit"
    TIMES = "times"
    ROUNDED = "rounded"


@dataclass(frozen=True, slots=True)
class Conversion:
    """One step from a cell's content to its figure: `given` became `taken`."""

    how: How
    given: str
    taken: str

    def words(self, language: Language | str = Language.CHINESE) -> str:
        """Say the step in a sentence."""
        return text(f"sheets.how_{self.how}", language, given=self.given, taken=self.taken)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the wanted unit; `value` is None where the cell has none, and `absent` says in which way."""

    value: Decimal | None
    absent: Absent | None = None
    conversions: tuple[Conversion, ...] = ()


class Percent(StrEnum):
    """How plain numbers of a percentage column are written: 97.4 (points), 0.974 (fraction), or as each cell shows."""

    POINTS = "points"
    FRACTION = "fraction"
    AS_SHOWN = "as_shown"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a column is expected to hold.

    `unit`: the unit that figures are wanted in; `stated`: the unit that the header or a line above the table names for
    cells which name none themselves; `percent`: only looked at where `unit` is a percentage; `rounded`: figures are
    rounded afterwards, so that any number of decimals will do.
    """

    unit: str = ""
    stated: str = ""
    percent: Percent = Percent.AS_SHOWN
    rounded: bool = False


def written(value: Decimal) -> str:
    """Write a decimal plainly: no exponent, no trailing zeros."""
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def tidy(value: Decimal) -> Decimal:
    """Give the same decimal without exponent and trailing zeros, as it is shown."""
    return Decimal(written(value))
