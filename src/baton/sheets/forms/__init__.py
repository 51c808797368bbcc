"""What a scheme asks to be reported: one field per figure of a series, who fills it in, for whom and when."""

from baton.sheets.forms.annual import AnnualTarget, annual_targets, rates_of
from baton.sheets.forms.cell import read_cell
from baton.sheets.forms.field import Field, Sort
from baton.sheets.forms.fields import fields_of, own_unit
from baton.sheets.forms.periods import grain_of, period_words, periods_due, periods_of_year

__all__ = [
    "AnnualTarget",
    "Field",
    "Sort",
    "annual_targets",
    "fields_of",
    "grain_of",
    "own_unit",
    "period_words",
    "periods_due",
    "periods_of_year",
    "rates_of",
    "read_cell",
]
