"""A plan for on-site re-checks with known chances, and the corrected total it allows to estimate.

A visit plan that only goes where suspicion is cannot say how large the error of the county's figure is. Here every unit
has a chance of a visit that is known beforehand and never zero, larger where more is worth checking; whoever has seed
and list can draw the plan again.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from baton.engine.integrity.series import Flag
from baton.engine.integrity.stretch import student_quantile
from baton.words import Problem, Refused

_HIGHEST_RISK = 5.0
"""No unit is more than this many times as likely to be visited as an unsuspected one of its stratum."""


@dataclass(frozen=True)
class Candidate:
    """A unit that may be visited, its stratum (group), and its positive risk: twice the risk, twice the chance."""

    unit: str
    stratum: str
    risk: float


@dataclass(frozen=True)
class Visit:
    """A unit that is visited, and the chance it had of being drawn."""

    unit: str
    stratum: str
    chance: float


@dataclass(frozen=True)
class Plan:
    """Visits by stratum and unit; `chances` and `strata` of all candidates; `seed` with which it can be drawn again."""

    visits: tuple[Visit, ...]
    chances: Mapping[str, float]
    strata: Mapping[str, str]
    seed: int


@dataclass(frozen=True)
class Estimate:
    """A corrected total with its standard error and the 95 % interval; infinite where one visit alone was by chance."""

    total: float
    error: float
    low: float
    high: float


def candidates_of(units: Mapping[str, str], flags: Sequence[Flag]) -> tuple[Candidate, ...]:
    """Give every unit (name to group) a risk: 1, more with its flags; a root keeps one strong flag from ruling."""
    strength = dict.fromkeys(units, 0.0)
    for flag in flags:
        if flag.unit in strength:
            strength[flag.unit] += flag.strength
    return tuple(
        Candidate(unit, group, min(1.0 + math.sqrt(strength[unit]), _HIGHEST_RISK)) for unit, group in units.items()
    )


def draw(candidates: Sequence[Candidate], visits: int, seed: int) -> Plan:
    """Draw a plan of `visits` units: strata by their share of the risk, in each with chances proportional to risk.

    Within a stratum: systematic sampling with probabilities proportional to size in random order (Madow, Ann. Math.
    Stat. 20, 1949; Hartley & Rao 1962): n is fixed and the chance of unit i is exactly n x risk_i / sum of risks, or 1
    where that is more. Raises `Refused` for a unit given twice, a risk that is not positive, and more or fewer visits
    than can be made.
    """
    ordered = sorted(candidates, key=lambda one: (one.stratum, one.unit))
    _check(ordered, visits)
    strata: dict[str, list[Candidate]] = {}
    for one in ordered:
        strata.setdefault(one.stratum, []).append(one)
    generator = np.random.Generator(np.random.PCG64(seed))
    chances: dict[str, float] = {}
    drawn: set[str] = set()
    for stratum, count in _allocated(strata, visits).items():
        members = strata[stratum]
        own = _chances(np.array([one.risk for one in members]), count)
        chances |= {one.unit: float(chance) for one, chance in zip(members, own, strict=True)}
        drawn |= {members[place].unit for place in _systematic(own, generator)}
    chosen = tuple(Visit(one.unit, one.stratum, chances[one.unit]) for one in ordered if one.unit in drawn)
    return Plan(chosen, chances, {one.unit: one.stratum for one in ordered}, seed)


def corrected_total(plan: Plan, reported: Mapping[str, float], checked: Mapping[str, float]) -> Estimate:
    """Estimate the county's total from what was reported by all and found by the visits.

    See `corrected`. Raises `Refused` for a visited unit without a reported or a found figure.
    """
    lacking = [v.unit for v in plan.visits if v.unit not in checked or v.unit not in reported]
    if lacking:
        raise Refused([Problem("integrity.visit_without_figure", {"unit": unit}) for unit in lacking])
    total = sum(reported[unit] for unit in sorted(plan.chances) if unit in reported)
    return corrected(total, plan.visits, {v.unit: checked[v.unit] - reported[v.unit] for v in plan.visits})


def corrected(reported: float, visits: Sequence[Visit], differences: Mapping[str, float]) -> Estimate:
    """Correct a reported total by the differences (found - reported) that all visits found.

    Difference estimator: reported + sum over visits of difference / chance (Horvitz & Thompson, JASA 47, 1952; Sarndal,
    Swensson & Wretman 1992, 6.3), unbiased over the draws. Variance per stratum after Hajek (Ann. Math. Stat. 35,
    1964): sum of c_i (e_i - mean of e weighted with c)^2 with e = difference / chance and c = (1 - chance) n / (n - 1).
    A stratum with one uncertain visit lends the spread of all others. The interval is Student's t; its degrees of
    freedom are those of the strata's variances, visits less one, put together after Satterthwaite (Biometrics 2, 1946).
    """
    total = reported + sum(differences[v.unit] / v.chance for v in visits)
    uncertain = [v for v in visits if v.chance < 1]
    strata = sorted({v.stratum for v in uncertain})
    parts = [_variance([v for v in uncertain if v.stratum == stratum], uncertain, differences) for stratum in strata]
    variance = sum(part for part, _ in parts)
    error = math.sqrt(variance)
    spread = sum(part**2 / freedom for part, freedom in parts)
    freedom = variance**2 / spread if 0 < spread < math.inf else 1.0
    reach = student_quantile(0.975, max(freedom, 1.0)) * error
    return Estimate(total, error, total - reach, total + reach)


def _variance(own: Sequence[Visit], every: Sequence[Visit], differences: Mapping[str, float]) -> tuple[float, int]:
    """Variance that a stratum's uncertain visits bring, and its degrees of freedom; `every`: those of all strata."""
    uncertain, share = (own, 1.0) if len(own) > 1 else (every, 1.0 / len(every))
    count = len(uncertain)
    if count == 1:
        return math.inf, 1
    chances = np.array([v.chance for v in uncertain])
    expanded = np.array([differences[v.unit] for v in uncertain]) / chances
    weight = (1 - chances) * count / (count - 1)
    middle = (weight * expanded).sum() / weight.sum()
    return share * float((weight * (expanded - middle) ** 2).sum()), count - 1


