"""What a formula needs beside the value, joined to the rows: parameters, statistics, ranks, tables, targets' spread."""

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Leaf
from baton.engine.plan.statistic import Statistic
from baton.engine.rules import Columns, Needs, RuleBase
from baton.engine.steps.keys import KEY
from baton.engine.steps.parameters import KIND_NUMBER, MOST_PARAMETERS
from baton.engine.steps.portions import Portion
from baton.engine.steps.statistics import statistic_table
from baton.engine.steps.tables import Tables
from baton.engine.terms import Frequency, RankMethod

type Frame = nw.LazyFrame[Any]
type Found = Mapping[tuple[int, int], Statistic] | None

_NARWHALS_RANK = {RankMethod.COMPETITION: "min", RankMethod.DENSE: "dense", RankMethod.MEAN: "average"}
_FAR = 1.0e300
_NOTHING = nw.lit(None, dtype=nw.Float64)


LIGHT = ("kind", "sign", "scale")
"""Parameters that ranks and tables read."""
_NOT_READ = ("ratio_scale", "least_valid", "least_turnout", "fixed_target", "assumed")


def looks_further(portion: Portion) -> bool:
    """Whether some table is looked into by more than the value: by parameters, ranks and numbers of units."""
    return any(leaf.rule.LOOKS_FURTHER for leaf in portion.that(Needs.SEGMENTS))


def with_light(rows: Frame, portion: Portion, parameters: pl.DataFrame, backend: Backend) -> Frame:
    """Add what ranks and tables read, and give x in natural units; its whole form stays as `xi`."""
    names = (*LIGHT, *_of_rules(portion)) if looks_further(portion) else LIGHT
    joined = _joined(rows, portion, parameters.select("leaf", *names), backend)
    return joined.with_columns(xi=nw.col("x"), x=nw.col("x").cast(nw.Float64) / nw.col("scale"))


def with_parameters(rows: Frame, portion: Portion, parameters: pl.DataFrame, found: Found, backend: Backend) -> Frame:
    """Add the other parameters that some leaf of the portion has at all, and what rules compare a unit with.

    `found` None: the rows have that already.
    """
    of_rules = set(_of_rules(portion))
    known = {"leaf", *LIGHT, *_NOT_READ, *(of_rules if looks_further(portion) else ())}
    unused = {f"p{number}" for number in range(MOST_PARAMETERS)} - of_rules
    table = parameters.drop((known | unused) - {"leaf"})
    if found and len({leaf for leaf, _ in found}) == len(found) and _of_years(portion):
        compared = statistic_table(found).drop("at")
        return _joined(rows, portion, table.join(compared, on="leaf", how="left"), backend)
    joined = _joined(rows, portion, table, backend)
    return joined if found is None else with_statistics(joined, found, backend)


def _of_years(portion: Portion) -> bool:
    """Whether every leaf is scored once, so that what it is compared with hangs on the leaf alone."""
    return all(leaf.frequency is Frequency.YEAR for leaf in portion.leaves)


def _of_rules(portion: Portion) -> list[str]:
    return [f"p{n}" for n in range(max((len(leaf.rule.PARAMETERS) for leaf in portion.leaves), default=0))]


def _joined(rows: Frame, portion: Portion, table: pl.DataFrame, backend: Backend) -> Frame:
    mine = table if portion.whole else table.filter(pl.col("leaf").is_in(portion.keys))
    return rows.join(backend.frame(mine), on="leaf", how="inner")


def with_statistics(rows: Frame, found: Mapping[tuple[int, int], Statistic], backend: Backend) -> Frame:
    """Add what rules compare a unit with."""
    if not found:
        names = ("count", "best", "worst", "mean", "deviation")
        return rows.with_columns(**dict.fromkeys(names, _NOTHING), equal=nw.lit(False))
    return rows.join(backend.frame(statistic_table(found)), on=["leaf", "at"], how="left")


def with_natural_units(rows: Frame, portion: Portion, tables: Tables, backend: Backend) -> Frame:
    """Targets, spread over the year, and the sides of quotients to natural units; `ti` is a target in whole form."""
    target = nw.col("t").cast(nw.Float64)
    scaled = target / nw.col("scale")
    spread = _spread(portion, tables)
    if spread is not None:
        rows = rows.join(backend.frame(spread), on=["leaf", "at"], how="left")
        share = target * nw.col("spread_numerator") / (nw.col("spread_denominator") * nw.col("scale"))
        scaled = nw.when(~nw.col("spread_numerator").is_null()).then(share).otherwise(scaled)
    return rows.with_columns(
        ti=nw.col("t"),
        target=scaled,
        numerator=nw.col("numerator").cast(nw.Float64),
        denominator=nw.col("denominator").cast(nw.Float64),
    )


