"""An indicator of a scheme as a form: its fields and each rule's options by the scheme language's own models."""

from baton.sheets.line_form.fields import FIELDS, at_field, texts_of
from baton.sheets.line_form.options import BY_WORKBOOK, FAMILIES, Hold, Option, options_of
from baton.sheets.line_form.read import Filled, read_line

__all__ = [
    "BY_WORKBOOK",
    "FAMILIES",
    "FIELDS",
    "Filled",
    "Hold",
    "Option",
    "at_field",
    "options_of",
    "read_line",
    "texts_of",
]
