"""From values to points: one when-chain over the kinds in use, bounds, and the one rounding of a leaf.

Rows whose result lies within a few units in the last place of a rounding boundary are scored again in exact decimals,
so that a logarithm computed differently by two engines can never give two results.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.exact.leaf import exact_case, exact_points
from baton.engine.flags import Happened
from baton.engine.plan import Leaf, Plan
from baton.engine.plan.statistic import Statistic
from baton.engine.quantum import NUDGE, quantise
from baton.engine.rules import Columns, Needs, RuleBase
from baton.engine.steps.parameters import KIND_NUMBER, MISSING, MOST_PARAMETERS, ZERO
from baton.engine.steps.room import EXACT
from baton.engine.steps.statistics import statistic_table
from baton.engine.steps.tables import Tables
from baton.engine.terms import Missing, RankMethod, ZeroDenominator

type Frame = nw.LazyFrame[Any]

FORMULA, FULL, NOTHING, EXCLUDE, PEERS, EQUAL, STOP_MISSING, STOP_ZERO, STOP_NEGATIVE, STOP_LARGE = range(10)

_NARWHALS_RANK = {RankMethod.COMPETITION: "min", RankMethod.DENSE: "dense", RankMethod.MEAN: "average"}
ASSUMED = 2
_NEAR = 2.0**-48
_FAR = 1.0e300


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the values beforehand; where a thing cannot be, no column is computed for it.

    gaps: some value is missing. quotients: some leaf divides figures. early: some figure is preliminary. large: some
    value is too large for Float64 to hold it exactly. most: no leaf may be given so many points.
    """

    gaps: bool = True
    quotients: bool = True
    early: bool = True
    large: bool = True
    most: float = 2.0**51


