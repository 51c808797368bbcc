"""Peers' means, and the refusal of what no policy covers."""

from collections.abc import Collection
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.flags import Happened
from baton.engine.plan import Plan
from baton.engine.plan.calendar import period_text
from baton.engine.quantum import half_up
from baton.engine.steps.points import EXCLUDE, FORMULA, PEERS, STOP_LARGE, STOP_MISSING, STOP_NEGATIVE, STOP_ZERO
from baton.engine.terms import Missing
from baton.words import Place, Problem, Refused

type Frame = nw.LazyFrame[Any]

_CODES = {
    STOP_MISSING: "engine.figure_required",
    STOP_ZERO: "engine.zero_denominator",
    STOP_NEGATIVE: "engine.negative_target",
    STOP_LARGE: "engine.too_many_points",
}


def refuse_stops(plan: Plan, rows: Frame, backend: Backend) -> None:
    """Raise `Refused` with every figure that must be supplied and is not, and every denominator without a policy."""
    stopped = rows.filter(nw.col("state") >= STOP_MISSING).select("u", "leaf", "at", "state")
    problems = []
    for u, key, at, state in sorted(backend.collect(stopped).iter_rows()):
        leaf = plan.by_key[key]
        params = {
            "unit": plan.units[u].name,
            "indicator": f"{leaf.indicator.code} {leaf.indicator.name}",
            "period": period_text(plan.year, at),
            "lead": leaf.indicator.lead or "",
        }
        problems.append(Problem(_CODES[state], params, Place(field=f"{plan.units[u].code}/{leaf.indicator.code}")))
    if problems:
        raise Refused(problems)


def fill_peers(plan: Plan, rows: Frame, backend: Backend, zeroed: Collection[tuple[int, int]] = frozenset()) -> Frame:
    """Give gaps with the policy `peer_mean` the mean of the points of the group's other units; no peers: left out.

    Pairs of unit number and leaf that a veto has set to zero are nobody's peers: their points measure nothing.
    """
    leaves = [leaf.key for leaf in plan.leaves if leaf.indicator.missing is Missing.PEER_MEAN]
    if not leaves:
        return rows
    mine = rows.filter(nw.col("leaf").is_in(leaves))
    scored = mine.filter((nw.col("state") != PEERS) & (nw.col("state") != EXCLUDE))
    if zeroed:
        pairs = pl.DataFrame(sorted(zeroed), schema={"u": pl.Int64, "leaf": pl.Int64}, orient="row")
        scored = scored.join(backend.frame(pairs), on=["u", "leaf"], how="anti")
    sums = scored.group_by("leaf", "at").agg(total=nw.col("points").sum(), n=nw.len())
    means = {
        (leaf, at): half_up(Fraction(int(total), int(n))) for leaf, at, total, n in backend.collect(sums).iter_rows()
    }
    open_places = backend.collect(mine.filter(nw.col("state") == PEERS).select("leaf", "at").unique()).iter_rows()
    table = [(leaf, at, means.get((leaf, at))) for leaf, at in open_places]
    if not table:
        return rows
    names = {"leaf": pl.Int64, "at": pl.Int64, "peers": pl.Int64}
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
