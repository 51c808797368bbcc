"""The leaves of a month as rows of a table: all of them at once, each with how it went in the months before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import lcm

import polars as pl

from baton.assessment.choices import Light, Movement
from baton.assessment.rules.chart import MOST, movement, movements
from baton.assessment.rules.lights import Lights
from baton.core.bulk import decimal_text
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.terms import Direction

_LEAF = ("unit", "indicator", "part")
_NEWEST = ("group", "value", "target", "decimals", "points", "full", "rank", "flags", "light", "period")
_TWELFTHS = 12


def leaf_rows(
    leaves: pl.DataFrame, scheme: Scheme, months: Sequence[str], units: Mapping[str, int], lights: Lights, points: int
) -> pl.DataFrame:
    """Give the leaves of the newest of some months as rows of `LeafResult`, but for their run.

    `leaves`: `ScoreSheet.leaves`. `months`: those of the year so far, oldest first. `units`: their numbers by code.
    `points`: so many months there must be before a movement is named.
    """
    period = pl.col("period").cast(pl.String)
    rows = leaves.with_columns(period=period).filter(pl.col("period").is_in(months)).sort("period", maintain_order=True)
    courses = _courses(rows.with_columns(light=_light(rows, scheme, lights)))
    mine = courses.filter(pl.col("period") == months[-1])
    return mine.select(
        unit_id=pl.col("unit").cast(pl.String).replace_strict(units, return_dtype=pl.Int64),
        group=pl.col("group").cast(pl.String),
        indicator=pl.col("indicator").cast(pl.String),
        part=pl.col("part").cast(pl.String),
        value=decimal_text("value", "decimals").fill_null(""),
        target=decimal_text("target", "decimals").fill_null(""),
        points=decimal_text("points", pl.lit(scheme.decimals)),
        full=decimal_text("full", pl.lit(scheme.decimals)),
        rank="rank",
        flags=pl.col("flags").cast(pl.Int64),
        light="light",
        movement=pl.Series([one.value for one in _movements(mine, points)], dtype=pl.String),
        behind="behind",
    )


def _courses(rows: pl.DataFrame) -> pl.DataFrame:
    """Give every leaf with its newest month, the months behind that end there, and all its points, oldest first."""
    behind = pl.col("light") == Light.RED.value
    well = ~behind & (pl.col("light") != Light.NONE.value)
    full, own = pl.col("full"), pl.col("points")
    return rows.group_by(*_LEAF, maintain_order=True).agg(
        pl.col(*_NEWEST).last(),
        behind=(behind & (well.cast(pl.Int32).cum_sum(reverse=True) == 0)).sum(),
        course=own,
        fulls=full,
        plain=(full.n_unique() == 1) & (full.first() > 0) & (own.null_count() == 0) & (own.abs().max() <= MOST),
    )


def _light(rows: pl.DataFrame, scheme: Scheme, lights: Lights) -> pl.Series:
    """Give the light of every leaf: by its points, and red where it is far behind its time-proportional plan."""
    points, full = pl.col("points").cast(pl.Int128), pl.col("full").cast(pl.Int128)
    share = points * 100
    found = (
        pl.when(points.is_null() | (full <= 0))
        .then(pl.lit(Light.NONE.value))
        .when(_far_behind(rows, scheme, lights))
        .then(pl.lit(Light.RED.value))
        .when(share >= full * lights.light_green_percent)
        .then(pl.lit(Light.GREEN.value))
        .when(share >= full * lights.light_yellow_percent)
        .then(pl.lit(Light.YELLOW.value))
        .otherwise(pl.lit(Light.RED.value))
    )
    return rows.select(light=found).to_series()


def _far_behind(rows: pl.DataFrame, scheme: Scheme, lights: Lights) -> pl.Series:
    """Tell where a figure is far behind what was due of its plan by then, exactly: without dividing."""
    shares = [(one.code, *due) for one in scheme.indicators if one.direction is Direction.HIGHER for due in _due(one)]
    table = pl.DataFrame(
        shares,
        schema={"indicator": pl.String, "month": pl.String, "due": pl.Int128, "of": pl.Int128},
        orient="row",
    )
    found = rows.select(
        indicator=pl.col("indicator").cast(pl.String),
        month=pl.col("period").str.slice(-2),
        value=pl.col("value").cast(pl.Int128),
        target=pl.col("target").cast(pl.Int128),
    ).join(table, on=["indicator", "month"], how="left", maintain_order="left")
    due = pl.col("target") * pl.col("due")
    far = pl.col("value") * 100 * pl.col("of") < due * lights.lagging_plan_percent
    return found.select(far=(far & (due > 0)).fill_null(value=False)).to_series()


def _due(one: Indicator) -> Iterator[tuple[str, int, int]]:
    """Give the share of a year's target that is due by each month as two whole numbers; nothing of a whole one."""
    if one.target.spread == "whole":
        return
    for month in range(1, _TWELFTHS + 1):
        share = (month, _TWELFTHS)
        if one.target.spread == "profile":
            share = one.target.profile[month - 1].as_integer_ratio()
        yield f"{month:02d}", *share


def _movements(courses: pl.DataFrame, points: int) -> list[Movement]:
    """Name the newest of every course; those that are complete, of points alone, together.

    Where the newest has no points there is nothing to name.
    """
    found = [Movement.TOO_SHORT] * courses.height
    counted = courses.select("course", "fulls", "plain", length=pl.col("course").list.len()).with_row_index("number")
    plain = counted.filter("plain")
    for length in plain["length"].unique():
        alike = plain.filter(pl.col("length") == length)
        values = alike["course"].explode().to_numpy().reshape(-1, length)
        for number, moves in zip(alike["number"], movements(values, points), strict=True):
            found[number] = moves
    rest = counted.filter(~pl.col("plain").fill_null(value=False) & pl.col("course").list.last().is_not_null())
    for number, own, fulls in rest.select("number", "course", "fulls").iter_rows():
        found[number] = movement(shares(own, fulls), points)
    return found


def shares(points: Sequence[int | None], fulls: Sequence[int]) -> Sequence[int | None]:
    """Give the shares of the full marks, of one whole that all of them go into; where these are alike, the points."""
    if fulls[0] and len(set(fulls)) == 1:
        return points
    whole = lcm(*(full for full in fulls if full))
    rows: Iterable[tuple[int | None, int]] = zip(points, fulls, strict=True)
    return [None if one is None or not full else one * (whole // full) for one, full in rows]
