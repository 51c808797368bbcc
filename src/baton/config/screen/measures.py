"""Measures of a result on the terminal."""

from collections.abc import Sequence

from rich.text import Text

from baton.config.screen.tables import Shown, print_line, print_table
from baton.documents.excel import Level, Light
from baton.reports.measures import Cell, Listing
from baton.words import Language, text

_STYLES = {Level.OVER: "red", Level.NEAR: "yellow", Level.NORMAL: "green", Level.NONE: ""}


_MOST = 20


def print_measures(found: Sequence[Listing], language: Language) -> None:
    """Print the first rows of every listing, and how many are not shown; say so where no two indicators go together."""
    for one in found:
        if not one.rows and one.name == "pairs":
            print_line("reports.measures_no_pairs", language)
        if not one.rows:
            continue
        columns = [number for number in range(len(one.heads)) if number not in one.brief]
        rows = [[_shown(row[number]) for number in columns] for row in one.rows[:_MOST]]
        print_table(text(one.title, language), [one.heads[number] for number in columns], rows, language)
        if len(one.rows) > _MOST:
            print_line("reports.measures_more", language, more=len(one.rows) - _MOST)


def _shown(cell: Cell) -> Shown:
    return Text(str(cell), style=_STYLES[cell.level]) if isinstance(cell, Light) else cell
