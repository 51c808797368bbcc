"""Outliers of one column of values: the test, winsorising, and the transformation where that does not help."""

from collections.abc import Mapping
from dataclasses import dataclass

from baton.engine.scheme.treatment import Outliers
from baton.engine.treatment.moments import Moments, moments
from baton.engine.treatment.transform import transformed


@dataclass(frozen=True)
class Treatment[K]:
    """What became of a column. `before`: as it came; `winsorised`: after winsorising (None: none was asked for).

    `points`: how many values winsorising set at last, at the upper and the lower end together. `after`: after the
    transformation (None: none). `values`: the column at last; `changed`: the keys whose value winsorising set in it.
    """

    values: dict[K, int]
    before: Moments
    points: int = 0
    winsorised: Moments | None = None
    transform: str = ""
    after: Moments | None = None
    changed: frozenset[K] = frozenset()
    passes: bool = True


def treat_column[K](values: Mapping[K, int], decimals: int, how: Outliers) -> Treatment[K]:
    """Treat a column of whole numbers of 10^-decimals by the rule of COINr's `Treat` (see `Outliers`).

    All values that tie for the end are set together, so that ties can pass the limit of points. What cannot be tested
    comes back as it is, its `before` without numbers.
    """
    own = dict(values)
    before = moments(own.values())
    if not before.testable or before.passes(how.skewness, how.kurtosis):
        return Treatment(own, before, passes=before.testable)
    cut, points, changed = _winsorised(own, how)
    now = moments(cut.values()) if points else None
    last = now or before
    if last.passes(how.skewness, how.kurtosis) or how.transform == "none" or not last.testable:
        passes = last.passes(how.skewness, how.kurtosis)
        return Treatment(cut, before, points, now, changed=changed, passes=passes)
    base = cut if how.combine else own
    # COINr decides the side by the column it transforms.
    side = last if how.combine else before
    made = transformed(base, decimals, how, skewed_up=(side.skewness or 0) >= 0)
    after = moments(made.values())
    kept = changed if how.combine else frozenset()
    return Treatment(made, before, points, now, how.transform, after, kept, after.passes(how.skewness, how.kurtosis))


def _winsorised[K](values: Mapping[K, int], how: Outliers) -> tuple[dict[K, int], int, frozenset[K]]:
    """Set the values at the end that skewness points to to the next one, until the column passes or the limit is met.

    Gives the column, the number of values tied at the ends that were set, and their keys.
    """
    cut = dict(values)
    at_high: frozenset[K] = frozenset()
    at_low: frozenset[K] = frozenset()
    found = moments(cut.values())
    while found.testable and not found.passes(how.skewness, how.kurtosis):
        points = len(at_high) + len(at_low)
        if how.winsorise_at_most is not None and points >= how.winsorise_at_most:
            break
        upper = (found.skewness or 0) >= 0
        end = max(cut.values()) if upper else min(cut.values())
        tied = frozenset(key for key, x in cut.items() if x == end)
        others = [x for x in cut.values() if x != end]
        following = max(others) if upper else min(others)
        cut.update(dict.fromkeys(tied, following))
        at_high, at_low = (tied, at_low) if upper else (at_high, tied)
        found = moments(cut.values())
    changed = frozenset(key for key in at_high | at_low if cut[key] != values[key])
    return cut, len(at_high) + len(at_low), changed
