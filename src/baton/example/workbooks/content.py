"""What one cell of a report shows: the true figure in the ways offices write it."""

from decimal import Decimal

from baton.engine.terms import plain
from baton.example.figures.draw import Draw
from baton.example.workbooks.grid import Content
from baton.example.workbooks.house import CHECKED, MONEY, TRUTHS, House
from baton.sheets.forms import Field, Sort

_FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
HUNDRED_MILLION = Decimal(10_000)
"""万元 in an 亿元."""


def shown(value: Decimal | None, field: Field, house: House) -> tuple[Content, str]:
    """Give content and style of a figure in a house's style; content None where there is no figure."""
    if value is None:
        return None, "number"
    if field.sort is Sort.LEVEL:
        return _word(value, {word: str(number) for word, number in field.choices.items()}), "text"
    if field.sort is Sort.TRUTH:
        return _word(value, TRUTHS if house.words else {"是": "1", "否": "0"}), "text"
    if field.sort is Sort.AMOUNT and house.words:
        return _word(value, CHECKED), "text"
    if field.unit == "%" and house.percent == "format":
        return float(value / 100), "percent"
    if field.unit == "%" and house.percent == "text":
        return f"{plain(value)}%", "text"
    if field.unit == MONEY and house.money != MONEY:
        return number(value / HUNDRED_MILLION), "number"
    return number(value), "number"


def number(value: Decimal) -> int | float:
    """Give a number as a workbook stores it; doubles with at most 15 digits come back as the very decimal."""
    return int(value) if value == value.to_integral_value() else float(value)


def _word(value: Decimal, words: dict[str, str]) -> str:
    return next(word for word, amount in words.items() if Decimal(amount) == value)


def as_text(value: Decimal, field: Field, house: House, draw: Draw) -> str:
    """Write a figure as text, in one of the ways that people type: full width, grouped, with its unit, with blanks."""
    if field.unit == "%":
        return draw.one_of((f"{plain(value)}%", f"{plain(value)}％", f" {plain(value)}% "))
    if field.unit == MONEY:
        in_words = (f"{plain(value)}万元", f"{plain(value / HUNDRED_MILLION)}亿元", f"{value:,}万元")
        in_house = plain(value / HUNDRED_MILLION) if house.money != MONEY else f"{value:,}"
        return draw.one_of((*in_words, in_house, in_house.translate(_FULL_WIDTH)))
    with_unit = f"{plain(value)}{field.unit}" if field.sort is Sort.NUMBER and len(field.unit) == 1 else plain(value)
    return draw.one_of((plain(value), plain(value).translate(_FULL_WIDTH), with_unit, f" {plain(value)}", f"{value:,}"))
