"""Entry cells: what may be typed into the cells of a field, said to Excel and to the person in front of it."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from baton.engine.terms import plain
from baton.sheets.address import a1
from baton.sheets.forms import Field, Sort
from baton.sheets.templates.book import ENTRY_MARKS, Book

_LONGEST_HINT = 250


def style_of(field: Field) -> str:
    """Name the format of an entry cell: figures to the right, choices in the middle."""
    return "entry" if field.sort in (Sort.NUMBER, Sort.VOTES) else "choice"


def hint(book: Book, field: Field) -> str:
    """Say in a sentence what belongs into the cells of a field."""
    if field.sort in (Sort.TRUTH, Sort.LEVEL, Sort.AMOUNT):
        return book.words("sheets.hint_choice", choices="、".join(field.choices))
    if field.sort is Sort.VOTES:
        return book.words("sheets.hint_votes")
    if field.unit == "%":
        return book.words("sheets.hint_percent")
    return book.words("sheets.hint_number", unit=field.unit) if field.unit else book.words("sheets.hint_bare_number")


def restrict(book: Book, sheet: Worksheet, area: tuple[int, int, int, int], field: Field) -> None:
    """Restrict the cells of an area to what the field takes."""
    said = hint(book, field)[:_LONGEST_HINT]
    rules: dict[str, Any] = {"input_title": field.name[:32], "input_message": said, "error_message": said}
    if field.sort in (Sort.TRUTH, Sort.LEVEL, Sort.AMOUNT):
        rules |= {"validate": "list", "source": list(field.choices)}
    else:
        rules |= {"validate": "custom", "value": _formula(a1(area[0], area[1]), field)}
    sheet.data_validation(*area, rules)


def _formula(cell: str, field: Field) -> str:
    """Take a number within its bounds, or a word that says that there is none."""
    bounds = [f"ISNUMBER({cell})"]
    if field.least is not None:
        bounds.append(f"{cell}>={plain(field.least)}")
    if field.sort is Sort.VOTES:
        bounds.append(f"INT({cell})={cell}")
    number = f"AND({','.join(bounds)})" if len(bounds) > 1 else bounds[0]
    marks = ",".join(f'{cell}="{mark}"' for mark in ENTRY_MARKS)
    return f"=OR({number},{marks})"
