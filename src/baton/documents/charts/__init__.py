"""Charts: typed figures in, SVG, PNG, a data table and a text alternative out."""

from baton.documents.charts.alternative import alternative, table
from baton.documents.charts.figures import (
    Bar,
    Curve,
    Figure,
    HeatMap,
    Lines,
    Mark,
    Piece,
    PointsBar,
    PointsBars,
    RangeBar,
    RangeBars,
    RankedBars,
    Series,
)
from baton.documents.charts.render import draw, png, svg

__all__ = [
    "Bar",
    "Curve",
    "Figure",
    "HeatMap",
    "Lines",
    "Mark",
    "Piece",
    "PointsBar",
    "PointsBars",
    "RangeBar",
    "RangeBars",
    "RankedBars",
    "Series",
    "alternative",
    "draw",
    "png",
    "svg",
    "table",
]
