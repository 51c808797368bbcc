"""A small scheme with a figure of every sort, and forms filled in as an officer would."""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml

SCHEME = Path(__file__).parent / "small.yaml"


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """The small scheme."""
    (only,) = from_yaml(SCHEME.read_text("utf-8"), SCHEME.name)
    return only


type Entries = Mapping[tuple[str, str], object]


def _rows_and_columns(sheet: Worksheet) -> tuple[dict[str, int], dict[str, int]]:
    """Find the rows by what stands in the code column (or the name column), and the columns by their codes."""
    columns = {str(cell.value): cell.column for cell in sheet[3] if cell.value is not None}
    by = columns.get("=field") or columns.get("=unit")
    rows = {str(sheet.cell(row, by).value): row for row in range(4, sheet.max_row + 1) if sheet.cell(row, by).value}
    return rows, columns


def fill(form: bytes, entries: Entries, sheet: str | None = None) -> bytes:
    """Type entries into a form: by unit and column code, or by field code and `=entry` in a unit's own form."""
    book = openpyxl.load_workbook(BytesIO(form))
    target = book[sheet] if sheet else book.worksheets[0]
    rows, columns = _rows_and_columns(target)
    for (row, column), value in entries.items():
        cell = target.cell(rows[row], columns[column])
        assert not cell.protection.locked, f"{cell.coordinate} is locked"
        cell.value = value
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Give the bytes of a workbook."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell_of(form: bytes, row: str, column: str, sheet: str | None = None) -> str:
    """Give the A1 reference of an entry cell."""
    book = openpyxl.load_workbook(BytesIO(form))
    target = book[sheet] if sheet else book.worksheets[0]
    rows, columns = _rows_and_columns(target)
    return str(target.cell(rows[row], columns[column]).coordinate)


@pytest.fixture(scope="session")
def filled() -> Callable[..., bytes]:
    """`fill`."""
    return fill


@pytest.fixture(scope="session")
def address() -> Callable[..., str]:
    """`cell_of`."""
    return cell_of
