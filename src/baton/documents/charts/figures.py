"""What a chart shows, as typed content: no colours, no sizes, every word from the caller.

Values are the decimals to be shown, already rounded by whoever computed them: a label is the value as given.
None means missing and is drawn as missing, never as zero.
"""

from dataclasses import dataclass
from decimal import Decimal

type Value = Decimal | None
type Point = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit's value with its grade (one of `RankedBars.grades`, or empty) and a link to its drill-down."""

    label: str
    value: Value
    grade: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class RankedBars:
    """Units by value, in the order given; `grades` from the best to the worst each get a tone and a shape."""

    title: str
    label_title: str
    value_title: str
    bars: tuple[Bar, ...]
    grades: tuple[str, ...] = ()
    grade_title: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name and a value per period of the chart (None leaves a gap)."""

    name: str
    values: tuple[Value, ...]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Series over periods (months as a rule), each told apart by tone, dashes, shape and a label at its end."""

    title: str
    period_title: str
    value_title: str
    periods: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Units x periods; `rows` are (label, a value per column). The value stands in its cell as text."""

    title: str
    label_title: str
    value_title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a curve without a jump: the points it runs through, joined by straight lines."""

    points: tuple[Point, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point worth naming on a curve; hollow where the curve does not take the value (open end of a step)."""

    x: Decimal
    y: Decimal
    label: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A function drawn in pieces, with marked points; pieces of one name belong to one curve."""

    title: str
    x_title: str
    y_title: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class PointsBar:
    """Points obtained out of the full points of an item; obtained may be negative (deductions) or missing."""

    label: str
    obtained: Value
    full: Decimal
    link: str = ""


@dataclass(frozen=True, slots=True)
class PointsBars:
    """Items with the full points as a pale bar and the obtained points as a dark one in it."""

    title: str
    label_title: str
    obtained_title: str
    full_title: str
    bars: tuple[PointsBar, ...]


@dataclass(frozen=True, slots=True)
class RangeBar:
    """A unit's place with the wide range it could stand in, and the narrow one (None: not known); first and last place.

    `note` stands beside the bar; a `marked` unit has a dot of another shape and tone.
    """

    label: str
    place: Decimal
    wide: tuple[int, int]
    narrow: tuple[int, int] | None = None
    note: str = ""
    marked: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class RangeBars:
    """Units by place with ranges around it, in the order given."""

    title: str
    label_title: str
    place_title: str
    narrow_title: str
    wide_title: str
    bars: tuple[RangeBar, ...]


type Figure = RankedBars | Lines | HeatMap | Curve | PointsBars | RangeBars
