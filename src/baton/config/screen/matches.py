"""A result beside a published table on the terminal: a line per year and column."""

from collections.abc import Mapping, Sequence

from rich.text import Text

from baton.config.screen.tables import Shown, print_table
from baton.config.work.matching import Column
from baton.words import Language, text

_HEADS = (
    "config.head_year",
    "config.head_column",
    "config.head_published",
    "config.head_fit",
    "config.head_largest_difference",
    "config.head_unit",
    "config.head_only_ours",
    "config.head_light",
)


def print_matches(columns: Sequence[Column], names: Mapping[str, str], language: Language) -> None:
    """Print how much of each column fits, by how much the furthest figure differs, and whose it is."""
    title = text("config.match_title", language)
    print_table(title, _HEADS, [_row(column, names, language) for column in columns], language)


def _row(column: Column, names: Mapping[str, str], language: Language) -> list[Shown]:
    furthest = column.furthest
    differs = furthest is not None and bool(furthest.difference)
    unit = furthest.published.unit if furthest is not None else ""
    return [
        column.year,
        column.name,
        len(column.compared),
        len(column.compared) - len(column.unfit),
        furthest.difference if furthest is not None else None,
        names.get(unit, unit) if differs else None,
        column.only_ours or None,
        Text(f"■ {text('config.light_unfit', language)}", style="red")
        if column.unfit
        else Text(f"● {text('config.light_fit', language)}", style="green"),
    ]
