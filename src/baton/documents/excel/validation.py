"""What may be typed into a column: drop-downs, numbers within bounds; and lights coloured by their shape."""

from typing import Any, Final

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from baton.documents.excel.content import Column, Kind, Level
from baton.documents.excel.formats import Formats
from baton.documents.excel.names import quoted

_LONGEST_LIST: Final = 255  # characters of a list written into the rule itself
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT})
_LARGEST: Final = 1e15

type Area = tuple[int, int, int, int]


class ChoiceLists:
    """Drop-down lists too long for their rule, kept column by column on a hidden sheet."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lists: list[tuple[str, ...]] = []

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        """Give the source of a drop-down: the list itself, or a reference to the hidden sheet."""
        if len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices):
            return list(choices)
        if choices not in self.lists:
            self.lists.append(choices)
        place = self.lists.index(choices)
        return f"={quoted(self.name)}!{xl_range_abs(0, place, len(choices) - 1, place)}"


def guard(sheet: Worksheet, area: Area, column: Column, lists: ChoiceLists) -> None:
    """Let only the choices of a column, or numbers where it is to be filled with numbers, into its cells."""
    rule: dict[str, Any]
    if column.choices:
        rule = {"validate": "list", "source": lists.source(column.choices)}
    elif column.unlocked and column.kind in _NUMBERS:
        rule = {
            "validate": "integer" if column.kind is Kind.INTEGER else "decimal",
            "criteria": "between",
            "minimum": -_LARGEST if column.minimum is None else float(column.minimum),
            "maximum": _LARGEST if column.maximum is None else float(column.maximum),
        }
    else:
        return
    if column.refusal:
        rule |= {"error_title": column.title[:32], "error_message": column.refusal[:255]}
    sheet.data_validation(*area, rule)


def light_up(sheet: Worksheet, area: Area, formats: Formats) -> None:
    """Colour the cells of an area by the shape their text begins with."""
    for level in Level:
        rule = {"type": "text", "criteria": "begins with", "value": str(level), "format": formats.light(level)}
        sheet.conditional_format(*area, rule)
