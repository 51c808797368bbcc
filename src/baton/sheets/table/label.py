"""Header labels: what a column is called, and the unit of measure that its label names."""

import re
from functools import lru_cache

from baton.sheets.cells.measure import is_unit
from baton.sheets.cells.text import close

_BRACKETS = re.compile(r"(.+?)[(\[【〔](?:单位[:：])?([^()\[\]【】]*)[)\]】〕]\Z")
_TRAILING = re.compile(r"(.+?)[,、:：]?(%|‰)\Z")
_UNIT_LINE = re.compile(r"(?:^|[\s(（])(?:计量|金额|数据)?单位\s*[:：]\s*([^\s)）]+)")


@lru_cache(maxsize=8192)
def split_unit(label: str) -> tuple[str, str]:
    """Split a label in comparison form into its name and the word in its last brackets (may be no unit at all)."""
    match = _BRACKETS.match(label) or _TRAILING.match(label)
    return (match[1], match[2]) if match else (label, "")


@lru_cache(maxsize=1 << 15)
def names_of(label: str, unit: str) -> tuple[tuple[str, str], ...]:
    """Give what a label may be called and the unit it then states: as it stands, and without a unit in brackets.

    `unit` is what the column is wanted in; a word in brackets that is neither this nor a known unit belongs to the
    name.
    """
    text = close(label)
    name, word = split_unit(text)
    stated = word and (is_unit(word) or word == close(unit))
    return ((text, ""), (name, word)) if stated else ((text, ""),)


def stated_units(text: str) -> tuple[str, ...]:
    """Give the units that a line above a table states: `单位：万元、%` gives both; 填报单位：白水镇 gives none."""
    match = _UNIT_LINE.search(text)
    return tuple(word for word in re.split(r"[、,，;；]", match[1]) if is_unit(word)) if match else ()
