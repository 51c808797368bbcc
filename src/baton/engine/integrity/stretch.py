"""How far a proposed target stretches a unit: against its own history, its peers' growth and the county's plan.

The model, for one indicator: growth g[u,t] = log(x[u,t] / x[u,t-1]) is

    g[u,t] = m + y[t] + d[group] + b[u] + e[u,t]

with y[t] what a year did to all, d what a group keeps, b what a unit keeps (drawn towards its group as far as its own
years are few or restless: empirical Bayes), e the rest. Next year's growth is Student's t around m + d + b; its
variance adds that of e, of b that is left unknown, and of a new year's y with the doubt of m. Figures that are not all
positive are modelled by their differences in place of logarithms.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from baton.engine.integrity.robust import MISSING, average, median, spread, student_tail
from baton.engine.integrity.series import Floats
from baton.words import Problem, Refused

_FEWEST_UNITS = 5
_FEWEST_YEARS = 3
_CUT = 8.0
"""Growth this many spreads away from the middle is cut there: a merged or renamed unit, no growth."""
_PRIOR_YEARS = 6.0
"""How many years the noise of all units weighs beside a unit's own."""
_FREEDOM = (3.5, 60.0)


@dataclass(frozen=True)
class History:
    """Yearly figures of one unit, rising years without a gap between first and last; NaN for a year not reported."""

    unit: str
    group: str
    years: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Outlook:
    """Next year's figure of a unit as a distribution: Student's t with `freedom` around `centre`, of this `scale`.

    Where `logs` holds, centre and scale are those of its natural logarithm. `last` is the last figure reported.
    `shared` is the part of the scale that all units have in common (a good or bad year).
    """

    unit: str
    group: str
    year: int
    last: float
    centre: float
    scale: float
    freedom: float
    shared: float
    logs: bool

    @property
    def expected(self) -> float:
        """The middle of the distribution."""
        return math.exp(self.centre) if self.logs else self.centre

    def chance_of(self, target: float, higher: bool = True) -> float:
        """Probability of reaching a target (of staying below it where less is better)."""
        if self.logs and target <= 0:
            return 1.0 if higher else 0.0
        distance = ((math.log(target) if self.logs else target) - self.centre) / self.scale
        above = float(student_tail(np.array(distance), self.freedom))
        return above if higher else 1.0 - above

    def interval(self, share: float = 0.9) -> tuple[float, float]:
        """Interval that holds next year's figure with this probability."""
        reach = student_quantile(0.5 * (1 + share), self.freedom) * self.scale
        low, high = self.centre - reach, self.centre + reach
        return (math.exp(low), math.exp(high)) if self.logs else (low, high)


@dataclass(frozen=True)
class CountyPlan:
    """The county's own target beside those of its units: their sum, what may be expected, and the chance of it."""

    target: float
    sum_of_targets: float
    expected: float
    chance: float

    @property
    def covered(self) -> bool:
        """Whether the units' targets add up to the county's."""
        return self.sum_of_targets >= self.target


def outlooks(histories: Sequence[History]) -> dict[str, Outlook]:
    """Foretell next year's figure of every unit that reported the last year; the others are left out.

    Raises `Refused` for fewer than five units, fewer than three years, spans that differ, a unit given twice, a history
    without any growth to learn from.
    """
    values = _checked(histories)
    logs = bool((values[~np.isnan(values)] > 0).all())
    levels = np.log(values) if logs else values
    growth = _cut(np.diff(levels, axis=1))
    by_year = median(growth, axis=0)
    keep = ~np.isnan(by_year)
    years = int(keep.sum())
    middle = float(average(by_year))
    by_group = _groups(histories, growth - by_year)
    rest = growth - by_year - by_group[:, None]
    own, noise, unknown = _units(rest)
    common = float(((by_year[keep] - middle) ** 2).sum()) / max(years - 1, 1)
    shared = common * (1 + 1.0 / years)
    told = {}
    for at, one in enumerate(histories):
        if np.isnan(levels[at, -1]):
            continue
        parts = (noise[at] + unknown[at], _tail_freedom(rest)), (shared, max(years - 1.0, 1.0))
        variance = sum(part for part, _ in parts)
        freedom = variance**2 / max(sum(part**2 / free for part, free in parts), 1e-300)
        told[one.unit] = Outlook(
            one.unit,
            one.group,
            one.years[-1] + 1,
            float(values[at, -1]),
            float(levels[at, -1] + middle + by_group[at] + own[at]),
            max(math.sqrt(variance), 1e-9),
            float(np.clip(freedom, *_FREEDOM)),
            math.sqrt(shared),
            logs,
        )
    return told


