"""Peers' means, and the refusal of what no policy covers."""

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.flags import Happened
from baton.engine.plan import Plan
from baton.engine.plan.calendar import period_text
from baton.engine.quantum import half_up
from baton.engine.scheme.indicators import Indicator
from baton.engine.steps.keys import CELL, KEY
from baton.engine.steps.points import EXCLUDE, FORMULA, PEERS, STOP_LARGE, STOP_MISSING, STOP_NEGATIVE, STOP_ZERO
from baton.engine.steps.portions import Portion
from baton.engine.terms import Missing, Reporter
from baton.words import Place, Problem, Refused, Word

type Frame = nw.LazyFrame[Any]

type Stop = tuple[int, int, int, int]

_CODES = {
    STOP_MISSING: "engine.figure_required",
    STOP_ZERO: "engine.zero_denominator",
    STOP_NEGATIVE: "engine.negative_target",
    STOP_LARGE: "engine.too_many_points",
}


def stops(rows: Frame, backend: Backend) -> list[Stop]:
    """Unit, leaf, period and state of every figure that must be supplied and is not, or that no policy covers."""
    halted = rows.filter(nw.col("state") >= STOP_MISSING).select(*CELL, "state")
    return list(backend.collect(halted).iter_rows())


def refuse(plan: Plan, found: Iterable[Stop]) -> None:
    """Raise `Refused` with everything that stops a score; nothing to raise where nothing does."""
    problems = [stopped(plan, (u, key, at), _CODES[state]) for u, key, at, state in sorted(found)]
    if problems:
        raise Refused(problems)


def stopped(plan: Plan, spot: tuple[int, int, int], code: str) -> Problem:
    """Name the unit, indicator and period at which a calculation stops, and who is to be asked about the figure."""
    u, key, at = spot
    leaf = plan.by_key[key]
    params = {
        "unit": plan.units[u].name,
        "indicator": f"{leaf.indicator.code} {leaf.indicator.name}",
        "period": period_text(plan.year, at),
        "lead": _lead(plan, leaf.indicator),
    }
    return Problem(code, params, Place(field=f"{plan.units[u].code}/{leaf.indicator.code}"))


def _lead(plan: Plan, indicator: Indicator) -> str:
    """Name the lead department of an indicator, or say that units report for themselves or that nobody leads."""
    if indicator.lead is not None:
        return plan.names.get(indicator.lead, indicator.lead)
    return Word("engine.lead_units_report" if indicator.reporter is Reporter.UNIT else "engine.lead_none")


def fill_peers(
    portion: Portion, rows: Frame, backend: Backend, zeroed: Collection[tuple[int, int]] = frozenset()
) -> Frame:
    """Give gaps with the policy `peer_mean` the mean of the points of the group's other units; no peers: left out.

    Pairs of unit number and leaf that a veto has set to zero are nobody's peers: their points measure nothing.
    """
    leaves = [leaf.key for leaf in portion.leaves if leaf.indicator.missing is Missing.PEER_MEAN]
    if not leaves:
        return rows
    mine = rows.filter(nw.col("leaf").is_in(leaves))
    scored = mine.filter((nw.col("state") != PEERS) & (nw.col("state") != EXCLUDE))
    if zeroed:
        pairs = pl.DataFrame(sorted(zeroed), schema={"u": KEY, "leaf": KEY}, orient="row")
        scored = scored.join(backend.frame(pairs), on=["u", "leaf"], how="anti")
    sums = scored.group_by("leaf", "at").agg(total=nw.col("points").sum(), n=nw.len())
    means = {
        (leaf, at): half_up(Fraction(int(total), int(n))) for leaf, at, total, n in backend.collect(sums).iter_rows()
    }
    open_places = backend.collect(mine.filter(nw.col("state") == PEERS).select("leaf", "at").unique()).iter_rows()
    table = [(leaf, at, means.get((leaf, at))) for leaf, at in open_places]
    if not table:
        return rows
    names = {"leaf": KEY, "at": KEY, "peers": pl.Int64}
    joined = rows.join(backend.frame(pl.DataFrame(table, schema=names, orient="row")), on=["leaf", "at"], how="left")
    gap = nw.col("state") == PEERS
    with_peers, alone = gap & ~nw.col("peers").is_null(), gap & nw.col("peers").is_null()
    return joined.with_columns(
        points=nw.when(with_peers).then(nw.col("peers")).otherwise(nw.col("points")),
        full=nw.when(alone).then(nw.lit(0, dtype=nw.Int64)).otherwise(nw.col("full")),
        state=nw.when(with_peers)
        .then(nw.lit(FORMULA, dtype=nw.Int64))
        .when(alone)
        .then(nw.lit(EXCLUDE, dtype=nw.Int64))
        .otherwise(nw.col("state")),
        flags=nw.col("flags")
        + nw.when(with_peers)
        .then(nw.lit(int(Happened.PEER_MEAN), dtype=nw.Int64))
        .when(alone)
        .then(nw.lit(int(Happened.NO_PEERS | Happened.EXCLUDED), dtype=nw.Int64))
        .otherwise(nw.lit(0, dtype=nw.Int64)),
    ).drop("peers")