def _allocated(strata: Mapping[str, Sequence[Candidate]], visits: int) -> dict[str, int]:
    """Visits of each stratum by its share of the risk: at least two (or all) where there are enough, never too many."""
    least = 2 if visits >= sum(min(2, len(members)) for members in strata.values()) else 1
    count = {stratum: min(least, len(members)) for stratum, members in strata.items()}
    risk = {stratum: sum(one.risk for one in members) for stratum, members in strata.items()}
    while sum(count.values()) < visits:
        open_ = [stratum for stratum in strata if count[stratum] < len(strata[stratum])]
        # Highest average after Sainte-Lague: every next visit goes where the risk per visit is largest.
        count[max(open_, key=lambda stratum: (risk[stratum] / (2 * count[stratum] + 1), stratum))] += 1
    return count


def _chances(risk: np.ndarray, count: int) -> np.ndarray:
    """Chances of inclusion that add up to `count`: proportional to risk, cut at 1 and shared out again."""
    certain = np.zeros(len(risk), dtype=bool)
    while True:
        left = count - certain.sum()
        chances = np.where(certain, 1.0, left * risk / max(risk[~certain].sum(), 1e-300))
        over = (chances >= 1 - 1e-12) & ~certain
        if not over.any() or certain.all():
            return np.where(certain, 1.0, chances)
        certain |= over


def _systematic(chances: np.ndarray, generator: np.random.Generator) -> list[int]:
    """Draw places in random order at equal steps along the chances laid end to end."""
    order = generator.permutation(len(chances))
    ends = np.concatenate([[0.0], np.cumsum(chances[order])])
    ends[-1] = float(np.rint(ends[-1]))
    start = generator.random()
    return [int(place) for place, (low, high) in zip(order, pairwise(ends), strict=True) if _hit(low, high, start)]


def _hit(low: float, high: float, start: float) -> bool:
    """Whether start + a whole number lies in [low, high)."""
    return math.ceil(low - start) < math.ceil(high - start)


def _check(candidates: Sequence[Candidate], visits: int) -> None:
    problems: list[Problem] = []
    seen: set[str] = set()
    for one in candidates:
        if one.unit in seen:
            problems.append(Problem("integrity.candidate_twice", {"unit": one.unit}))
        seen.add(one.unit)
        if not (math.isfinite(one.risk) and one.risk > 0):
            problems.append(Problem("integrity.risk_not_positive", {"unit": one.unit, "given": one.risk}))
    strata = len({one.stratum for one in candidates})
    if not strata <= visits <= len(candidates):
        params = {"given": visits, "least": strata, "most": len(candidates)}
        problems.append(Problem("integrity.visits_out_of_range", params))
    if problems:
        raise Refused(problems)