def county_plan(outlook: Iterable[Outlook], targets: Mapping[str, float], county: float) -> CountyPlan:
    """Hold the units' targets, and what may be expected of them, against the county's own target.

    The chance is normal: units vary by themselves, and all together with the year.
    """
    known = list(outlook)
    expected = np.array([one.expected for one in known])
    by_unit = np.array([one.expected if one.logs else 1.0 for one in known])
    total = np.array([one.scale for one in known])
    shared = np.minimum(np.array([one.shared for one in known]), total)
    variance = ((by_unit * by_unit) * (total**2 - shared**2)).sum() + ((by_unit * shared).sum()) ** 2
    distance = (county - expected.sum()) / max(math.sqrt(float(variance)), 1e-300)
    return CountyPlan(county, math.fsum(targets.values()), float(expected.sum()), 1 - NormalDist().cdf(distance))


def student_quantile(share: float, freedom: float) -> float:
    """Quantile of Student's t, the inverse of Wallace's deviate."""
    z = NormalDist().inv_cdf(share) * (8 * freedom + 3) / (8 * freedom + 1)
    return math.copysign(math.sqrt(freedom * math.expm1(z * z / freedom)), z)


def _cut(growth: Floats) -> Floats:
    middle = median(growth.reshape(1, -1), axis=1)
    reach = _CUT * spread((growth - middle).reshape(1, -1), axis=1)
    return np.clip(growth, middle - reach, middle + reach) if float(reach[0]) > 0 else growth


def _groups(histories: Sequence[History], growth: Floats) -> Floats:
    """What each unit's group keeps beyond all, drawn towards nothing where it is not more than chance (U,)."""
    found = np.zeros(len(histories))
    groups = np.array([one.group for one in histories])
    for group in np.unique(groups):
        members = groups == group
        if members.sum() < _FEWEST_UNITS or members.all():
            continue
        own = average(growth[members], axis=1)
        effect = float(average(own))
        doubt = float(average((own - effect) ** 2)) / members.sum()
        found[members] = effect * max(0.0, 1 - doubt / max(effect**2, 1e-300))
    return found


def _units(rest: Floats) -> tuple[Floats, Floats, Floats]:
    """Own growth of each unit, variance of its years around it, and variance of what is unknown of it (U,)."""
    count = np.count_nonzero(~np.isnan(rest), axis=1)
    mean = np.nan_to_num(average(rest, axis=1))
    squares = np.nansum((rest - mean[:, None]) ** 2, axis=1)
    pooled = float(squares.sum()) / max(int(np.maximum(count - 1, 0).sum()), 1)
    noise = (squares + _PRIOR_YEARS * pooled) / (np.maximum(count - 1, 0) + _PRIOR_YEARS)
    usable = count > 0
    of_means = float(average((mean[usable] - average(mean[usable])) ** 2))
    between = max(0.0, of_means - float(average(noise[usable] / count[usable])))
    trust = between / (between + noise / np.maximum(count, 1)) if between > 0 else np.zeros_like(noise)
    return trust * mean, noise, (1 - trust) * between


def _tail_freedom(rest: Floats) -> float:
    """Degrees of freedom of the t whose kurtosis the residuals have: excess = 6 / (freedom - 4)."""
    known = rest[~np.isnan(rest)]
    second = float(average(known**2))
    if second == 0:
        return _FREEDOM[1]
    excess = float(average(known**4)) / second**2 - 3
    return _FREEDOM[1] if excess <= 0 else min(4 + 6 / excess, _FREEDOM[1])


def _checked(histories: Sequence[History]) -> Floats:
    problems: list[Problem] = []
    if len(histories) < _FEWEST_UNITS:
        problems.append(Problem("integrity.few_units", {"given": len(histories), "least": _FEWEST_UNITS}))
    seen: set[str] = set()
    for one in histories:
        if one.unit in seen:
            problems.append(Problem("integrity.history_twice", {"unit": one.unit}))
        seen.add(one.unit)
    spans = {one.years for one in histories}
    if len(spans) > 1 or any(len(one.values) != len(one.years) for one in histories):
        problems.append(Problem("integrity.spans_differ", {"spans": len(spans)}))
    elif spans and len(next(iter(spans))) < _FEWEST_YEARS:
        given = len(next(iter(spans)))
        problems.append(Problem("integrity.few_years", {"given": given, "least": _FEWEST_YEARS}))
    if problems:
        raise Refused(problems)
    values = np.array([one.values for one in histories], dtype=np.float64)
    growth = np.diff(values, axis=1)
    if np.isnan(growth).all() or not np.nan_to_num(growth).any():
        raise Refused([Problem("integrity.no_growth", {"units": len(histories)})])
    return np.where(np.isfinite(values), values, MISSING)
