"""Grades and ranks: thresholds, quotas, tie-breaks, and the precision at which units count as equal."""

from typing import Annotated, Literal

from pydantic import Field

from baton.engine.terms import Code, Name, Number, RankMethod, Record, Rounding


class Grade(Record):
    """A grade, best first in the list: least score and share of the group that may have it (None: no such bound)."""

    code: Code
    name: Name
    at_least: Number | None = None
    quota: Number | None = Field(default=None, ge=0, le=1)
    consequence: str = ""


class Grading(Record):
    """How suggested grades come about; where threshold and quota disagree the stricter wins.

    `vetoed_uses_quota`: whether a unit that a veto keeps from a grade still uses up a place of it; if not, the next
    unit moves up (it must still reach the threshold). `boundary_tie`: what happens when more units tie for the
    last places than there are places: `none` of them, `all` of them.
    """

    grades: tuple[Grade, ...] = ()
    quota_rounding: Rounding = Rounding.DOWN
    vetoed_uses_quota: bool = False
    boundary_tie: Literal["none", "all"] = "none"
    source: str = ""


class NoDeduction(Record):
    """A unit without deductions ranks before one with."""

    kind: Literal["no_deduction"] = "no_deduction"


class NoVeto(Record):
    """A unit without vetoes ranks before one with."""

    kind: Literal["no_veto"] = "no_veto"


class HigherNode(Record):
    """The unit with the higher score of a node or indicator ranks first."""

    kind: Literal["node"] = "node"
    node: Code


class HigherBonus(Record):
    """The unit with more bonus points that count for ties ranks first."""

    kind: Literal["bonus"] = "bonus"


TieBreak = Annotated[NoDeduction | NoVeto | HigherNode | HigherBonus, Field(discriminator="kind")]


class Ranking(Record):
    """How units of a group are ranked: `decimals` is the precision at which scores are compared."""

    method: RankMethod = RankMethod.COMPETITION
    decimals: int = Field(default=2, ge=0, le=9)
    tie_breaks: tuple[TieBreak, ...] = ()
    intervals_in_public: bool = False
