"""Cells typed: numbers, units of measure, percentages and periods, each with a record of how it was understood."""

from baton.sheets.cells.absent import Absent, absent
from baton.sheets.cells.column import NumberColumn, read_numbers
from baton.sheets.cells.figure import Conversion, Figure, How, Percent, Wanted
from baton.sheets.cells.measure import Measure, measure, ratio
from baton.sheets.cells.moment import read_moment
from baton.sheets.cells.number import read_number
from baton.sheets.cells.period import Grain, read_period

__all__ = [
    "Absent",
    "Conversion",
    "Figure",
    "Grain",
    "How",
    "Measure",
    "NumberColumn",
    "Percent",
    "Wanted",
    "absent",
    "measure",
    "ratio",
    "read_moment",
    "read_number",
    "read_numbers",
    "read_period",
]
