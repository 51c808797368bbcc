"""What is wrong with a document before it is set: every problem at once, each with the path of its block."""

from collections.abc import Iterator
from dataclasses import dataclass

from baton.documents.content.blocks import Block, HeaderCell, Heading, Picture, Table
from baton.documents.content.document import Document
from baton.words import Place, Problem

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEEPEST_HEADING = 4


def problems(document: Document) -> list[Problem]:
    """Find rows and headers that do not fit their columns, headings too deep, pictures that are no PNG, no title."""
    found = [] if document.title.strip() else [Problem("documents.no_title", place=Place(field="title"))]
    found += _of_body(document.body, "body")
    for index, attachment in enumerate(document.attachments):
        found += _of_body(attachment.body, f"attachments[{index}].body")
    return found


@dataclass(frozen=True, slots=True)
class Spot:
    """A header cell in one of the rows it spans, at its leftmost column; `first` in the uppermost of its rows."""

    column: int
    cell: HeaderCell
    first: bool


def laid_out(header: tuple[tuple[HeaderCell, ...], ...], width: int) -> list[list[Spot]] | None:
    """Lay header cells over `width` columns as HTML does, row by row; None if they do not cover them exactly."""
    free = [set(range(width)) for _ in header]
    spots: list[list[Spot]] = [[] for _ in header]
    for r, cells in enumerate(header):
        for cell in cells:
            corner = min(free[r], default=width)
            columns = set(range(corner, corner + cell.columns))
            rows = range(r, r + cell.rows)
            if not columns or not rows or rows.stop > len(header) or any(columns - free[row] for row in rows):
                return None
            for row in rows:
                free[row] -= columns
                spots[row].append(Spot(corner, cell, row == r))
    return None if any(free) else [sorted(row, key=lambda spot: spot.column) for row in spots]


def _of_body(body: tuple[Block, ...], path: str) -> Iterator[Problem]:
    for index, block in enumerate(body):
        place = f"{path}[{index}]"
        match block:
            case Heading(level=level) if not 1 <= level <= _DEEPEST_HEADING:
                params = {"level": level, "deepest": _DEEPEST_HEADING, "text": block.text}
                yield Problem("documents.heading_level", params, Place(field=place))
            case Picture(png=png) if not png.startswith(_PNG_SIGNATURE):
                yield Problem("documents.not_png", {"text": block.alternative}, Place(field=place))
            case Table():
                yield from _of_table(block, place)


def _of_table(table: Table, path: str) -> Iterator[Problem]:
    width = len(table.columns)
    for index, row in enumerate(table.rows):
        if len(row) != width:
            params = {"given": len(row), "expected": width, "row": index + 1}
            yield Problem("documents.row_length", params, Place(field=f"{path}.rows[{index}]"))
    if table.header and laid_out(table.header, width) is None:
        yield Problem("documents.header_spans", {"expected": width}, Place(field=f"{path}.header"))
