"""The indicators a county reports: money, counts, percentages and stocks, each with habits of its own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from rates import REVISED_INDICATORS, REVISED_MONTHS

type Floats = NDArray[np.float64]
YEARLY: dict[str, Literal["sum", "mean", "last"]] = {"money": "sum", "count": "sum", "percent": "mean", "stock": "last"}


class Nature(StrEnum):
    """What an indicator measures; it settles how months make a year and how a figure moves."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    STOCK = "stock"


SHARES = {Nature.MONEY: 0.42, Nature.COUNT: 0.23, Nature.PERCENT: 0.15, Nature.STOCK: 0.20}


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    scale: the middle unit's monthly figure. season (12,): factors around 1 (points around 0 for percentages). growth: a
    year. noise: standard deviation of a month, relative (points for percentages); echo: share that carries over to the
    next month. grain: the step figures are rounded to. spread: how far apart targets are set for honest reasons.
    physical: whether a physical figure is linked, and how loosely. revised: share of months that get a final figure
    after a preliminary one. evidence: whether files are handed in, and whether the county hands out one for a quarter.
    due: day of the next month until which figures are due. stepwise: changes at quarter ends only.
    """

    code: str
    nature: Nature
    scale: float
    season: Floats
    growth: float
    noise: float
    echo: float
    grain: float
    spread: float
    with_target: bool
    physical: float | None
    revised: float
    evidence: Literal["none", "own", "bulletin", "quarterly"]
    due: int
    stepwise: bool

    @property
    def yearly(self) -> Literal["sum", "mean", "last"]:
        """How twelve months make the year's figure."""
        return YEARLY[self.nature]

    @property
    def flows(self) -> bool:
        """Whether months add up."""
        return self.yearly == "sum"


def draw_indicators(rng: Generator, count: int) -> tuple[Indicator, ...]:
    """Draw the indicators of a county, every nature among them where there is room."""
    natures = [list(Nature)[number] for number in range(min(count, len(Nature)))]
    natures += list(rng.choice(list(SHARES), size=count - len(natures), p=list(SHARES.values())))
    return tuple(_draw(rng, f"I{place + 1:03}", Nature(nature)) for place, nature in enumerate(natures))


def _draw(rng: Generator, code: str, nature: Nature) -> Indicator:
    scale = _scale(rng, nature)
    flows = YEARLY[nature] == "sum"
    estimated = flows and rng.random() < 0.06
    noise = {
        Nature.MONEY: rng.uniform(0.05, 0.17),
        Nature.COUNT: rng.uniform(0.04, 0.12),
        Nature.PERCENT: rng.uniform(0.4, 1.8),
        Nature.STOCK: rng.uniform(0.004, 0.014),
    }[nature]
    return Indicator(
        code=code,
        nature=nature,
        scale=scale,
        season=_season(rng, nature),
        growth=rng.uniform(0.0, 0.10) if nature != Nature.PERCENT else rng.uniform(0.0, 1.0),
        # A few figures are shares of a yearly estimate: smooth for every unit and nobody's fault.
        noise=0.012 if estimated else noise,
        echo=rng.uniform(0.0, 0.5),
        grain=_grain(rng, nature, scale),
        spread=rng.uniform(0.015, 0.045) if nature != Nature.PERCENT else rng.uniform(0.2, 0.8),
        with_target=bool(rng.random() < 0.85),
        physical=rng.uniform(0.025, 0.07) if flows and rng.random() < 0.5 else None,
        revised=rng.uniform(*REVISED_MONTHS) if rng.random() < REVISED_INDICATORS else 0.0,
        evidence=rng.choice(["none", "own", "bulletin", "quarterly"], p=[0.25, 0.6, 0.08, 0.07]),
        due=int(rng.choice([5, 8, 10])),
        stepwise=bool(nature == Nature.STOCK and rng.random() < 0.3),
    )


def _scale(rng: Generator, nature: Nature) -> float:
    if nature == Nature.PERCENT:
        return float(rng.uniform(62, 97))
    middle, width = {Nature.MONEY: (900, 1.3), Nature.COUNT: (60, 1.2), Nature.STOCK: (3000, 1.4)}[nature]
    return float(middle * np.exp(width * rng.standard_normal()))


def _grain(rng: Generator, nature: Nature, scale: float) -> float:
    """Choose how an office rounds for everybody: to the cent or to whole 10,000 yuan, never to nothing."""
    if nature == Nature.COUNT:
        return 1.0
    if nature == Nature.PERCENT:
        return float(rng.choice([0.01, 0.1, 0.1]))
    grain = float(rng.choice([0.01, 0.1, 1.0, 1.0, 10.0], p=[0.3, 0.2, 0.25, 0.2, 0.05]))
    return float(min(grain, 10.0 ** np.floor(np.log10(scale / 40))))


def _season(rng: Generator, nature: Nature) -> Floats:
    if nature == Nature.STOCK:
        return np.ones(12)
    if nature == Nature.PERCENT:
        return rng.normal(0, rng.uniform(0.1, 0.6), 12)
    season = np.exp(rng.uniform(0.03, 0.22) * rng.standard_normal(12))
    season[1] *= rng.uniform(0.7, 0.98)  # Spring Festival
    season[[2, 5, 8, 11]] *= rng.uniform(1.0, 1.25)  # ends of quarters
    if rng.random() < 0.3:
        season[11] *= rng.uniform(1.4, 2.6)  # payments and acceptances are really made in December
    return season / season.mean()
