"""How scores, places and changes are written."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from baton.assessment.models import UnitResult
from baton.assessment.rules.apart import Apart
from baton.engine.robustness.variance import LEAST_PERIODS
from baton.engine.scheme.indicators import Indicator
from baton.sheets.forms import period_words
from baton.web.templatetags.words import page_language
from baton.words import Language, text

register = template.Library()
_SHOWN = Decimal("0.01")


@register.simple_tag
def light(value: str) -> SafeString:
    """Draw a light with its word."""
    return _drawn("web/results/light.html", page_language(), light=value)


@register.simple_tag
def movement(value: str) -> SafeString:
    """Draw what the control chart says."""
    return _drawn("web/results/movement.html", page_language(), movement=value)


@lru_cache(maxsize=64)
def _drawn(template: str, language: Language, **given: str) -> SafeString:
    """Draw what depends on a word and the language of the page alone; tables have it in every row."""
    return render_to_string(template, given)


@register.filter
def points(value: Decimal | None) -> str:
    """Write points with two decimals, half up, as ranks compare them; nothing where there is no score."""
    return "" if value is None else str(value.quantize(_SHOWN, ROUND_HALF_UP))


@register.filter
def exact(value: Decimal | None) -> str:
    """Write points with all their decimals, without trailing zeros."""
    return "" if value is None else format(value.normalize(), "f") if value else "0"


@register.filter
def signed(value: Decimal) -> str:
    """Write a change of points with its sign and all its decimals: +0.25, −1.5, 0."""
    words = exact(abs(value))
    return words if not value else f"{'+' if value > 0 else '−'}{words}"


@register.filter
def change(value: Decimal) -> str:
    """Write a change of points with its sign and two decimals: +0.25, −1.50; a dash for none at all."""
    if not value:
        return "—"
    return f"{'+' if value > 0 else '−'}{points(abs(value))}"


@register.filter
def part_name(part: str, indicator: Indicator) -> str:
    """Name a part of a composite indicator as its scheme does."""
    return indicator.rule.part_name(part) if part else ""


@register.filter
def away(value: Decimal) -> str:
    """Write how far apart places are, without a sign: 2, or 1.5 where equals share a place."""
    return format(abs(value).normalize(), "f")


@register.simple_tag
def factor_words(factor: str, kind: str = "") -> str:
    """Say a factor of a change of scores; `_hint` says what it is."""
    return text(f"objections.factor_{factor}{kind}", page_language())


@register.filter
def rank(value: Decimal | int | None) -> str:
    """Write a place: 3, or 3.5 where equals share one; a dash where there is none."""
    return "—" if value is None else format(Decimal(value).normalize(), "f")


@register.filter
def place_range(row: UnitResult) -> str:
    """Write the places that a unit could as well have: 3–8; a dash where that is not known."""
    if row.best is None or row.worst is None:
        return "—"
    return str(row.best) if row.best == row.worst else f"{row.best}–{row.worst}"


@register.simple_tag
def months_needed() -> int:
    """Give how many months it takes before it is known how sure a place is."""
    return LEAST_PERIODS


@register.filter
def risen(row: object) -> str:
    """Write how many places a unit has risen (+2) or fallen (−1) since last month; nothing where that is not known."""
    now, before = getattr(row, "rank", None), getattr(row, "rank_before", None)
    if now is None or before is None or now == before:
        return ""
    change = Decimal(before) - Decimal(now)
    return f"{'+' if change > 0 else '−'}{format(abs(change).normalize(), 'f')}"


@register.filter
def any_period(value: str) -> str:
    """Write a month, quarter or year as offices do: 2026年第三季度; in English as it is kept."""
    return period_words(value) if page_language() is Language.CHINESE else value


@register.filter
def period(value: str) -> str:
    """Write a month as people say it: 2026年9月; in English as it is kept, 2026-09."""
    year, _, month = value.partition("-")
    return f"{year}年{int(month)}月" if page_language() is Language.CHINESE and month.isdigit() else value


@register.filter
def named(indicators: Mapping[str, Indicator], code: str) -> str:
    """Give the name of an indicator by its code; the code itself where the scheme has none such."""
    return indicators[code].name if code in indicators else code


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """Give what stands under a key; nothing where there is none."""
    return values.get(key, "")


@register.filter
def reach(apart: Apart) -> str:
    """Write how far the best and the worst lie apart, in whole percents of the full points."""
    return f"{int(apart.reach * 100)}%"


@register.filter
def share(points_: Decimal | None, full: Decimal) -> str:
    """Write points as whole percents of full marks, rounded down."""
    return "" if points_ is None or not full else f"{int(points_ * 100 / full)}%"
