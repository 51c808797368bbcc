"""Values of one portion of leaves, with a row for every unit, leaf and period that is scored."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Plan
from baton.engine.steps.cells import Cells
from baton.engine.steps.keys import CELL, KEY, whole
from baton.engine.steps.portions import Portion
from baton.engine.steps.values.filled import assumed, last_known
from baton.engine.steps.values.gaps import Gaps
from baton.engine.steps.values.quotients import Quotients, quotient
from baton.words import Refused

type Frame = nw.LazyFrame[Any]

QUOTIENT = ("numerator", "denominator", "zero_value", "few")
POLICY = ("known", "idle")


@dataclass(frozen=True, slots=True)
class Valued:
    """The values of a portion: u, leaf, at, x, and the columns below as far as they can be anything but nothing.

    x null means missing. `targets`: t. `quotients`: numerator, denominator, zero_value (the denominator is zero), few
    (too few valid votes). `gaps`: known (1: from an earlier period, 2: assumed), idle (no figure is due for the
    period). `early`: early, some figure is preliminary. `large`: some value or target may be too large for Float64 to
    hold it exactly.
    """

    portion: Portion
    frame: Frame
    targets: bool
    quotients: bool
    gaps: bool
    early: bool
    large: bool

    def complete(self) -> Frame:
        """The values with all columns; those that can be nothing are nothing."""
        return self.completed(self.frame)

    def completed(self, rows: Frame) -> Frame:
        """Rows made of the values, with the columns that can only be nothing."""
        absent: dict[str, nw.Expr] = {}
        if not self.targets:
            absent["t"] = whole(None)
        if not self.quotients:
            absent |= {"numerator": whole(None), "denominator": whole(None), "zero_value": whole(0), "few": whole(0)}
        if not self.gaps:
            absent |= dict.fromkeys(POLICY, whole(0))
        if not self.early:
            absent["early"] = whole(0)
        return rows.with_columns(**absent) if absent else rows


class Values:
    """Makes the values of a plan's portions. `large`: some figure as reported may be too large for Float64.

    Raises `Refused` from `of_all` with everything reported twice, and every quotient that 64 bits do not hold.
    """

    def __init__(self, plan: Plan, parameters: pl.DataFrame, cells: Cells, large: bool, backend: Backend) -> None:
        self.plan, self.parameters, self.cells, self.large, self.backend = plan, parameters, cells, large, backend
        self.early = cells.amounts.early
        self.gaps, self.quotients = Gaps(plan, backend), Quotients(plan, backend)

    def of_all(self, portions: tuple[Portion, ...]) -> list[Valued]:
        """The values of each portion, kept."""
        made = [self._of(portion) for portion in portions]
        problems = [*self.quotients.problems, *self.gaps.problems]
        if problems:
            raise Refused(problems)
        return made

    def _of(self, portion: Portion) -> Valued:
        combined = self.cells.combines(portion)
        targets = combined or portion.targets
        made = self._made(self.cells.of(portion), portion, combined, targets)
        made = self.backend.keep(self._with_targets(self._carried(made), portion))
        large = self.large
        if portion.quotients:
            made, found = self.quotients.divided(made, portion)
            large = large or found
        missing = self.gaps.among(made, portion)
        gaps = combined or missing is not None
        if gaps:
            made = made.with_columns(**dict.fromkeys(POLICY, whole(0)))
        if missing is not None:
            names = made.collect_schema().names()
            rows = self._with_targets(self.backend.frame(missing.select(names)), portion)
            made = nw.concat([made, rows.select(names)], how="vertical")
        if gaps:
            made = last_known(self.backend.keep(made), portion, combined)
            made = self.backend.keep(assumed(made, portion, combined, self.parameters, self.backend))
        return Valued(portion, made, targets, combined, gaps, bool(self.early), large)

    @cached_property
    def _targets(self) -> Frame | None:
        found = self.cells.annual_targets()
        return None if found is None else self.backend.keep(found)

    def _made(self, cells: Frame, portion: Portion, combined: bool, targets: bool) -> Frame:
        """Take cells as they are, or make quotients of their sides."""
        if not combined:
            nothing = {"t": whole(None)} if targets else {}
            return cells.select(*CELL, x="v", **nothing, **{name: name for name in self.early})
        wanted = self.parameters.select("leaf", "ratio_scale", "least_valid", "least_turnout")
        joined = cells.join(self.backend.frame(wanted), on="leaf", how="inner")
        den, num = nw.col("den").cast(nw.Float64), nw.col("num").cast(nw.Float64)
        too_few = (den < nw.col("least_valid")) | (den < nw.col("least_turnout") * nw.col("base").cast(nw.Float64))
        flagged = joined.with_columns(
            few=nw.when(too_few).then(whole(1)).otherwise(whole(0)),
            zero_value=nw.when(nw.col("den") == 0).then(whole(1)).otherwise(whole(0)),
        )
        usable = (nw.col("zero_value") == 0) & (nw.col("few") == 0)
        divided = quotient(num / den * nw.col("ratio_scale"))
        x = nw.when(~nw.col("den").is_null() & usable).then(divided).otherwise(nw.col("v"))
        return flagged.select(
            *CELL, "t", "zero_value", "few", *self.early, x=x, numerator="num", denominator="den"
        ).select(*CELL, "x", "t", *QUOTIENT, *self.early)

    def _carried(self, values: Frame) -> Frame:
        """Drop what units reported without carrying it."""
        lifted = sorted(self.plan.not_carried)
        if not lifted:
            return values
        pairs = pl.DataFrame(lifted, schema={"u": KEY, "leaf": KEY}, orient="row")
        return values.join(self.backend.frame(pairs), on=["u", "leaf"], how="anti")

    def _with_targets(self, values: Frame, portion: Portion) -> Frame:
        """Put targets of the whole year beside every period, and fixed targets where none is reported."""
        if not portion.targets:
            return values
        if self._targets is not None:
            values = values.join(self._targets, on=["u", "leaf"], how="left").with_columns(
                t=nw.coalesce("t", "annual"), **{name: nw.max_horizontal(name, f"annual_{name}") for name in self.early}
            )
            values = values.drop("annual", *(f"annual_{name}" for name in self.early))
        fixed = self.parameters.filter(pl.col("leaf").is_in(portion.keys) & pl.col("fixed_target").is_not_null())
        if fixed.is_empty():
            return values
        joined = values.join(self.backend.frame(fixed.select("leaf", "fixed_target")), on="leaf", how="left")
        return joined.with_columns(t=nw.coalesce("t", "fixed_target")).drop("fixed_target")
