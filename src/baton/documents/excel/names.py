"""Names that Excel accepts for sheets, cells and ranges."""

import re
from collections.abc import Iterable
from typing import Final

LONGEST_SHEET_NAME: Final = 31  # UTF-16 units
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED: Final = frozenset({"history", "历史记录"})
_NAME: Final = re.compile(r"[^\W\d][\w.]{0,254}")
_LIKE_A_CELL: Final = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]\d*([RrCc]\d*)?")


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Make sheet names of titles: no forbidden characters, 31 at most, no two alike whatever the case.

    A name taken already gets ` (2)`, ` (3)` …; one with nothing left of it becomes `_`.
    """
    taken: set[str] = set(_RESERVED)
    names = []
    for title in wanted:
        clean = _FORBIDDEN.sub("_", title).strip().strip("'").strip() or "_"
        name, count = _cut(clean, LONGEST_SHEET_NAME), 1
        while name.casefold() in taken:
            count += 1
            tail = f" ({count})"
            name = _cut(clean, LONGEST_SHEET_NAME - len(tail)) + tail
        taken.add(name.casefold())
        names.append(name)
    return names


def is_name(name: str) -> bool:
    """Say whether Excel takes a text as the name of a cell or range: letters, digits, dots, unlike a cell's address."""
    return bool(_NAME.fullmatch(name)) and not _LIKE_A_CELL.fullmatch(name)


def quoted(sheet: str) -> str:
    """Put a sheet's name in the quotes that references want."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def _cut(name: str, units: int) -> str:
    while len(name.encode("utf-16-le")) // 2 > units:
        name = name[:-1]
    return name.rstrip().rstrip("'")
