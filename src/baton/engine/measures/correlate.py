"""How indicators go together: Pearson's correlation between the units of a group, and Cronbach's alpha of a set."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from baton.engine.measures.table import Table
from baton.engine.treatment.moments import LEAST_FOR_SKEWNESS

LEAST = LEAST_FOR_SKEWNESS
"""Units that a correlation takes at least: two points always lie on a line."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """Pearson's r of two indicators over the `units` that have both (None: too few, or one of them is constant)."""

    group: str
    period: str
    one: str
    other: str
    units: int
    r: float | None


def correlations(table: Table) -> list[Correlation]:
    """Correlate every pair of columns over the units that have both.

    r = (n S_xy - S_x S_y) / sqrt((n S_xx - S_x^2) (n S_yy - S_y^2)), sums over these units; columns are centred first,
    which changes nothing but the rounding error.
    """
    there = table.there.astype(np.float64)
    counts = there.sum(axis=0)
    centres = table.numbers.sum(axis=0) / np.maximum(counts, 1)
    x = np.where(table.there, table.numbers - centres, 0)
    n = there.T @ there
    sums = x.T @ there
    squares = (x * x).T @ there
    spread = n * squares - sums * sums
    below = spread * spread.T
    # What is left of a constant column after rounding is no spread.
    tiny = (1e-12 * n * squares) * (1e-12 * n * squares).T
    able = (n >= LEAST) & (spread > 1e-12 * n * squares) & (spread.T > (1e-12 * n * squares).T) & (below > tiny)
    r = np.where(able, (n * (x.T @ x) - sums * sums.T) / np.sqrt(np.where(able, below, 1)), 0)
    r = np.clip(r, -1, 1)
    return [
        Correlation(
            table.group,
            table.period,
            table.columns[one],
            table.columns[other],
            int(n[one, other]),
            float(r[one, other]) if able[one, other] else None,
        )
        for one, other in combinations(range(len(table.columns)), 2)
    ]


def alpha(table: Table) -> tuple[int, float | None]:
    """Cronbach's alpha over the units that have every column: how many these are, and alpha.

    alpha = k^2 x mean covariance of two columns / sum of all covariances = k/(k-1) (1 - sum of variances / variance of
    the sum) (Cronbach, Psychometrika 16, 1951). None: fewer than two columns or three units, or no variance at all.
    """
    whole = table.there.all(axis=1)
    units, k = int(whole.sum()), len(table.columns)
    if units < LEAST or k < 2:
        return units, None
    rows = table.numbers[whole]
    apart = rows - rows.sum(axis=0) / units
    covariances = apart.T @ apart
    total = float(covariances.sum())
    own = float(np.trace(covariances))
    if total <= 0 or own <= 0:
        return units, None
    return units, k / (k - 1) * (1 - own / total)
