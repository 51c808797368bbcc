"""What a robustness analysis gives back: per group, how sure each rank is and what it hangs on.

Ranks, shares and probabilities are floats: they are estimates from draws, never official figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from baton.engine.robustness.settings import Settings
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class Interval:
    """Ranks from best to worst; 1 is first."""

    best: int
    worst: int

    @property
    def width(self) -> int:
        """How many places it spans, both ends included."""
        return self.worst - self.best + 1


@dataclass(frozen=True, slots=True)
class UnitRobustness:
    """How sure a unit's rank is.

    rank and grade: those of the result. total: its total, in points.
    noise: standard deviation of the measurement noise of its base score, in points (None: not known).
    everyday: its rank under measurement noise alone, weights and methods as they are (empirical Bayes; None: the result
      has no months to see the noise in, and none was given).
    choices: its rank under other weights, normalisations, aggregations and ways to treat gaps.
    grades_everyday, grades_by_choice: probability of each grade by its code, "" for none; empty where the group has no
      grades (or no noise is known).
    band: which band of units that cannot be told apart it is in, 1 is best.
    """

    unit: str
    rank: float
    total: float
    grade: str | None
    noise: float | None
    everyday: Interval | None
    choices: Interval
    grades_everyday: Mapping[str, float]
    grades_by_choice: Mapping[str, float]
    band: int

    @property
    def sure_of_grade(self) -> float | None:
        """Probability of the suggested grade: under noise where that is known, otherwise under other choices."""
        grades = self.grades_everyday or self.grades_by_choice
        return grades.get(self.grade or "", 0.0) if grades else None


@dataclass(frozen=True, slots=True)
class WeightRobustness:
    """How much hangs on the weight of an indicator (or of a node that holds the individual goals of units).

    code: of the indicator or node. weight: its share of the group's total, 0..1.
    importance: first-order Sobol index of its weight for the mean absolute rank shift, 0..1 (None: not computed).
    shift: mean absolute rank shift over the units when this weight alone is doubted by one standard deviation.
    without: mean absolute rank shift when it is left out; most: the largest one, and `moved`, the unit that has it.
    """

    code: str
    weight: float
    importance: float | None
    shift: float
    without: float
    most: int
    moved: str


@dataclass(frozen=True, slots=True)
class Reversal:
    """The smallest move of one weight by which two neighbours change places, all other weights keeping proportions.

    ahead, behind: units next to each other in the ranking. code: of the indicator or node whose weight would have to
    move, with its share of the total now and where both are equal (code "" and None: no weight alone does).
    """

    ahead: str
    behind: str
    code: str
    weight: float | None
    needed: float | None


@dataclass(frozen=True, slots=True)
class Boundary:
    """A boundary between two grades that separates units which cannot be told apart.

    above, below: grades (codes, "" none); ahead, behind: the last unit above it and the first below, as ranked.
    reversed_share: in which share of the draws they stand the other way round.
    up, down: how many units would have to go to the better or the worse grade, so that the boundary falls where
      neighbours can be told apart (None: there is no such place in that direction within the two grades).
    """

    above: str
    below: str
    ahead: str
    behind: str
    reversed_share: float
    up: int | None
    down: int | None


@dataclass(frozen=True, slots=True)
class Covered:
    """How many points of the group's total the everyday interval speaks of: those whose noise is known.

    The others are taken as free of error, so the true interval is wider. points: 0 where no noise is known.
    """

    points: float
    full: float

    @property
    def whole(self) -> bool:
        """Whether it speaks of all points."""
        return self.points >= self.full


@dataclass(frozen=True)
class GroupRobustness:
    """One group. units: in the order of the result. weights: those first that move ranks most when doubted.

    reversals: down the ranking.

    bands: units that cannot be told apart, best band first. boundaries: advice, never a decision. combinations: how
    many different ways to normalise, aggregate and fill gaps were tried. notices: what was left out and why.
    covered: how much of the total the everyday interval speaks of.
    """

    group: str
    units: tuple[UnitRobustness, ...]
    weights: tuple[WeightRobustness, ...]
    reversals: tuple[Reversal, ...]
    bands: tuple[tuple[str, ...], ...]
    boundaries: tuple[Boundary, ...]
    combinations: int
    notices: tuple[Problem, ...] = ()
    covered: Covered | None = None


@dataclass(frozen=True)
class Robustness:
    """The robustness of a result. digest: of the result it belongs to. problems: groups that could not be analysed."""

    year: int
    digest: str
    settings: Settings
    groups: tuple[GroupRobustness, ...]
    problems: tuple[Problem, ...] = ()
