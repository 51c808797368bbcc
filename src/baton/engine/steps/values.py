"""From cells to values: quotients made, targets filled in, gaps found against what each unit must report."""

from fractions import Fraction
from hashlib import blake2b
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Plan
from baton.engine.plan.calendar import due, period_text, periods
from baton.engine.quantum import quantise, quantise_exact
from baton.engine.steps.parameters import MISSING, leaf_table
from baton.engine.steps.room import ROOM
from baton.engine.steps.tables import Tables
from baton.engine.terms import Missing
from baton.words import Place, Problem, Refused

type Frame = nw.LazyFrame[Any]

CELL = ["u", "leaf", "at"]
_LARGE = 2.0**49
"""Quotients below, in whole numbers, are off by less than a half for three roundings of Float64."""
_TO_COME = -ROOM


class Values:
    """Makes the frame of values: u, leaf, at, x, t, numerator, denominator, zero_value, few, known, idle, early.

    x null means missing; `zero_value`: the denominator is zero; `few`: too few valid votes; `known`: taken from an
    earlier period; `idle`: no figure is due for the period. One row for every unit, leaf and period that is scored.
    """

    def __init__(self, plan: Plan, tables: Tables, backend: Backend) -> None:
        self.plan, self.tables, self.backend = plan, tables, backend
        self.parameters = leaf_table(plan, tables)
        self.has_gaps = self.has_large = False

    def frame(self, cells: Frame, targets: Frame | None) -> Frame:
        """All values of the year, kept."""
        made = self._with_large(self.backend.keep(self._carried(self._made(cells))))
        gaps = self._gaps(made)
        self.has_gaps = gaps is not None
        if gaps is not None:
            made = self.backend.keep(nw.concat([made, gaps], how="vertical"))
        return self._assumed(self._last_known(self._with_targets(made, targets)))

    def _with_targets(self, values: Frame, targets: Frame | None) -> Frame:
        """Put targets of the whole year beside every period, and fixed targets where none is reported."""
        if targets is not None:
            values = (
                values.join(targets, on=["u", "leaf"], how="left")
                .with_columns(t=nw.coalesce("t", "annual"), early=nw.max_horizontal("early", "annual_early"))
                .drop("annual", "annual_early")
            )
        fixed = self.parameters.filter(pl.col("fixed_target").is_not_null()).select("leaf", "fixed_target")
        if fixed.is_empty():
            return values
        joined = values.join(self.backend.frame(fixed), on="leaf", how="left")
        return joined.with_columns(t=nw.coalesce("t", "fixed_target")).drop("fixed_target")

    def _made(self, cells: Frame) -> Frame:
        wanted = ["leaf", "ratio_scale", "least_valid", "least_turnout"]
        joined = cells.join(self.backend.frame(self.parameters.select(wanted)), on="leaf", how="inner")
        den, num = nw.col("den").cast(nw.Float64), nw.col("num").cast(nw.Float64)
        too_few = (den < nw.col("least_valid")) | (den < nw.col("least_turnout") * nw.col("base").cast(nw.Float64))
        few = nw.when(too_few).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)
        zero = nw.when(nw.col("den") == 0).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)
        flagged = joined.with_columns(few=few, zero=zero)
        quotient = num / den * nw.col("ratio_scale")
        usable = (nw.col("zero") == 0) & (nw.col("few") == 0)
        small = quantise(nw.when(quotient.abs() < _LARGE).then(quotient))
        large = nw.lit(_TO_COME, dtype=nw.Int64)
        divided = nw.when(quotient.abs() >= _LARGE).then(large).otherwise(small)
        x = nw.when(~nw.col("den").is_null() & usable).then(divided).otherwise(nw.col("v"))
        nothing = nw.lit(0, dtype=nw.Int64)
        return flagged.select(
            *CELL,
            x=x,
            t="t",
            numerator="num",
            denominator="den",
            zero_value="zero",
            few="few",
            known=nothing,
            idle=nothing,
            early="early",
        )

    def _with_large(self, values: Frame) -> Frame:
        """Divide again exactly what Float64 would have made inexact; refuse what 64 bits do not hold."""
        scales = {leaf.key: leaf.ratio_scale * 10**leaf.decimals for leaf in self.plan.leaves if leaf.derived}
        if not scales:
            return values
        to_come = nw.col("leaf").is_in(list(scales)) & (nw.col("x") == _TO_COME)
        found = self.backend.collect(values.filter(to_come).select(*CELL, "numerator", "denominator"))
        if found.is_empty():
            return values
        self.has_large = True
        exact = {
            (u, key, at): quantise_exact(Fraction(numerator, denominator) * Fraction(scales[key]))
            for u, key, at, numerator, denominator in found.iter_rows()
        }
        problems = [self._too_large(spot, x) for spot, x in sorted(exact.items()) if abs(x) >= ROOM]
        if problems:
            raise Refused(problems)
        rows = [(*spot, x) for spot, x in exact.items()]
        table = pl.DataFrame(rows, schema=dict.fromkeys((*CELL, "divided"), pl.Int64), orient="row")
        joined = values.join(self.backend.frame(table), on=CELL, how="left")
        return self.backend.keep(joined.with_columns(x=nw.coalesce("divided", "x")).drop("divided"))

    def _too_large(self, spot: tuple[int, int, int], x: int) -> Problem:
        unit, leaf = self.plan.units[spot[0]], self.plan.by_key[spot[1]]
        params = {
            "unit": unit.name,
            "indicator": f"{leaf.indicator.code} {leaf.indicator.name}",
            "period": period_text(self.plan.year, spot[2]),
            "value": str(x // 10**leaf.decimals),
        }
        return Problem("engine.quotient_too_large", params, Place(field=f"{unit.code}/{leaf.indicator.code}"))

    def _carried(self, values: Frame) -> Frame:
        """Drop what units reported without carrying it."""
        leaves = [leaf.key for leaf in self.plan.leaves]
        lifted = sorted(self.plan.not_carried)
        if not lifted or not leaves:
            return values
        pairs = pl.DataFrame(lifted, schema={"u": pl.Int64, "leaf": pl.Int64}, orient="row")
        return values.join(self.backend.frame(pairs), on=["u", "leaf"], how="anti")

    def _gaps(self, values: Frame) -> Frame | None:
        """Rows for what should be there and is not; refuses what is there twice."""
        print_of = self.backend.frame(pl.DataFrame({"u": range(len(self.plan.units)), "mark": self._marks}))
        counted = (
            values.join(print_of, on="u", how="inner")
            .group_by("leaf", "at")
            .agg(rows=nw.len(), marks=nw.col("mark").sum())
        )
        seen = {(leaf, at): (rows, int(marks)) for leaf, at, rows, marks in self.backend.collect(counted).iter_rows()}
        wrong = [key for key, expected in self._expected.items() if seen.get(key, (0, 0)) != expected]
        if not wrong:
            return None
        places = self.backend.frame(pl.DataFrame(wrong, schema={"leaf": pl.Int64, "at": pl.Int64}, orient="row"))
        found = self.backend.collect(values.join(places, on=["leaf", "at"], how="inner").select(*CELL))
        self._refuse_doubles(found)
        return self.backend.frame(self._missing_rows(wrong, found))

    @property
    def _marks(self) -> list[int]:
        return [int.from_bytes(blake2b(unit.code.encode(), digest_size=5).digest(), "big") for unit in self.plan.units]

    @property
    def _expected(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Number of units and sum of their marks for each leaf and period."""
        members: dict[str, list[int]] = {}
        for number, unit in enumerate(self.plan.units):
            members.setdefault(unit.group or "", []).append(number)
        marks = self._marks
        lifted: dict[int, list[int]] = {}
        for number, leaf in self.plan.not_carried:
            lifted.setdefault(leaf, []).append(number)
        found = {}
        for leaf_ in self.plan.leaves:
            mine, out = members.get(leaf_.group, []), lifted.get(leaf_.key, [])
            count = len(mine) - len(out)
            total = sum(marks[n] for n in mine) - sum(marks[n] for n in out)
            if count:
                found.update({(leaf_.key, at): (count, total) for at in periods(leaf_.frequency)})
        return found

    def _refuse_doubles(self, found: pl.DataFrame) -> None:
        doubles = found.group_by(CELL).len().filter(pl.col("len") > 1).sort(CELL)
        problems = [
            Problem(
                "engine.reported_twice_in_table",
                {
                    "unit": self.plan.units[u].name,
                    "indicator": self.plan.by_key[leaf].indicator.name,
                    "period": period_text(self.plan.year, at),
                    "times": times,
                },
            )
            for u, leaf, at, times in doubles.iter_rows()
        ]
        if problems:
            raise Refused(problems)

    def _missing_rows(self, wrong: list[tuple[int, int]], found: pl.DataFrame) -> pl.DataFrame:
        """Every unit that should report the leaf in the period and does not."""
        there = set(found.iter_rows())
        members: dict[str, list[int]] = {}
        for number, unit in enumerate(self.plan.units):
            members.setdefault(unit.group or "", []).append(number)
        rows: list[tuple[int | None, ...]] = []
        for key, at in wrong:
            leaf = self.plan.by_key[key]
            early = not due(leaf.indicator.frequency, at)
            rows.extend(
                (u, key, at, None, None, None, None, 0, 0, 0, int(early or (u, at) in self.plan.absent), 0)
                for u in members.get(leaf.group, [])
                if (u, key, at) not in there and (u, key) not in self.plan.not_carried
            )
        names = [*CELL, "x", "t", "numerator", "denominator", "zero_value", "few", "known", "idle", "early"]
        return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int64), orient="row")

    def _last_known(self, values: Frame) -> Frame:
        """Fill gaps of leaves whose policy is the last known figure from the latest earlier period of the year."""
        leaves = [x.key for x in self.plan.leaves if x.indicator.missing is Missing.LAST_KNOWN]
        if not leaves:
            return values
        mine = values.filter(nw.col("leaf").is_in(leaves))
        due_now = (nw.col("zero_value") == 0) & (nw.col("idle") == 0)
        gaps = mine.filter(nw.col("x").is_null() & due_now).select(*CELL)
        sides = {"earlier_numerator": "numerator", "earlier_denominator": "denominator"}
        known = mine.filter(~nw.col("x").is_null()).select(
            "u", "leaf", before="at", earlier="x", earlier_t="t", **sides
        )
        pairs = gaps.join(known, on=["u", "leaf"], how="inner").filter(nw.col("before") < nw.col("at"))
        latest = pairs.group_by(CELL).agg(before=nw.col("before").max())
        filled = latest.join(known, on=["u", "leaf", "before"], how="inner").select(
            *CELL, "earlier", "earlier_t", *sides
        )
        one = nw.lit(1, dtype=nw.Int64)
        joined = values.join(filled, on=CELL, how="left").with_columns(
            known=nw.when(~nw.col("earlier").is_null()).then(one).otherwise(nw.col("known")),
            x=nw.coalesce("x", "earlier"),
            t=nw.coalesce("t", "earlier_t"),
            numerator=nw.coalesce("earlier_numerator", "numerator"),
            denominator=nw.coalesce("earlier_denominator", "denominator"),
        )
        return self.backend.keep(joined.drop("earlier", "earlier_t", *sides))

    def _assumed(self, values: Frame) -> Frame:
        """Put the assumed value where the policy is to assume one; `known` becomes 2."""
        leaves = [x.key for x in self.plan.leaves if x.indicator.missing is Missing.ASSUMED]
        if not leaves:
            return values
        assumed = self.parameters.filter(pl.col("missing") == MISSING[Missing.ASSUMED]).select(
            "leaf", "assumed", one=pl.col("scale").cast(pl.Int64)
        )
        joined = values.join(self.backend.frame(assumed), on="leaf", how="left")
        due_now = (nw.col("zero_value") == 0) & (nw.col("idle") == 0)
        open_ = nw.col("x").is_null() & due_now & ~nw.col("assumed").is_null()
        two = nw.lit(2, dtype=nw.Int64)
        filled = joined.with_columns(
            known=nw.when(open_).then(two).otherwise(nw.col("known")),
            x=nw.when(open_).then(nw.col("assumed")).otherwise(nw.col("x")),
            numerator=nw.when(open_).then(nw.col("assumed")).otherwise(nw.col("numerator")),
            denominator=nw.when(open_).then(nw.col("one")).otherwise(nw.col("denominator")),
        )
        return self.backend.keep(filled.drop("assumed", "one"))
