"""Write a grid as delimited text, as other systems export it."""

import csv
from io import StringIO

from baton.example.workbooks.grid import Grid


def csv_bytes(grid: Grid, encoding: str) -> bytes:
    """Write a grid as comma-separated text with the line ends that Windows programs write."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in grid.rows():
        writer.writerow(["" if content is None else content for content in row])
    return buffer.getvalue().encode(encoding)
