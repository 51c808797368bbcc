"""Small workbooks that tests make."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook


def workbook(*rows: Sequence[object], sheet: str = "单位") -> bytes:
    """Write rows, the first of which is the heading, below a title as offices have it."""
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    page.append(["登记表"])
    for row in rows:
        page.append(list(row))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()
