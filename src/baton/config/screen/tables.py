"""Tables on the terminal, in the style of the house: thin lines, numbers to the right."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baton.engine.terms import plain
from baton.words import Language, text

type Shown = str | int | Decimal | Text | None
_NARROWEST = 80


def console() -> Console:
    """Give the standard output; wide enough for a table where there is no terminal."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=max(out.width, 120))


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[Shown]], language: Language) -> None:
    """Print a table; `heads` are codes of the catalogue, numbers stand to the right, None is a dash."""
    kept = [list(row) for row in rows]
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column, head in enumerate(heads):
        numbers = any(isinstance(row[column], (int, Decimal)) for row in kept)
        table.add_column(text(head, language), justify="right" if numbers else "left", overflow="fold")
    for row in kept:
        table.add_row(*(_cell(value) for value in row))
    console().print(table)


def print_line(code: str, language: Language, **params: object) -> None:
    """Print a sentence of the catalogue."""
    console().print(Text(text(code, language, **params)))


def _cell(value: Shown) -> str | Text:
    if value is None:
        return "–"
    return plain(value) if isinstance(value, Decimal) else value if isinstance(value, Text) else str(value)
