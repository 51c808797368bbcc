"""A made county for the tests of the target checks: honest figures with shocks, and a few changes made by hand."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from baton.engine.integrity import Restatement, Series


@dataclass
class County:
    """Arrays (indicators, units, months) that a test may change before it takes the series."""

    reported: np.ndarray
    physical: np.ndarray
    target: np.ndarray
    years: tuple[int, ...]
    groups: int
    linked: np.ndarray
    evidence: np.ndarray
    delay: np.ndarray
    restated: dict[tuple[int, int], list[Restatement]] = field(default_factory=dict)

    @property
    def months(self) -> tuple[str, ...]:
        """All months."""
        return tuple(f"{year}-{month:02d}" for year in self.years for month in range(1, 13))

    def series(self) -> list[Series]:
        """Give the series of all units and indicators."""
        due = [datetime(int(m[:4]), int(m[5:]), 28, tzinfo=UTC) + timedelta(days=10) for m in self.months]
        deadline = tuple(one.isoformat() for one in due)
        made = []
        for i, u in np.ndindex(self.reported.shape[:2]):
            late = self.delay[i, u]
            entered = tuple((d + timedelta(days=float(x))).isoformat() for d, x in zip(due, late, strict=True))
            one = Series(
                f"U{u:03d}", f"G{u % self.groups}", f"M{i:03d}", self.months, self.reported[i, u], self.target[i, u]
            )
            made.append(
                replace(
                    one,
                    physical=self.physical[i, u] if self.linked[i] else None,
                    evidence=tuple(f"{n:x}" for n in self.evidence[i, u]),
                    entered=entered,
                    deadline=deadline,
                    restated=tuple(self.restated.get((i, u), ())),
                )
            )
        return made


def honest(
    seed: int, indicators: int = 12, units: int = 60, years: int = 3, noise: float = 0.12, shocks: bool = True
) -> County:
    """Make honest figures: size, growth, season of indicator and unit, noise; floods, policies, projects, a merger."""
    rng = np.random.default_rng(seed)
    shape = indicators, units, 12 * years
    month = np.arange(12 * years)
    season = 0.25 * rng.standard_normal((indicators, 1, 12))[..., month % 12]
    season[..., 11::12] += 0.3 * rng.random((indicators, 1, 1))
    own = 0.06 * rng.standard_normal((indicators, units, 12))[..., month % 12]
    size = 5 + 1.2 * rng.standard_normal((indicators, units, 1))
    growth = (0.07 + 0.05 * rng.standard_normal((indicators, units, 1))) * (month / 12 - 1)
    truth = size + growth + season + own + 0.05 * rng.standard_normal((indicators, 1, 12 * years))
    if shocks:
        truth[:, rng.random(units) < 0.2, 18] -= 0.7
        truth[indicators // 2, :, 20:] += 0.3
        truth[:, units // 2, 14:] += 0.6
        for _ in range(indicators):
            truth[rng.integers(indicators), rng.integers(units), rng.integers(12 * years)] += 0.8
    wide = noise * np.exp(0.25 * rng.standard_normal((indicators, units, 1)))
    reported = np.exp(truth + wide * rng.standard_normal(shape)).round(2)
    physical = np.exp(truth + rng.standard_normal((indicators, units, 1)) + 0.08 * rng.standard_normal(shape))
    yearly = reported.reshape(indicators, units, years, 12).sum(axis=-1)
    before = np.concatenate([yearly[..., :1] * np.exp(-0.07), yearly[..., :-1]], axis=-1)
    target = before * np.exp(0.08 + 0.06 * rng.standard_normal(before.shape))
    late = rng.random(shape) < 0.03
    delay = np.where(late, rng.exponential(1.5, shape), -5 * rng.random(shape))
    evidence = rng.permutation(reported.size).reshape(shape)
    linked = np.arange(indicators) % 2 == 0
    return County(reported, physical, target, tuple(range(2023, 2023 + years)), 3, linked, evidence, delay)


def year_of(county: County, year: int) -> slice:
    """Months of a year by its place."""
    return slice(12 * year, 12 * year + 12)
