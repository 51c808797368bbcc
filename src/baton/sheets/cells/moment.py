"""A moment cell: a day, or a day with its time, however an office or a system writes it."""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from baton.sheets.cells.absent import absent
from baton.sheets.cells.text import chinese_digits, plain
from baton.sheets.workbook.model import Value

_CHINA = timezone(timedelta(hours=8))
"""China keeps one time all year round (UTC+8)."""
_WRITTEN = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?"
    r"(?:[T\s]*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*[:分]?\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?\s*(Z|[+-]\d\d:?\d\d)?)?\Z"
)


def read_moment(raw: Value) -> str | Literal[False] | None:
    """Read a moment as ISO 8601 in local time: `2025-02-06`, or `2025-02-06T17:30:00` where the time is told.

    None for a cell that holds none, False for what is no moment. A time with its offset is turned into that of China.
    """
    if isinstance(raw, datetime):
        return _iso(raw)
    if isinstance(raw, date):
        return raw.isoformat()
    given = plain(str(raw))
    if absent(given) is not None:
        return None
    match = _WRITTEN.match(chinese_digits(given))
    try:
        return _told(match) if match else False
    except ValueError:
        return False


def _told(match: re.Match[str]) -> str:
    """Write what was matched; raises ValueError for a day or a time that does not exist."""
    day = date(int(match[1]), int(match[2]), int(match[3]))
    if match[4] is None:
        return day.isoformat()
    told = datetime(day.year, day.month, day.day, int(match[4]), int(match[5] or 0), int(match[6] or 0))  # noqa: DTZ001
    if match[7] is None:
        return _iso(told)
    return _iso(datetime.fromisoformat(told.isoformat() + match[7]).astimezone(_CHINA))


def _iso(told: datetime) -> str:
    return told.replace(tzinfo=None, microsecond=0).isoformat()