class Points:
    """Scores values. `frame` has u, leaf, at, x, t, state, points, full (Int64 quanta), flags."""

    def __init__(
        self,
        plan: Plan,
        tables: Tables,
        parameters: pl.DataFrame,
        found: dict[tuple[int, int], Statistic],
        backend: Backend,
        facts: Facts,
    ) -> None:
        self.plan, self.tables, self.parameters, self.found, self.backend = plan, tables, parameters, found, backend
        self.facts = facts
        self.has_target = bool(self._leaves_that(Needs.TARGET))

    def frame(self, values: Frame) -> Frame:
        """All leaf scores before peers' means are filled in."""
        rows = values.join(self.backend.frame(self._used()), on="leaf", how="inner")
        rows = self._with_spread(self._with_statistics(rows))
        rows = self._natural(rows)
        rows = self._with_tables(self._with_ranks(rows))
        rows = rows.with_columns(state=self._state())
        rows = rows.with_columns(raw=self._formula())
        return self._rounded(rows)

    def _used(self) -> pl.DataFrame:
        """The parameters that some leaf has at all."""
        used = max((len(leaf.rule.PARAMETERS) for leaf in self.plan.leaves), default=0)
        unused = [f"p{number}" for number in range(used, MOST_PARAMETERS)]
        return self.parameters.drop(*unused, "ratio_scale", "least_valid", "least_turnout", "fixed_target", "assumed")

    def _with_statistics(self, rows: Frame) -> Frame:
        if not self.found:
            nothing = nw.lit(None, dtype=nw.Float64)
            names = ("count", "best", "worst", "mean", "deviation")
            return rows.with_columns(**dict.fromkeys(names, nothing), equal=nw.lit(False))
        return rows.join(self.backend.frame(statistic_table(self.found)), on=["leaf", "at"], how="left")

    def _with_spread(self, rows: Frame) -> Frame:
        spread = self.tables.spread
        if spread is None:
            return rows
        entries = len(self.plan.entries)
        keys = [leaf.key for leaf in self.plan.leaves]
        by_leaf = spread.join(pl.DataFrame({"leaf": keys, "entry": [key % entries for key in keys]}), on="entry")
        return rows.join(self.backend.frame(by_leaf.drop("entry")), on=["leaf", "at"], how="left")

    def _natural(self, rows: Frame) -> Frame:
        """Whole numbers to natural units; x and target keep their whole form as `xi` and `ti`."""
        target = nw.col("t").cast(nw.Float64)
        scaled = target / nw.col("scale")
        if self.tables.spread is not None:
            share = target * nw.col("spread_numerator") / (nw.col("spread_denominator") * nw.col("scale"))
            scaled = nw.when(~nw.col("spread_numerator").is_null()).then(share).otherwise(scaled)
        return rows.with_columns(
            xi=nw.col("x"),
            ti=nw.col("t"),
            x=nw.col("x").cast(nw.Float64) / nw.col("scale"),
            target=scaled,
            numerator=nw.col("numerator").cast(nw.Float64),
            denominator=nw.col("denominator").cast(nw.Float64),
        )

    def _leaves_that(self, need: Needs) -> list[Leaf]:
        return [leaf for leaf in self.plan.leaves if need in leaf.rule.needs()]

    def _with_ranks(self, rows: Frame) -> Frame:
        """Rank by leaf and period, in the direction of the indicator, by each method in use."""
        ranked = self._leaves_that(Needs.RANK)
        nothing = nw.lit(None, dtype=nw.Float64)
        frames = (
            [rows.filter(~nw.col("leaf").is_in([x.key for x in ranked])).with_columns(rank=nothing)] if ranked else []
        )
        for method in {leaf.rule.rank_method() for leaf in ranked}:
            mine = [leaf.key for leaf in ranked if leaf.rule.rank_method() is method]
            key = nw.when(nw.col("sign") < 0.0).then(-nw.col("xi")).otherwise(nw.col("xi"))
            rank = key.rank(_NARWHALS_RANK[method], descending=True).over("leaf", "at")  # type: ignore[arg-type]
            frames.append(rows.filter(nw.col("leaf").is_in(mine)).with_columns(rank=rank.cast(nw.Float64)))
        return nw.concat(frames, how="vertical") if frames else rows.with_columns(rank=nothing)

    def _with_tables(self, rows: Frame) -> Frame:
        """y: what the segment table of the rule says of the key."""
        tabled = self._leaves_that(Needs.SEGMENTS)
        nothing = nw.lit(None, dtype=nw.Float64)
        if not tabled:
            return rows.with_columns(y=nothing)
        keys = [leaf.key for leaf in tabled]
        plain = rows.filter(~nw.col("leaf").is_in(keys) | nw.col("x").is_null()).with_columns(y=nothing)
        looked_up = rows.filter(nw.col("leaf").is_in(keys) & ~nw.col("x").is_null()).with_columns(
            key=self._lookup(tabled)
        )
        joined = looked_up.join(self.backend.frame(_segments(tabled)), on="leaf", how="inner")
        key, low, high = nw.col("key"), nw.col("low"), nw.col("high")
        inside = ((key >= low) & (key < high) & ~nw.col("closed_right")) | (
            (key > low) & (key <= high) & nw.col("closed_right")
        )
        between = nw.col("y_low") + (nw.col("y_high") - nw.col("y_low")) * (key - low) / (high - low)
        y = nw.when(nw.col("sloped")).then(between).otherwise(nw.col("y_low"))
        hit = joined.filter(inside).with_columns(y=y)
        hit = hit.drop("key", "low", "high", "y_low", "y_high", "closed_right", "sloped")
        return nw.concat([plain, hit], how="vertical")

    def _lookup(self, tabled: list[Leaf]) -> nw.Expr:
        kinds = _kinds(tabled)
        return _chain([(KIND_NUMBER[kind], kind.lookup(Columns(kind.PARAMETERS))) for kind in kinds])

    def _formula(self) -> nw.Expr:
        kinds = _kinds(self.plan.leaves)
        chain = _chain([(KIND_NUMBER[kind], kind.formula(Columns(kind.PARAMETERS))) for kind in kinds])
        return nw.when(nw.col("state") == FORMULA).then(chain)

    def _state(self) -> nw.Expr:
        """What decides a row: its formula, or the policy for a gap, a zero denominator or equal units."""
        cases = [(self._gap(), _by_missing()), (self._naught(), self._by_zero())]
        if self.has_target:
            cases.append((nw.col("divides") & (nw.col("target") < 0.0), nw.lit(STOP_NEGATIVE)))
        if self.found:
            cases.append((nw.col("equal") & ~nw.col("equal_points").is_null(), nw.lit(EQUAL)))
        state: nw.Expr = nw.lit(FORMULA)
        for when, then in reversed(cases):
            if when is not None:
                state = nw.when(when).then(then).otherwise(state)
        return state

    def _gap(self) -> nw.Expr | None:
        """Where the value or a wanted target is missing."""
        missing = nw.col("x").is_null()
        if self.facts.quotients:
            missing = missing & (nw.col("zero_value") == 0)
        if not self.has_target:
            return missing if self.facts.gaps or self.facts.quotients else None
        no_target = nw.col("needs_target") & nw.col("target").is_null()
        if self.facts.quotients:
            no_target = no_target & (nw.col("zero_value") == 0)
        return missing | no_target if self.facts.gaps or self.facts.quotients else no_target

    def _naught(self) -> nw.Expr | None:
        """Where a target or another denominator is zero."""
        target = nw.col("divides") & (nw.col("target") == 0.0)
        quotient = nw.col("zero_value") == 1
        if self.has_target and self.facts.quotients:
            return quotient | target
        if self.facts.quotients:
            return quotient
        return target if self.has_target else None

    @staticmethod
    def _by_zero() -> nw.Expr:
        """The state of a zero denominator."""
        policy, x = nw.col("zero"), nw.col("x")
        naught = (x == 0.0) | (x.is_null() & (nw.col("numerator") == 0.0))
        return (
            nw.when(policy == ZERO[ZeroDenominator.FULL])
            .then(nw.lit(FULL))
            .when(policy == ZERO[ZeroDenominator.ZERO])
            .then(nw.lit(NOTHING))
            .when(policy == ZERO[ZeroDenominator.EXCLUDE])
            .then(nw.lit(EXCLUDE))
            .when((policy == ZERO[ZeroDenominator.FULL_IF_ZERO]) & naught)
            .then(nw.lit(FULL))
            .when(policy == ZERO[ZeroDenominator.FULL_IF_ZERO])
            .then(nw.lit(NOTHING))
            .otherwise(nw.lit(STOP_ZERO))
        )

    def _rounded(self, rows: Frame) -> Frame:
        state = nw.col("state")
        bounded = rows.with_columns(
            raw=nw.when(state == FORMULA)
            .then(nw.col("raw"))
            .when(state == FULL)
            .then(nw.col("points_full"))
            .when(state == EQUAL)
            .then(nw.col("equal_points"))
            .when(state == NOTHING)
            .then(nw.lit(0.0))
        )
        formula = state == FORMULA
        below = formula & (nw.col("raw") < nw.col("floor"))
        above = formula & (nw.col("raw") > nw.col("cap"))
        clipped = nw.when(below).then(nw.col("floor")).when(above).then(nw.col("cap")).otherwise(nw.col("raw"))
        fits: nw.Expr = clipped
        if self._unbounded():
            too_large = formula & (clipped.abs() >= self.facts.most)
            fits = nw.when(~too_large).then(clipped)
            state = nw.when(too_large).then(nw.lit(STOP_LARGE)).otherwise(state)
        scaled = bounded.with_columns(scaled=fits * nw.col("quanta"), flags=self._flags(below, above), state=state)
        state = nw.col("state")
        return scaled.select(
            *("u", "leaf", "at"),
            x="xi",
            t="ti",
            state=state.cast(nw.Int64),
            scaled="scaled",
            points=quantise(nw.col("scaled")) * nw.col("step"),
            full=nw.when(state != EXCLUDE).then(nw.col("full")).otherwise(nw.lit(0, dtype=nw.Int64)),
            rank="rank",
            numerator="numerator",
            denominator="denominator",
            flags="flags",
        )

    def _unbounded(self) -> bool:
        """Whether some rule may give any number of points."""
        bounds = (leaf.rule.bounds(leaf.points) for leaf in self.plan.leaves)
        return any(one.floor is None or one.cap is None for one in bounds)

    def _flags(self, below: nw.Expr, above: nw.Expr) -> nw.Expr:
        bits = (nw.when(when).then(nw.lit(int(flag))).otherwise(nw.lit(0)) for when, flag in self._marks(below, above))
        return reduce(lambda one, other: one + other, bits).cast(nw.Int64)

    def _marks(self, below: nw.Expr, above: nw.Expr) -> Iterator[tuple[nw.Expr, Happened]]:
        x, state = nw.col("x"), nw.col("state")
        yield above, Happened.CAPPED
        yield below, Happened.FLOORED
        yield state == EXCLUDE, Happened.EXCLUDED
        yield state == NOTHING, Happened.COUNTED_ZERO
        yield state == FULL, Happened.COUNTED_FULL
        gap = self._gap()
        if gap is not None:
            yield self._without_few(gap) & (nw.col("idle") == 0), Happened.MISSING
            yield self._without_few(gap) & (nw.col("idle") == 1), Happened.NOT_DUE
        naught = self._naught()
        if naught is not None:
            yield naught, Happened.ZERO_DENOMINATOR
        if self.facts.gaps:
            yield nw.col("known") == 1, Happened.LAST_KNOWN
            yield nw.col("known") == ASSUMED, Happened.ASSUMED
        if self.facts.quotients:
            yield nw.col("few") == 1, Happened.TOO_FEW_VALID
        if self.facts.early:
            yield nw.col("early") == 1, Happened.PRELIMINARY
        if self.found:
            yield state == EQUAL, Happened.ALL_EQUAL
            alone = (nw.col("count") == 1.0) & ~nw.col("equal_points").is_null() & ~x.is_null()
            yield alone, Happened.ONE_UNIT

    def _without_few(self, gap: nw.Expr) -> nw.Expr:
        return gap & (nw.col("few") == 0) if self.facts.quotients else gap

    def corrected(self, rows: Frame) -> Frame:
        """Score again exactly what lies at a rounding boundary, or is too large to be compared in Float64."""
        shifted = nw.col("scaled") + (0.5 + NUDGE)
        off = shifted - shifted.floor()
        reach = shifted.abs() * _NEAR
        near = (off < reach) | (off > 1.0 - reach)
        if self.facts.large:
            near = near | (nw.col("x").abs() > EXACT) | nw.coalesce(nw.col("t").abs() > EXACT, nw.lit(False))
        near = near & (nw.col("state") == FORMULA)
        wanted = ("u", "leaf", "at", "x", "t", "rank", "numerator", "denominator", "points")
        found = self.backend.collect(rows.filter(near).select(*wanted))
        changed = []
        for u, key, at, x, t, rank, numerator, denominator, points in found.iter_rows():
            leaf = self.plan.by_key[key]
            case = exact_case(leaf, at, x, t, self.found.get((key, at), Statistic()), rank, numerator, denominator)
            right = exact_points(self.plan, leaf, case)
            if right != points:
                changed.append((u, key, at, right))
        if not changed:
            return rows
        names = {"u": pl.Int64, "leaf": pl.Int64, "at": pl.Int64, "right": pl.Int64}
        table = self.backend.frame(pl.DataFrame(changed, schema=names, orient="row"))
        joined = rows.join(table, on=["u", "leaf", "at"], how="left")
        return joined.with_columns(points=nw.coalesce("right", "points")).drop("right")


