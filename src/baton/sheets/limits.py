"""How large an input may be: every limit with its reason; all of them are settings."""

from dataclasses import dataclass

from baton.words import Place, Problem, Refused

_MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The sizes at which a file is refused before it is unpacked or held in memory.

    `file_bytes` bounds the upload; `unpacked_bytes` the sum of all parts of a packed workbook; `ratio` how many
    times larger than the file the parts may be, looked at only beyond `ratio_from_bytes` (a short sheet packs
    well and harms nobody); `parts` the number of files in the package; `sheets` the sheets of a workbook;
    `cells` the cells of one sheet, counted as the rectangle around them because that is what memory holds;
    `text_length` one cell's text (Excel itself holds 32,767 characters).
    """

    file_bytes: int = 64 * _MEBI
    unpacked_bytes: int = 512 * _MEBI
    ratio: int = 200
    ratio_from_bytes: int = 16 * _MEBI
    parts: int = 5_000
    sheets: int = 300
    cells: int = 5_000_000
    text_length: int = 32_767


def refuse_wide(size: tuple[int, int], limits: Limits, place: Place) -> None:
    """Raise Refused when the rectangle of a sheet, rows by columns, holds more cells than the limit."""
    if size[0] * size[1] > limits.cells:
        params = {"given": size[0] * size[1], "rows": size[0], "columns": size[1], "limit": limits.cells}
        raise Refused([Problem("sheets.too_many_cells", params, place)])
