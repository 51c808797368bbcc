"""The figures of the year in progress: true ones up to August, and September as far as it has come.

September stops where the county stood on 8 October: what is counted by the statistics office comes on the 22nd, some
units have not reported, investment is a quick estimate (快报, preliminary).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from baton.engine.panel import Observation
from baton.example.figures import make_year
from baton.example.running.plan import MERGED, YEAR, scheme_of_2026

LAST_MONTH = 9
SEED = 2026
STATISTICS = frozenset({"INV", "IVA"})
"""Series that come from the statistics office, and late."""
_NOT_YET = frozenset({"T16", "T18"})
"""Townships that have not reported their own figure of September (M05, series ARB) yet."""
_OWN = "ARB"


@dataclass(frozen=True)
class YearInProgress:
    """`settled`: figures of the year so far, targets included; `fresh`: those of the month that is still open."""

    settled: tuple[Observation, ...]
    fresh: tuple[Observation, ...]


def make_year_in_progress(seed: int = SEED) -> YearInProgress:
    """Make the year from a seed; the same seed gives the same figures."""
    moved = tuple(_moved(make_year(seed).observations))
    last = f"{YEAR}-{LAST_MONTH:02d}"
    return YearInProgress(
        settled=tuple(one for one in moved if one.period < last),
        fresh=tuple(_as_far_as_it_came(one for one in moved if one.period == last)),
    )


def _moved(observations: Iterable[Observation]) -> Iterator[Observation]:
    """Move the figures of a made year to this one: months up to the last, and the year's targets."""
    for one in observations:
        period = f"{YEAR}{one.period[4:]}"
        month = int(period[5:7]) if period[5:7].isdigit() else 0
        if month > LAST_MONTH or "Q" in period or (len(period) == len("2026") and one.figure != "target"):
            continue
        if one.unit == MERGED and month > int("06"):
            continue
        yield replace(one, period=period)


def _as_far_as_it_came(month: Iterable[Observation]) -> Iterator[Observation]:
    for one in month:
        if one.series in STATISTICS and one.series != "INV":
            continue
        if one.series == _OWN and one.unit in _NOT_YET:
            continue
        yield replace(one, preliminary=one.series in STATISTICS)


__all__ = ["LAST_MONTH", "SEED", "YearInProgress", "make_year_in_progress", "scheme_of_2026"]
