"""A month's score between two results, taken apart from rows that are kept: no year is scored again for it."""

from baton.engine.compare.months.change import MonthChange, MonthPiece, UnitMonth, month_change
from baton.engine.compare.months.kept import FACTORS, PLACES, KeptLeaf, KeptMonth, kept_of

__all__ = [
    "FACTORS",
    "PLACES",
    "KeptLeaf",
    "KeptMonth",
    "MonthChange",
    "MonthPiece",
    "UnitMonth",
    "kept_of",
    "month_change",
]