def _spread(portion: Portion, tables: Tables) -> pl.DataFrame | None:
    """leaf, at, spread_numerator, spread_denominator; None where no target of the portion is spread."""
    if tables.spread is None:
        return None
    entries = len(tables.plan.entries)
    numbers = {"leaf": portion.keys, "entry": [key % entries for key in portion.keys]}
    found = tables.spread.join(pl.DataFrame(numbers, schema=dict.fromkeys(numbers, KEY)), on="entry").drop("entry")
    return None if found.is_empty() else found


def with_ranks(rows: Frame, portion: Portion) -> Frame:
    """Rank by leaf and period, in the direction of the indicator, by each method in use."""
    ranked = portion.that(Needs.RANK)
    if not ranked:
        return rows.with_columns(rank=_NOTHING)
    frames = []
    if len(ranked) < len(portion.leaves):
        frames.append(rows.filter(~nw.col("leaf").is_in([leaf.key for leaf in ranked])).with_columns(rank=_NOTHING))
    methods = sorted({leaf.rule.rank_method() for leaf in ranked})
    for method in methods:
        mine = [leaf.key for leaf in ranked if leaf.rule.rank_method() is method]
        key = nw.when(nw.col("sign") < 0.0).then(-nw.col("xi")).otherwise(nw.col("xi"))
        rank = key.rank(_NARWHALS_RANK[method], descending=True).over("leaf", "at")  # type: ignore[arg-type]
        here = rows if not frames and len(methods) == 1 else rows.filter(nw.col("leaf").is_in(mine))
        frames.append(here.with_columns(rank=rank.cast(nw.Float64)))
    return nw.concat(frames, how="vertical") if len(frames) > 1 else frames[0]


def with_tables(rows: Frame, portion: Portion, gaps: bool, backend: Backend) -> Frame:
    """Add y: what the segment table of the rule says of the key."""
    tabled = portion.that(Needs.SEGMENTS)
    if not tabled:
        return rows.with_columns(y=_NOTHING)
    mine = nw.col("leaf").is_in([leaf.key for leaf in tabled])
    others = len(tabled) < len(portion.leaves)
    looked_up = rows.filter(mine) if others else rows
    looked_up = looked_up.filter(~nw.col("x").is_null()) if gaps else looked_up
    joined = looked_up.with_columns(key=_lookup(tabled)).join(backend.frame(_segments(tabled)), on="leaf", how="inner")
    key, low, high = nw.col("key"), nw.col("low"), nw.col("high")
    inside = ((key >= low) & (key < high) & ~nw.col("closed_right")) | (
        (key > low) & (key <= high) & nw.col("closed_right")
    )
    between = nw.col("y_low") + (nw.col("y_high") - nw.col("y_low")) * (key - low) / (high - low)
    y = nw.when(nw.col("sloped")).then(between).otherwise(nw.col("y_low"))
    hit = joined.filter(inside).with_columns(y=y)
    hit = hit.drop("key", "low", "high", "y_low", "y_high", "closed_right", "sloped")
    if not others and not gaps:
        return hit
    plain = rows.filter(~mine | nw.col("x").is_null()) if others else rows.filter(nw.col("x").is_null())
    return nw.concat([plain.with_columns(y=_NOTHING), hit], how="vertical")


def _lookup(tabled: list[Leaf]) -> nw.Expr:
    kinds = kinds_of(tabled)
    return chain([(KIND_NUMBER[kind], kind.lookup(Columns(kind.PARAMETERS))) for kind in kinds])


def kinds_of(leaves: Iterable[Leaf]) -> list[type[RuleBase]]:
    """The kinds in use, in one order."""
    return sorted({type(leaf.rule) for leaf in leaves}, key=lambda kind: KIND_NUMBER[kind])


def chain(cases: list[tuple[int, nw.Expr]]) -> nw.Expr:
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
    names = {"leaf": KEY, **floats, "closed_right": pl.Boolean, "sloped": pl.Boolean}
    return pl.DataFrame(rows, schema=names, orient="row")
