"""民主测评 and 得票率分段: points from the votes of one group of raters."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal, Self

import narwhals as nw
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Feed, Needs, RuleBase, Segment, Share, precisely
from baton.engine.rules.refusal import refusal
from baton.engine.rules.tables import look_up, steps
from baton.engine.terms import Code, Direction, Number, Record


class Ballot(RuleBase):
    """Ballot (民主测评): points = w x sum(votes x value) / (valid votes x greatest value).

    Each option is a figure: the number of its votes. Spoilt ballots and abstentions are no option and so not valid.
    Source: domain.md §6.2 rule 15a with a test vector in §6.2b (100/80/60/40, S14); minimum valid votes: rule 15d.
    Edges: fewer valid votes than `minimum_valid`, a smaller share of those entitled (figure `due`) than
    `minimum_turnout`, or no valid vote at all: the value counts as missing, with a flag. A blank for an option is
    missing, not zero votes.
    """

    kind: Literal["ballot"] = "ballot"
    options: dict[Code, Number] = Field(min_length=1)
    minimum_valid: int | None = Field(default=None, ge=1)
    minimum_turnout: Share | None = Field(default=None, gt=0, le=1)

    PARAMETERS: ClassVar[tuple[str, ...]] = ("most",)

    @model_validator(mode="after")
    def _worth_something(self) -> Self:
        if max(self.options.values()) <= 0:
            raise refusal("ballot_worthless")
        return self

    def direction(self) -> Direction:
        """More is better."""
        return Direction.HIGHER

    def feeds(self) -> tuple[Feed, ...]:
        """Make x the mean value of a valid vote."""
        worth = (Feed(option, "numerator", value) for option, value in self.options.items())
        due = () if self.minimum_turnout is None else (Feed("due", "base"),)
        return (*worth, *(Feed(option, "denominator") for option in self.options), *due)

    def least_valid(self) -> tuple[Decimal | None, Decimal | None]:
        """At least one valid vote, and the minimum turnout."""
        return Decimal(self.minimum_valid or 1), self.minimum_turnout

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Give the greatest value of a vote."""
        return {"most": max(self.options.values())}

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w x sum / (valid x most)."""
        return c.points * c.numerator / (c.denominator * c.parameter("most"))

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w x sum / (valid x most)."""
        return case.points * case.numerator / (case.denominator * max(self.options.values()))


def _as_text(value: object) -> object:
    return format(value, "f") if isinstance(value, Decimal) else str(value) if isinstance(value, int | float) else value


def _fraction(value: str) -> str:
    try:
        share = Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise refusal("fraction", given=value) from None
    if not 0 < share <= 1:
        raise refusal("fraction", given=value)
    return value


Portion = Annotated[str, BeforeValidator(_as_text), AfterValidator(_fraction)]


class AtLeast(Record):
    """From `at_least` (share of the valid votes) on: `share` of w."""

    at_least: Number = Field(ge=0, le=1)
    share: Share


class Adverse(Record):
    """Below all bands the adverse votes decide: fewer than `limit` of the valid votes, or not.

    `limit` is a share, written as a decimal or as a fraction (`1/3`, which is no decimal).
    """

    options: tuple[Code, ...] = Field(min_length=1)
    limit: Portion
    below_share: Share
    otherwise_share: Share


class BallotRate(RuleBase):
    """Bands of the share of best votes (得票率分段): points = w x share of the band of best votes / valid votes.

    Below the lowest band `adverse` decides: fewer adverse votes than the limit earn `below_share`, others
    `otherwise_share`; without `adverse` 0.
    Source: 瑞安市 2012 民主测评赋分 (S2; domain.md §6.2 rule 15b): 优秀率 >= 90 % 200, 80-90 190, 70-80 180, 60-70 170,
    below 60 with (基本称职 + 不称职) < 1/3 160, else 130 of 200.
    Edges: a rate exactly on a band's start is in the band; adverse votes of exactly the limit are not below it. No
    valid vote at all is missing. A blank for an option is missing, not zero votes.
    """

    kind: Literal["ballot_rate"] = "ballot_rate"
    best: Code
    options: tuple[Code, ...] = Field(min_length=1)
    bands: tuple[AtLeast, ...] = Field(min_length=1)
    adverse: Adverse | None = None
    minimum_valid: int | None = Field(default=None, ge=1)
    minimum_turnout: Share | None = Field(default=None, gt=0, le=1)

    PARAMETERS: ClassVar[tuple[str, ...]] = ("lowest", "below", "otherwise")
    NEEDS: ClassVar[Needs] = Needs.SEGMENTS

    @model_validator(mode="after")
    def _known(self) -> Self:
        for option in (self.best, *(self.adverse.options if self.adverse else ())):
            if option not in self.options:
                raise refusal("ballot_option", option=option, options="、".join(self.options))
        starts = [band.at_least for band in self.bands]
        if repeated := next((start for start in starts if starts.count(start) > 1), None):
            raise refusal("bands_repeated", at_least=repeated)
        return self

    def direction(self) -> Direction:
        """More is better."""
        return Direction.HIGHER

    def feeds(self) -> tuple[Feed, ...]:
        """Make x the share of best votes, and the target what is left of the limit after the adverse votes."""
        due = () if self.minimum_turnout is None else (Feed("due", "base"),)
        return (
            Feed(self.best, "numerator"),
            *(Feed(option, "denominator") for option in self.options),
            *(Feed(option, "target", factor) for option, factor in self._room().items()),
            *due,
        )

    def _room(self) -> dict[str, Decimal]:
        """Weigh each vote so that adverse / valid < a / b becomes a x valid - b x adverse > 0, in whole numbers."""
        if self.adverse is None:
            return {}
        limit = Fraction(self.adverse.limit)
        adverse = self.adverse.options
        return {o: Decimal(limit.numerator - (limit.denominator if o in adverse else 0)) for o in self.options}

    def least_valid(self) -> tuple[Decimal | None, Decimal | None]:
        """At least one valid vote, and the minimum turnout."""
        return Decimal(self.minimum_valid or 1), self.minimum_turnout

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Where the bands begin, and the shares under the limit and from it."""
        return {
            "lowest": min(band.at_least for band in self.bands),
            "below": self.adverse.below_share if self.adverse else Decimal(0),
            "otherwise": self.adverse.otherwise_share if self.adverse else Decimal(0),
        }

    def bounds(self, points: Decimal) -> Bounds:
        """Give the least and greatest share, in points."""
        adverse = (self.adverse.below_share, self.adverse.otherwise_share) if self.adverse else (Decimal(0),)
        shares = (*(band.share for band in self.bands), *adverse)
        return Bounds(min(shares) * points, max(shares) * points)

    def thresholds(self) -> tuple[Decimal, ...]:
        """Where bands begin."""
        return tuple(band.at_least for band in self.bands)

    def segments(self) -> tuple[Segment, ...]:
        """Give a step per band."""
        bands = sorted(self.bands, key=lambda band: band.at_least)
        return steps([band.at_least for band in bands], [band.share for band in bands], Decimal(0))

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w x share of the band, or of the adverse votes below all bands."""
        under = nw.when(c.target > 0).then(c.parameter("below")).otherwise(c.parameter("otherwise"))
        return nw.when(c.x < c.parameter("lowest")).then(c.points * under).otherwise(c.points * c.y)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w x share of the band, or of the adverse votes below all bands."""
        p = self.parameters(case.points)
        if case.x >= p["lowest"]:
            return case.points * look_up(self.segments(), case.x)
        return case.points * (p["below"] if case.target > 0 else p["otherwise"])
