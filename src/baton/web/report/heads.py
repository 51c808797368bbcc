"""The heads of a grid: indicators over their columns, and until when each can be entered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from baton.assessment.queries.desk.cells import Grid
from baton.assessment.rules.days import Works
from baton.web.countdown import Countdown, countdown


@dataclass(frozen=True, slots=True)
class Kind:
    """An indicator over its columns; `width` counts each figure twice: last time and now."""

    code: str
    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when some indicators can be entered; `names` is empty where all share the day."""

    names: str
    due: Countdown
    waits_for: str


def heads_of(grid: Grid) -> Iterator[Kind]:
    """Give the indicators over the columns of a grid, in order."""
    for code, columns in groupby(grid.columns, key=lambda one: one.field.indicator.code):
        yield Kind(code, grid.kinds[code], 2 * len(list(columns)))


def deadlines_of(grid: Grid, works: Works) -> list[Deadline]:
    """Give the days of a grid, the nearest first."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for column in grid.columns:
        found.setdefault((column.closes, column.waits_for), {})[column.field.indicator.name] = None
    several = len(found) > 1
    return [
        Deadline("、".join(names) if several else "", countdown(date.fromisoformat(closes), works), waits_for)
        for (closes, waits_for), names in sorted(found.items())
    ]
