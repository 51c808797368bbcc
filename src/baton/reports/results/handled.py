"""What was missing or treated specially: which leaves, and how, read from the flags of the result."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import narwhals as nw

from baton.engine.flags import Happened
from baton.reports.results.results import Results

SPECIAL = (
    Happened.MISSING,
    Happened.EXCLUDED,
    Happened.COUNTED_ZERO,
    Happened.COUNTED_FULL,
    Happened.PEER_MEAN,
    Happened.NO_PEERS,
    Happened.LAST_KNOWN,
    Happened.ASSUMED,
    Happened.NOT_DUE,
    Happened.ZERO_DENOMINATOR,
    Happened.PRELIMINARY,
    Happened.TOO_FEW_VALID,
    Happened.SAME_MATTER,
    Happened.ZEROED_BY_VETO,
    Happened.ALL_EQUAL,
    Happened.ONE_UNIT,
    Happened.IMPUTED,
    Happened.WINSORISED,
    Happened.TRANSFORMED,
    Happened.SCREENED,
    Happened.UNTESTABLE,
)
"""Flags that a reader asks about; a cap or a floor that cut a score stands beside the score itself."""


@dataclass(frozen=True, slots=True)
class Handled:
    """Leaves of one unit and indicator with the same flags: the periods, and what happened in words.

    `exempt`: left out because the scheme says the indicator does not apply, or nothing was due.
    """

    group: str
    unit: str
    indicator: str
    part: str
    periods: tuple[str, ...]
    flags: Happened

    @property
    def missing(self) -> bool:
        """Whether a figure that was expected is not there."""
        return bool(self.flags & Happened.MISSING)


def handled(results: Results) -> Iterator[Handled]:
    """Go through what was treated specially, by unit and indicator, periods with the same treatment together."""
    wanted = sum(int(flag) for flag in SPECIAL)
    leaves = results.sheet.leaves.filter(nw.col("flags") > 0)
    found: dict[tuple[str, str, str, str, int], list[str]] = {}
    columns = ("group", "unit", "indicator", "part", "flags", "period")
    for *key, bits, period in leaves.select(*columns).iter_rows():
        if bits & wanted:
            found.setdefault((*key, bits & wanted), []).append(period)
    for (group, unit, indicator, part, bits), periods in found.items():
        yield Handled(group, unit, indicator, part, tuple(periods), Happened(bits))


def tallied(results: Results) -> dict[Happened, tuple[int, int]]:
    """Count for each kind of special treatment the scores it touched and the units it concerned."""
    scores: Counter[Happened] = Counter()
    units: dict[Happened, set[str]] = {}
    for one in handled(results):
        for flag in one.flags:
            scores[flag] += len(one.periods)
            units.setdefault(flag, set()).add(one.unit)
    return {flag: (scores[flag], len(units[flag])) for flag in SPECIAL if scores[flag]}


def flag_word(results: Results, flag: Happened) -> str:
    """Give the short word of a flag."""
    return results.say(f"reports.flag_{str(flag.name).lower()}")


def flag_sentence(results: Results, flag: Happened) -> str:
    """Give the sentence of a flag."""
    return results.say(f"engine.flag_{str(flag.name).lower()}")
