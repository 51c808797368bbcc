"""Treatment on an engine: the columns concerned come home, are treated in whole numbers, and are joined back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.flags import Happened
from baton.engine.plan import Plan
from baton.engine.quantum import quantise_exact
from baton.engine.result.sheet import Standing
from baton.engine.steps.keys import CELL, KEY, whole
from baton.engine.steps.room import EXACT, ROOM
from baton.engine.steps.values import Valued
from baton.engine.treatment.cells import Cell, Scope, Spot
from baton.engine.treatment.told import told
from baton.engine.treatment.treat import Treated, too_large, treat
from baton.words import Refused

type Frame = nw.LazyFrame[Any]

_GONE = ("x", "t", "numerator", "denominator")
_NAUGHT = ("zero_value", "few", "known", "early")


@dataclass(frozen=True)
class TreatedColumns:
    """The values of all portions after treatment, and what was done."""

    values: list[Valued]
    treated: Treated

    @property
    def plan(self) -> Plan:
        """The plan of treated values."""
        return self.treated.plan

    def told(self, standings: Iterable[Standing]) -> tuple[Standing, ...]:
        """Say of every unit that the screen leaves out why it has no score."""
        return told(self.treated, standings)

    def flagged(self, rows: Frame, backend: Backend) -> Frame:
        """Mark what treatment did to a leaf; what a screen leaves out is not merely not due."""
        marks = [(*spot, int(mark)) for spot, mark in self.treated.marks.items()]
        if marks:
            names = {**dict.fromkeys(CELL, KEY), "mark": pl.Int64}
            table = backend.frame(pl.DataFrame(marks, schema=names, orient="row"))
            rows = rows.join(table, on=list(CELL), how="left")
            rows = rows.with_columns(flags=nw.col("flags") + nw.coalesce("mark", whole(0))).drop("mark")
        if not self.treated.left_out:
            return rows
        out = nw.col("u").is_in(sorted(self.treated.left_out))
        screened = whole(int(Happened.SCREENED | Happened.EXCLUDED))
        return rows.with_columns(flags=nw.when(out).then(screened).otherwise(nw.col("flags")))


def treat_columns(reading: Plan, values: Sequence[Valued], backend: Backend) -> TreatedColumns:
    """Treat the values of all portions. Raises `Refused` as `treat` does, and where a target finds no room."""
    scope = Scope(replace(reading, reading=False), reading)
    cells: dict[Spot, Cell] = {}
    for one in values:
        cells.update(_home(scope, one, backend))
    treated = treat(scope, cells)
    return TreatedColumns([_joined(treated, one, backend) for one in values], treated)


def _home(scope: Scope, valued: Valued, backend: Backend) -> Iterator[tuple[Spot, Cell]]:
    """Bring home the values that treatment reads; quotients are divided again, exactly."""
    keys = [key for key in valued.portion.keys if key in scope.read]
    if not keys:
        return
    wanted = (*CELL, "x", "numerator", "denominator", "idle", "zero_value", "few")
    rows = valued.complete().filter(nw.col("leaf").is_in(keys)).select(*wanted)
    for u, key, at, x, numerator, denominator, idle, zero, few in backend.collect(rows).iter_rows():
        leaf = scope.reading.by_key[key]
        if leaf.derived and x is not None and numerator is not None and denominator:
            ratio = Fraction(numerator, denominator) * Fraction(leaf.ratio_scale) * 10**leaf.decimals
            yield (u, key, at), Cell(quantise_exact(ratio))
        else:
            yield (u, key, at), Cell(x, gap=x is None and not idle and not zero and not few)


def _joined(treated: Treated, valued: Valued, backend: Backend) -> Valued:
    """Put treated values in the place of those that were read, and bring targets to their scale."""
    scope = treated.scope
    portion = replace(valued.portion, leaves=tuple(scope.plan.by_key[key] for key in valued.portion.keys))
    mine = set(portion.keys) & scope.leaves.keys()
    table = [(*spot, x) for spot, x in sorted(treated.values.items()) if spot[1] in mine]
    schema = {**dict.fromkeys(CELL, KEY), "treated": pl.Int64}
    found = backend.frame(pl.DataFrame(table, schema=schema, orient="row"))
    frame = valued.complete().join(found, on=list(CELL), how="left")
    frame = frame.with_columns(
        x=nw.when(nw.col("leaf").is_in(sorted(mine))).then(nw.col("treated")).otherwise(nw.col("x"))
    ).drop("treated")
    frame = _scaled_targets(scope, mine, frame, backend)
    if treated.left_out:
        out = nw.col("u").is_in(sorted(treated.left_out))
        gone = {name: nw.when(~out).then(nw.col(name)) for name in _GONE}
        naught = {name: nw.when(~out).then(nw.col(name)).otherwise(whole(0)) for name in _NAUGHT}
        frame = frame.with_columns(**gone, **naught, idle=nw.when(out).then(whole(1)).otherwise(nw.col("idle")))
    large = valued.large or any(abs(x) >= EXACT for *_, x in table)
    return Valued(portion, backend.keep(frame), True, True, True, True, large)


def _scaled_targets(scope: Scope, mine: Iterable[int], frame: Frame, backend: Backend) -> Frame:
    factors = {key: 10 ** (scope.leaves[key].decimals - scope.reading.by_key[key].decimals) for key in sorted(mine)}
    changed = {key: int(factor) for key, factor in factors.items() if factor != 1}
    if not changed:
        return frame
    asked = frame.filter(nw.col("leaf").is_in(list(changed)) & ~nw.col("t").is_null()).select(*CELL, "t")
    targets = list(backend.collect(asked).iter_rows())
    if not targets:
        return frame
    beyond = {key: ((u, key, at), t * changed[key]) for u, key, at, t in targets if abs(t) * changed[key] >= ROOM}
    if beyond:
        raise Refused(too_large(scope, *found) for found in beyond.values())
    schema = {"leaf": KEY, "times": pl.Int64}
    table = backend.frame(pl.DataFrame(list(changed.items()), schema=schema, orient="row"))
    joined = frame.join(table, on="leaf", how="left")
    return joined.with_columns(t=nw.col("t") * nw.coalesce("times", whole(1))).drop("times")
