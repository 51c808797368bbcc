"""What a robustness analysis is asked for: how many draws, from which seed, how much doubt, which other choices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from baton.words import Problem, Refused

MOST_DRAWS = 20_000
MOST_DOUBT = 0.7


class Normalisation(StrEnum):
    """How an indicator's scores are put on one scale: as scored, or anew within the group."""

    SCORED = "scored"
    MIN_MAX = "min_max"
    Z_SCORE = "z_score"
    RANK = "rank"


class Aggregation(StrEnum):
    """How children become their parent's score: as the scheme says, all means arithmetic, or a geometric root."""

    SCHEME = "scheme"
    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


class Gaps(StrEnum):
    """What stands in for a missing figure: as the scheme says, nothing (its weight shared out), the peers' mean, 0."""

    SCHEME = "scheme"
    EXCLUDE = "exclude"
    PEER_MEAN = "peer_mean"
    ZERO = "zero"


@dataclass(frozen=True)
class Settings:
    """How the analysis is made.

    draws: how many results are drawn for each interval. seed: of NumPy's PCG64; the same seed gives the same result.
    doubt: how far weights are doubted, as the relative standard deviation of a weight of average size among its
      siblings (0.25: a weight of 20 % is mostly between 15 % and 25 %); weights are drawn from Dirichlet
      distributions around the scheme's own.
    level: share of the draws that an interval covers (0.90: from the 5th to the 95th percentile).
    noise: standard deviation of the measurement noise of the base score in points, by unit, where it is known from
      elsewhere; units that are not named take it from the spread of their months.
    points: points of a Latin hypercube at which the importance of weights is looked at; with 2,048 the worst error of
      rank shifts under eight weights is 0.014, with half of them 0.022 (tests/engine/robustness/test_weights.py).
    """

    draws: int = 1_000
    seed: int = 1
    doubt: float = 0.25
    level: float = 0.90
    noise: Mapping[str, float] = field(default_factory=dict)
    normalisations: tuple[Normalisation, ...] = tuple(Normalisation)
    aggregations: tuple[Aggregation, ...] = tuple(Aggregation)
    gaps: tuple[Gaps, ...] = tuple(Gaps)
    points: int = 2_048

    def __post_init__(self) -> None:
        """Raise `Refused` with every setting that cannot be used."""
        problems = [
            Problem("robust.setting", {"name": name, "given": given, "expected": expected})
            for name, given, expected, good in (
                ("draws", self.draws, f"100..{MOST_DRAWS}", 100 <= self.draws <= MOST_DRAWS),
                ("seed", self.seed, ">= 0", self.seed >= 0),
                ("doubt", self.doubt, f"0..{MOST_DOUBT:g}", 0 < self.doubt <= MOST_DOUBT),
                ("level", self.level, "0.5..0.99", 0.5 <= self.level <= 0.99),
                ("points", self.points, ">= 64", self.points >= 64),
                ("noise", min(self.noise.values(), default=0.0), ">= 0", min(self.noise.values(), default=0.0) >= 0),
                ("normalisations", "", "1..", bool(self.normalisations)),
                ("aggregations", "", "1..", bool(self.aggregations)),
                ("gaps", "", "1..", bool(self.gaps)),
            )
            if not good
        ]
        if problems:
            raise Refused(problems)


type Progress = Callable[[str, int, int], None]
"""Told the code of a step, how much of it is done and how much there is; it may raise to cancel."""


def silent(code: str, done: int, total: int) -> None:
    """Take progress and say nothing."""
