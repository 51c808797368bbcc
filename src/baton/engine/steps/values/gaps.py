"""What should be there and is not, and what is there twice."""

from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.plan import Plan
from baton.engine.plan.calendar import due, period_text, periods
from baton.engine.steps.keys import CELL, KEY
from baton.engine.steps.portions import Portion
from baton.words import Problem

type Frame = nw.LazyFrame[Any]


class Gaps:
    """Holds values against what is expected.

    Of each leaf and period only the number of units and the sum of their marks (40 bits of a digest of the code) come
    home; where both are right, every unit is there once.
    """

    def __init__(self, plan: Plan, backend: Backend) -> None:
        self.plan, self.backend = plan, backend
        self.problems: list[Problem] = []

    def among(self, values: Frame, portion: Portion) -> pl.DataFrame | None:
        """Rows for what is missing, with all columns that values can have; None where nothing is.

        What is there twice is added to `problems`.
        """
        prints = pl.DataFrame(
            {"u": range(len(self.plan.units)), "mark": self.plan.unit_marks}, schema_overrides={"u": KEY}
        )
        counted = (
            values.select("u", "leaf", "at")
            .join(self.backend.frame(prints), on="u", how="inner")
            .group_by("leaf", "at")
            .agg(rows=nw.len(), marks=nw.col("mark").sum())
        )
        seen = {(leaf, at): (rows, int(marks)) for leaf, at, rows, marks in self.backend.collect(counted).iter_rows()}
        expected = self._expected(portion)
        wrong = [spot for spot, right in expected.items() if seen.get(spot, (0, 0)) != right]
        if not wrong:
            return None
        places = self.backend.frame(pl.DataFrame(wrong, schema={"leaf": KEY, "at": KEY}, orient="row"))
        found = self.backend.collect(values.join(places, on=["leaf", "at"], how="inner").select(*CELL))
        self._note_doubles(found)
        return self._missing(wrong, found)

    @cached_property
    def _members(self) -> dict[str, list[int]]:
        members: dict[str, list[int]] = {}
        for number, unit in enumerate(self.plan.units):
            members.setdefault(unit.group or "", []).append(number)
        return members

    @cached_property
    def _lifted(self) -> dict[int, list[int]]:
        lifted: dict[int, list[int]] = {}
        for number, leaf in self.plan.not_carried:
            lifted.setdefault(leaf, []).append(number)
        return lifted

    @cached_property
    def _of_group(self) -> dict[str, tuple[int, int]]:
        return {
            group: (len(units), sum(self.plan.unit_marks[number] for number in units))
            for group, units in self._members.items()
        }

    def _expected(self, portion: Portion) -> dict[tuple[int, int], tuple[int, int]]:
        """Number of units and sum of their marks for each leaf and period."""
        found = {}
        for leaf in portion.leaves:
            count, total = self._of_group.get(leaf.group, (0, 0))
            out = self._lifted.get(leaf.key, [])
            right = count - len(out), total - sum(self.plan.unit_marks[number] for number in out)
            if right[0]:
                found.update({(leaf.key, at): right for at in periods(leaf.frequency)})
        return found

    def _note_doubles(self, found: pl.DataFrame) -> None:
        doubles = found.group_by(CELL).len().filter(pl.col("len") > 1).sort(CELL)
        self.problems += [
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

    def _early(self, leaf: int, at: int) -> bool:
        return not due(self.plan.by_key[leaf].indicator.frequency, at)

    @cached_property
    def _units(self) -> pl.DataFrame:
        groups = [self.plan.group_numbers[unit.group or ""] for unit in self.plan.units]
        return pl.DataFrame({"u": range(len(groups)), "group": groups}, schema={"u": KEY, "group": KEY})

    @cached_property
    def _not_carried(self) -> pl.DataFrame:
        return pl.DataFrame(list(self.plan.not_carried), schema={"u": KEY, "leaf": KEY}, orient="row")

    @cached_property
    def _absent(self) -> pl.DataFrame:
        pairs = list(self.plan.absent)
        absent = pl.DataFrame(pairs, schema={"u": KEY, "at": KEY}, orient="row")
        return absent.with_columns(absent=pl.lit(True))

    def _missing(self, wrong: list[tuple[int, int]], found: pl.DataFrame) -> pl.DataFrame:
        """Every unit that should report the leaf in the period and does not."""
        rows = [
            (leaf, at, self.plan.group_numbers[self.plan.by_key[leaf].group], self._early(leaf, at))
            for leaf, at in wrong
        ]
        places = pl.DataFrame(rows, schema={"leaf": KEY, "at": KEY, "group": KEY, "early": pl.Boolean}, orient="row")
        missing = places.join(self._units, on="group").join(found, on=list(CELL), how="anti")
        missing = missing.join(self._not_carried, on=["u", "leaf"], how="anti")
        made = missing.join(self._absent, on=["u", "at"], how="left").select(
            *CELL, idle=(pl.col("early") | pl.col("absent").is_not_null()).cast(pl.Int64)
        )
        nothing = (pl.lit(None, pl.Int64).alias(name) for name in ("x", "t", "numerator", "denominator"))
        zero = (pl.lit(0, pl.Int64).alias(name) for name in ("zero_value", "few", "known", "early"))
        return made.with_columns(*nothing, *zero)
