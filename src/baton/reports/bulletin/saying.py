"""How a bulletin writes words, points, places and months: as the pages do."""

from decimal import ROUND_HALF_UP, Decimal

from baton.words import Language, text

_SHOWN = Decimal("0.01")


def say(code: str, language: Language, **params: object) -> str:
    """Say a sentence of the catalogue."""
    return text(code, language, **params)


def shown_points(value: Decimal | None) -> str:
    """Write points with two decimals, half up, as ranks compare them."""
    return "—" if value is None else str(value.quantize(_SHOWN, ROUND_HALF_UP))


def place(value: Decimal | None) -> str:
    """Write a place; 3.5 where equals share one."""
    return "—" if value is None else format(Decimal(value).normalize(), "f")


def month_words(period: str, language: Language) -> str:
    """Write a month: 2026年9月, in English 2026-09."""
    year, _, month = period.partition("-")
    return f"{year}年{int(month)}月" if language is Language.CHINESE else period
