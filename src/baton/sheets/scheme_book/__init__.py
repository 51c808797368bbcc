"""A scheme as a workbook that an officer fills in, there and back without loss."""

from baton.sheets.scheme_book.read import SchemeBook, read_scheme
from baton.sheets.scheme_book.write import write_scheme

__all__ = ["SchemeBook", "read_scheme", "write_scheme"]
