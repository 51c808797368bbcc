"""What all files gave, compared: figures reported twice, corrections, what is refused."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from baton.engine.panel import Observation
from baton.engine.terms import plain
from baton.sheets.reports.model import Correction, FileTaken
from baton.words import Place, Problem, Severity

type Key = tuple[str, str, str, str]


def key_of(one: Observation) -> Key:
    """Give what an observation is of: unit, series, figure, period."""
    return one.unit, one.series, one.figure, one.period


def place_of(one: Observation) -> Place:
    """Give the cell of an observation."""
    return Place(one.origin.file, one.origin.sheet, one.origin.cell)


def compare(files: Sequence[FileTaken]) -> list[Correction]:
    """Find figures that were reported more than once: problems go to the later file, corrections are given back.

    The same version with different values is an error that names both cells; the same value twice is a warning, except
    for annual figures, which stand in every month's table. Of equal reports only the first stays.
    """
    groups: dict[Key, list[tuple[FileTaken, Observation]]] = defaultdict(list)
    for taken in files:
        for one in taken.observations:
            groups[key_of(one)].append((taken, one))
    corrections: list[Correction] = []
    dropped: set[int] = set()
    for several in groups.values():
        if len(several) > 1:
            dropped |= set(_same_standing(several))
            corrections += _corrected([one for _, one in several])
    if dropped:
        for taken in files:
            taken.observations = [one for one in taken.observations if id(one) not in dropped]
    return corrections


def _same_standing(several: Sequence[tuple[FileTaken, Observation]]) -> Iterator[int]:
    """Report observations of the same version; gives the identities of those that say nothing new."""
    first: dict[tuple[int, bool], Observation] = {}
    for taken, one in several:
        before = first.setdefault((one.version, one.preliminary), one)
        if before is one:
            continue
        params = {
            "unit": one.unit,
            "figure": f"{one.series}.{one.figure}",
            "period": one.period,
            "given": _shown(one),
            "other": _shown(before),
            "where": place_of(before).label(),
        }
        if one.value != before.value:
            taken.problems.append(Problem("sheets.reported_differently", params, place_of(one)))
        else:
            yield id(one)
            if one.origin.file != before.origin.file and len(one.period) > len("2025"):
                warning = Problem("sheets.reported_again", params, place_of(one), Severity.WARNING)
                taken.problems.append(warning)


def _corrected(several: Sequence[Observation]) -> Iterator[Correction]:
    ordered = sorted({one.version: one for one in reversed(several)}.values(), key=lambda one: one.version)
    for before, after in pairwise(ordered):
        if before.value != after.value:
            yield Correction(before, after)


def _shown(one: Observation) -> str:
    return "—" if one.value is None else plain(one.value)
