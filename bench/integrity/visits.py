"""What a team that can visit twenty places a month would have found, month by month."""

from collections.abc import Callable, Sequence

from cell import Cell
from manipulate import Truth
from marks import stands
from panel import Panel, series

from baton.engine.integrity.series import Flag, Series

VISITS = 20


def visited(
    panel: Panel, truths: Sequence[Truth], find: Callable[[Sequence[Series]], tuple[Flag, ...]], months: int = 12
) -> tuple[int, int]:
    """Give how many visits of the last months found something, and how many were made.

    Each month the checks run on what was known then; the team goes to the strongest cells that were not flagged a month
    before. A visit finds something where something had been done by then; places touched besides are not counted.
    """
    last = panel.reported.shape[2]
    before = set(_strongest(panel, truths, find(series(panel, last - months))))
    right = made = 0
    for until in range(last - months + 1, last + 1):
        now = _strongest(panel, truths, find(series(panel, until)))
        guilty = {truth.cell for truth in truths if truth.since < until}
        new = sorted((cell for cell in now if cell not in before), key=lambda one: -now[one])
        right += len(guilty.intersection(new[:VISITS]))
        made += len(new[:VISITS])
        before |= now.keys()
    return right, made


def _strongest(panel: Panel, truths: Sequence[Truth], flags: Sequence[Flag]) -> dict[Cell, float]:
    return {cell: max(kinds.values()) for cell, kinds in stands(panel, truths, flags).items()}
