"""Quotients of two sides; what Float64 would make inexact is divided again exactly."""

from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Plan
from baton.engine.plan.calendar import period_text
from baton.engine.quantum import quantise, quantise_exact
from baton.engine.steps.keys import CELL, KEY, whole
from baton.engine.steps.portions import Portion
from baton.engine.steps.room import ROOM
from baton.words import Place, Problem

type Frame = nw.LazyFrame[Any]

_LARGE = 2.0**49
"""Quotients below, in whole numbers, are off by less than a half for three roundings of Float64."""
_TO_COME = -ROOM


def quotient(value: nw.Expr) -> nw.Expr:
    """Round a quotient to a whole number; one that is too large for that is marked, to be divided again."""
    small = quantise(nw.when(value.abs() < _LARGE).then(value))
    return nw.when(value.abs() >= _LARGE).then(whole(_TO_COME)).otherwise(small)


class Quotients:
    """Divides again what was marked. `problems`: quotients that 64 bits do not hold."""

    def __init__(self, plan: Plan, backend: Backend) -> None:
        self.plan, self.backend = plan, backend
        self.problems: list[Problem] = []

    def divided(self, values: Frame, portion: Portion) -> tuple[Frame, bool]:
        """Give the values with every quotient exact, and whether there were any so large."""
        scales = {leaf.key: leaf.ratio_scale * 10**leaf.decimals for leaf in portion.leaves if leaf.derived}
        to_come = nw.col("leaf").is_in(list(scales)) & (nw.col("x") == _TO_COME)
        found = self.backend.collect(values.filter(to_come).select(*CELL, "numerator", "denominator"))
        if found.is_empty():
            return values, False
        exact = {
            (u, key, at): quantise_exact(Fraction(numerator, denominator) * Fraction(scales[key]))
            for u, key, at, numerator, denominator in found.iter_rows()
        }
        beyond = {spot for spot, x in exact.items() if abs(x) >= ROOM}
        self.problems += [self._too_large(spot, exact[spot]) for spot in sorted(beyond)]
        rows = [(*spot, x) for spot, x in exact.items() if spot not in beyond]
        schema = {**dict.fromkeys(CELL, KEY), "divided": pl.Int64}
        table = self.backend.frame(pl.DataFrame(rows, schema=schema, orient="row"))
        joined = values.join(table, on=list(CELL), how="left")
        return self.backend.keep(joined.with_columns(x=nw.coalesce("divided", "x")).drop("divided")), True

    def _too_large(self, spot: tuple[int, int, int], x: int) -> Problem:
        unit, leaf = self.plan.units[spot[0]], self.plan.by_key[spot[1]]
        params = {
            "unit": unit.name,
            "indicator": f"{leaf.indicator.code} {leaf.indicator.name}",
            "period": period_text(self.plan.year, spot[2]),
            "value": str(x // 10**leaf.decimals),
        }
        return Problem("engine.quotient_too_large", params, Place(field=f"{unit.code}/{leaf.indicator.code}"))
