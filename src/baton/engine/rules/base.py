"""What every rule kind is: typed options, the figures and statistics it needs, its formula twice.

A rule turns the value x of one indicator into points. It is written once as a column expression (`formula`) that runs
on every engine, and once in `Decimal` (`exact`), which is the oracle of the tests and of `baton verify`.
Both give points before bounds; the engine clips to `bounds` and then rounds once.

The engine has dealt with everything that is no number before a formula is asked: a missing value, a zero denominator
and a group whose units are all equal follow the policies of the indicator and of the rule's `all_equal`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from enum import Flag, auto
from functools import wraps
from typing import ClassVar, Literal

import narwhals as nw

from baton.engine.terms import Direction, Number, RankMethod, Record
from baton.engine.values import Value


class Needs(Flag):
    """What a kind needs beside the value: figures (target), statistics of the group, or a table of segments.

    DIVISOR: the target is divided by, so that zero follows a policy and a negative one is refused.
    """

    NOTHING = 0
    TARGET = auto()
    EXTREMES = auto()
    MEAN = auto()
    DEVIATION = auto()
    RANK = auto()
    COUNT = auto()
    SEGMENTS = auto()
    DIVISOR = auto()


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns a formula may use, all Float64 unless said otherwise.

    x, target: value and target in natural units. points: the full points. sign: +1 higher is better, -1 lower.
    best, worst: extremes of the group by direction, or the fixed numbers of the rule. mean, deviation, count: of the
    values present in group and period (deviation: divisor count - 1, or count where the rule says `sample: false`).
    rank: 1 = best, method as in the rule. y: result of the segment table.
    numerator, denominator: of a value that is a ratio. A value is exact to 12 decimals where it is a ratio.
    parameters: p0, p1, ... in the order of the kind's PARAMETERS.
    """

    names: tuple[str, ...]

    x: ClassVar[nw.Expr] = nw.col("x")
    target: ClassVar[nw.Expr] = nw.col("target")
    points: ClassVar[nw.Expr] = nw.col("points_full")
    sign: ClassVar[nw.Expr] = nw.col("sign")
    best: ClassVar[nw.Expr] = nw.col("best")
    worst: ClassVar[nw.Expr] = nw.col("worst")
    mean: ClassVar[nw.Expr] = nw.col("mean")
    deviation: ClassVar[nw.Expr] = nw.col("deviation")
    count: ClassVar[nw.Expr] = nw.col("count")
    rank: ClassVar[nw.Expr] = nw.col("rank")
    y: ClassVar[nw.Expr] = nw.col("y")
    numerator: ClassVar[nw.Expr] = nw.col("numerator")
    denominator: ClassVar[nw.Expr] = nw.col("denominator")

    def parameter(self, name: str) -> nw.Expr:
        """Give the column of a parameter of this kind."""
        return nw.col(f"p{self.names.index(name)}")


@dataclass(frozen=True, slots=True)
class Case:
    """One leaf with everything its rule needs, in exact decimals; the same names as `Columns`."""

    x: Decimal
    points: Decimal
    sign: int = 1
    target: Decimal = Decimal(0)
    best: Decimal = Decimal(0)
    worst: Decimal = Decimal(0)
    mean: Decimal = Decimal(0)
    deviation: Decimal = Decimal(0)
    count: Decimal = Decimal(0)
    rank: Decimal = Decimal(0)
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a table: for low <= key < high (None: unbounded) y runs linearly from y_low to y_high.

    Where an end is unbounded y is y_low throughout. `closed_right` turns the interval into low < key <= high.
    y is a share of the full points (or points, where the rule says so).
    """

    low: Decimal | None
    high: Decimal | None
    y_low: Decimal
    y_high: Decimal
    closed_right: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and greatest points (None: no bound)."""

    floor: Decimal | None = Decimal(0)
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A reported figure that enters the value of an indicator, times `factor`.

    roles: "value" adds to x; "target" to the target; "numerator" and "denominator" make x = scale x n / d;
    "present" adds factor to the denominator if the figure is there at all; "base" is what a turnout is measured
    against. All figures of the roles value, numerator, denominator must be there, or the value is missing; where a
    "present" feed exists, those figures that are there suffice.
    """

    figure: str
    role: Literal["value", "target", "numerator", "denominator", "present", "base"]
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an indicator scored by a rule of its own: points = w x numerator / denominator.

    `figures` says under which reported name the part finds each figure its rule asks for. Each part is rounded once;
    the indicator is the sum of its parts.
    """

    code: str
    name: str
    numerator: Decimal
    denominator: Decimal
    rule: "RuleBase"
    value: Value
    figures: Mapping[str, str]


