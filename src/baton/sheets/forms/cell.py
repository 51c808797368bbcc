"""A cell of a field read: words and amounts of the field first, everything else as a number in its unit."""

from collections.abc import Mapping
from decimal import Decimal

from baton.sheets.cells import Figure, Percent, Wanted, absent, read_number
from baton.sheets.cells.text import close
from baton.sheets.forms.field import Field, Sort
from baton.sheets.workbook import Value
from baton.words import Place, Problem

_NOTHING: Mapping[str, Decimal] = {}


def read_cell(
    raw: Value,
    field: Field,
    place: Place,
    *,
    number_format: str = "",
    stated: str = "",
    percent: Percent = Percent.AS_SHOWN,
    words: Mapping[str, Decimal] = _NOTHING,
    rounded: bool = False,
) -> Figure | Problem:
    """Read one cell.

    `words` are words of a mapping file, as `close` gives them, that stand for numbers; `rounded`: the figure will be
    rounded, so that any number of decimals will do.

    Gives a Problem for a word that is not known, an amount that is not on the list, a part of a vote, a number below
    the least one, and everything `read_number` refuses.
    """
    if isinstance(raw, str) and words and (given := words.get(close(raw))) is not None:
        return _checked(Figure(given), raw, field, place)
    if field.sort in (Sort.LEVEL, Sort.TRUTH):
        return _word(raw, field, place)
    read = read_number(raw, Wanted(field.unit, stated, percent, rounded), number_format, place)
    if isinstance(read, Problem):
        return read
    if not rounded and _too_fine(read, field):
        params = {"given": raw, "field": field.name, "most": field.decimals}
        return Problem("sheets.too_many_decimals", params, place)
    return _checked(read, raw, field, place)


def _too_fine(read: Figure, field: Field) -> bool:
    if read.value is None or field.decimals is None:
        return False
    return -int(read.value.normalize().as_tuple().exponent) > field.decimals


def _word(raw: Value, field: Field, place: Place) -> Figure | Problem:
    if isinstance(raw, str):
        kind = absent(raw)
        if kind is not None:
            return Figure(None, kind)
        word = close(raw)
        for choice, value in field.choices.items():
            if close(choice) == word:
                return Figure(value)
    elif field.sort is Sort.TRUTH and isinstance(raw, (int, float)) and raw in (0, 1):
        return Figure(Decimal(int(raw)))
    return _not_on_list(raw, field, place)


def _not_on_list(raw: Value, field: Field, place: Place) -> Problem:
    allowed = "、".join(field.choices)
    return Problem("sheets.not_on_list", {"given": raw, "field": field.name, "allowed": allowed}, place)


def _checked(read: Figure, raw: Value, field: Field, place: Place) -> Figure | Problem:
    value = read.value
    if value is None:
        return read
    if field.choices and value not in field.choices.values():
        return _not_on_list(raw, field, place)
    if field.sort is Sort.VOTES and value != value.to_integral_value():
        return Problem("sheets.not_whole", {"given": raw, "field": field.name}, place)
    if field.least is not None and value < field.least:
        return Problem("sheets.below_least", {"given": raw, "field": field.name, "least": field.least}, place)
    return read
