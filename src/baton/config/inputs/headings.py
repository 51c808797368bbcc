"""The headings of long tables: one figure a row, or one event a row. English or Chinese, capitals as they come."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

FIGURES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "unit": ("unit", "单位", "单位编码"),
        "series": ("series", "indicator", "指标", "指标编码"),
        "figure": ("figure", "口径"),
        "period": ("period", "year", "期间", "年份"),
        "value": ("value", "数值", "值"),
        "preliminary": ("preliminary", "初步"),
        "version": ("version", "版本"),
        "file": ("file", "文件"),
        "file_sha256": ("file_sha256", "文件摘要"),
        "sheet": ("sheet", "工作表"),
        "cell": ("cell", "单元格"),
        "conversion": ("conversion", "换算"),
    }
)
"""Columns of a table of figures; the last five say where a figure was read first."""
OPTIONAL = frozenset(FIGURES) - {"unit", "series", "period", "value"}
"""Columns that may be left out."""
EVENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "unit": ("unit", "单位", "单位编码"),
        "item": ("item", "事项", "事项编码"),
        "matter": ("matter", "同一事项编号"),
        "level": ("level", "级别"),
        "quantity": ("quantity", "数量"),
        "points": ("points", "认定分值"),
        "share": ("share", "分担比例"),
        "indicator": ("indicator", "指标", "指标编码"),
        "on": ("on", "date", "日期"),
        "document": ("document", "文号"),
        "confirmed": ("confirmed", "已确认"),
        "note": ("note", "备注"),
    }
)
"""Columns of a table of events; all but `unit` and `item` may be left out."""


def columns_of(heads: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Find which column holds what."""
    plain = [head.strip().lower() for head in heads]
    found = {}
    for name, words in known.items():
        place = next((plain.index(word) for word in words if word in plain), None)
        if place is not None:
            found[name] = place
    return found


def holds_figures(heads: Sequence[str]) -> bool:
    """Tell a long table of figures by its headings."""
    return set(FIGURES) - OPTIONAL <= columns_of(heads, FIGURES).keys()


def holds_events(heads: Sequence[str]) -> bool:
    """Tell a long table of events by its headings."""
    return {"unit", "item"} <= columns_of(heads, EVENTS).keys() and not holds_figures(heads)