class RuleBase(Record):
    """Base of all kinds. A kind adds its options as fields and a literal `kind`.

    PARAMETERS name the columns p0, p1, ... of the formula. TRANSCENDENTAL marks formulas with log, exp or a root, whose
    last digits differ between engines; near a rounding boundary the engine asks `exact` instead.
    """

    PARAMETERS: ClassVar[tuple[str, ...]] = ()
    NEEDS: ClassVar[Needs] = Needs.NOTHING
    TRANSCENDENTAL: ClassVar[bool] = False
    LOOKS_FURTHER: ClassVar[bool] = False

    def needs(self) -> Needs:
        """Give what this rule needs; kinds whose options change it (fixed best instead of group best) override."""
        return self.NEEDS

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give the numbers behind PARAMETERS for an indicator of so many full points."""
        return {}

    def bounds(self, points: Decimal) -> Bounds:
        """Least and greatest points for an indicator of so many full points."""
        return Bounds(Decimal(0), points)

    def segments(self) -> tuple[Segment, ...]:
        """Give the table of a kind that needs SEGMENTS, covering every number once."""
        return ()

    def fixed(self) -> tuple[Decimal | None, Decimal | None]:
        """Give fixed (best, worst) instead of the group's; None where the group decides."""
        return None, None

    def feeds(self) -> tuple[Feed, ...]:
        """Give the figures this kind reads instead of the indicator's own value form; empty: the value form decides."""
        return ()

    def least_valid(self) -> tuple[Decimal | None, Decimal | None]:
        """Least denominator, and least share of denominator in the base, below which the value counts as missing."""
        return None, None

    def rank_method(self) -> RankMethod:
        """How equal values are ranked, for kinds that need RANK."""
        return RankMethod.COMPETITION

    @classmethod
    def lookup(cls, c: Columns) -> nw.Expr:
        """Give the key looked up in the segment table: x, unless a kind says otherwise."""
        return c.x

    def key(self, case: Case) -> Decimal:
        """Give the same key in exact decimals."""
        return case.x

    def parts(self) -> tuple[Part, ...]:
        """Parts with rules of their own; empty for a kind that scores the indicator as a whole."""
        return ()

    def part_name(self, code: str) -> str:
        """Name a part, also one of a part (`rate.leaders`); a code that it does not have stays as it is."""
        return next((part.name for part in self.parts() if part.code == code), code)

    def equal_share(self) -> Decimal | None:
        """Share of the points that all get where best equals worst (or deviation is 0); None: not looked at."""
        return None

    def direction(self) -> Direction | None:
        """Give the only direction of the indicator with which these options make sense; None: either."""
        return None

    def thresholds(self) -> tuple[Decimal, ...]:
        """Numbers that values are compared with; the engine scales values so that each is a whole number."""
        return ()

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Points before bounds, as a column expression."""
        raise TypeError(f"{cls.__name__} is not a kind of rule")

    def exact(self, case: Case) -> Decimal:
        """Points before bounds, in `Decimal` with at least 50 digits."""
        raise TypeError(f"{type(self).__name__} is not a kind of rule")

    def score(self, case: Case) -> Decimal:
        """Points within bounds, before rounding: `exact` and then `bounds`."""
        bounds, points = self.bounds(case.points), self.exact(case)
        if bounds.floor is not None:
            points = max(points, bounds.floor)
        return points if bounds.cap is None else min(points, bounds.cap)


def precisely[R, C](exact: Callable[[R, C], Decimal]) -> Callable[[R, C], Decimal]:
    """Give an `exact` 60 significant digits, whatever the caller's decimal context is."""

    @wraps(exact)
    def with_digits(rule: R, case: C) -> Decimal:
        with localcontext(Context(prec=60)):
            return exact(rule, case)

    return with_digits


Share = Number