def _by_missing() -> nw.Expr:
    """The state of a gap; where no figure is due yet the leaf is left out."""
    policy = nw.col("missing")
    return (
        nw.when((policy == MISSING[Missing.EXCLUDE]) | (nw.col("idle") == 1))
        .then(nw.lit(EXCLUDE))
        .when(policy == MISSING[Missing.ZERO])
        .then(nw.lit(NOTHING))
        .when(policy == MISSING[Missing.FULL])
        .then(nw.lit(FULL))
        .when(policy == MISSING[Missing.PEER_MEAN])
        .then(nw.lit(PEERS))
        .when(policy == MISSING[Missing.LAST_KNOWN])
        .then(nw.lit(EXCLUDE))
        .otherwise(nw.lit(STOP_MISSING))
    )


def _kinds(leaves: Iterable[Leaf]) -> list[type[RuleBase]]:
    return sorted({type(leaf.rule) for leaf in leaves}, key=lambda kind: KIND_NUMBER[kind])


def _chain(cases: list[tuple[int, nw.Expr]]) -> nw.Expr:
    """When kind is the first then its expression, and so on; the last kind is the otherwise."""
    chosen = cases[-1][1]
    for number, expression in reversed(cases[:-1]):
        chosen = nw.when(nw.col("kind") == number).then(expression).otherwise(chosen)
    return chosen


def _segments(tabled: list[Leaf]) -> pl.DataFrame:
    """leaf, low, high, y_low, y_high, closed_right, sloped; unbounded ends are far beyond every figure."""
    rows = []
    for leaf in tabled:
        for piece in leaf.rule.segments():
            bounded = piece.low is not None and piece.high is not None
            rows.append(
                (
                    leaf.key,
                    -_FAR if piece.low is None else float(piece.low),
                    _FAR if piece.high is None else float(piece.high),
                    float(piece.y_low),
                    float(piece.y_high),
                    piece.closed_right,
                    bounded and piece.y_low != piece.y_high,
                )
            )
    floats = dict.fromkeys(("low", "high", "y_low", "y_high"), pl.Float64)
    names = {"leaf": pl.Int64, **floats, "closed_right": pl.Boolean, "sloped": pl.Boolean}
    return pl.DataFrame(rows, schema=names, orient="row")
