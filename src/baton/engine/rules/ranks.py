"""Ranks as a scale: 名次标准化 and the exponential transform of ranks (指数变换)."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from baton.engine.rules.base import Bounds, Case, Columns, Needs, RuleBase, precisely
from baton.engine.rules.refusal import refusal
from baton.engine.terms import Number, RankMethod

PERCENT = Decimal(100)


class RankScale(RuleBase):
    """Rank normalisation (名次标准化): points = w (n - R) / (n - 1) (`percentile`), or w (n - R) (`borda`).

    n units with a value, R the rank from the best. `borda` makes w the worth of every unit left behind.
    Source: OECD/JRC Handbook (2008), step 5 (ranking); COINr n_prank and n_borda, which give equal values the worse
    place where `ties: competition` gives them the better.
    Edges: a group of one: w (`percentile`), 0 (`borda`). All equal: everyone is first and gets the most, with
    `ties: mean` half of it. Dense ranks do not end at n and are refused.
    """

    kind: Literal["rank_scale"] = "rank_scale"
    form: Literal["percentile", "borda"] = "percentile"
    ties: RankMethod = RankMethod.COMPETITION

    PARAMETERS: ClassVar[tuple[str, ...]] = ("borda",)
    NEEDS: ClassVar[Needs] = Needs.RANK | Needs.COUNT

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.ties is RankMethod.DENSE:
            raise refusal("scale_dense")
        return self

    def rank_method(self) -> RankMethod:
        """As `ties` says."""
        return self.ties

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """Whether places count as they are."""
        return {"borda": Decimal(self.form == "borda")}

    def bounds(self, points: Decimal) -> Bounds:
        """0, and w for percentiles."""
        return Bounds(Decimal(0), points if self.form == "percentile" else None)

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """Compute w (n - R) / (n - 1), or w (n - R)."""
        left = c.points * (c.count - c.rank)
        percentile = nw.when(c.count > 1).then(left / (c.count - 1.0)).otherwise(c.points)
        return nw.when(c.parameter("borda") > 0).then(left).otherwise(percentile)

    @precisely
    def exact(self, case: Case) -> Decimal:
        """Compute w (n - R) / (n - 1), or w (n - R)."""
        left = case.points * (case.count - case.rank)
        if self.form == "borda":
            return left
        return left / (case.count - 1) if case.count > 1 else case.points


class ExponentialRank(RuleBase):
    """Exponential transform of ranks (指数变换): points = w E / 100, E = -c ln(1 - r (1 - exp(-100 / c))).

    r = (n - R + 1) / n, the scaled rank in (0, 1] with 1 for the best. With c = 23 the best tenth covers half of the
    scale, so that strength in one part is not levelled out by weakness in another when parts are added up.
    Source: English Indices of Deprivation 2019, Technical Report (exponential transformation of the domains, constant
    23); the same formula in Scottish Indices of Deprivation 2003, Appendix 5.
    Edges: the best gets w, the last of n nearly 0 but never 0; a group of one gets w. Equal values share a rank as
    `ties` says.
    """

    kind: Literal["exponential_rank"] = "exponential_rank"
    constant: Number = Field(default=Decimal(23), gt=0)
    ties: RankMethod = RankMethod.COMPETITION

    PARAMETERS: ClassVar[tuple[str, ...]] = ("depth", "scale")
    NEEDS: ClassVar[Needs] = Needs.RANK | Needs.COUNT
    TRANSCENDENTAL: ClassVar[bool] = True

    def rank_method(self) -> RankMethod:
        """As `ties` says."""
        return self.ties

    def parameters(self, points: Decimal) -> dict[str, Decimal]:
        """1 - exp(-100 / c), and c / 100."""
        return {"depth": self._depth(), "scale": self.constant / PERCENT}

    @classmethod
    def formula(cls, c: Columns) -> nw.Expr:
        """-w c / 100 ln(1 - r depth)."""
        r = (c.count - c.rank + 1.0) / c.count
        return c.points * c.parameter("scale") * -((1.0 - r * c.parameter("depth")).log())

    @precisely
    def exact(self, case: Case) -> Decimal:
        """-w c / 100 ln(1 - r depth)."""
        r = (case.count - case.rank + 1) / case.count
        return case.points * self.constant / PERCENT * -(1 - r * self._depth()).ln()

    def _depth(self) -> Decimal:
        return 1 - (-PERCENT / self.constant).exp()
