"""The figures of a panel, and the columns by which its units, names and periods are known: texts, or codes for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.backends import Backend
from baton.engine.panel.coded import Coded
from baton.engine.panel.panel import Panel
from baton.engine.steps.keys import KEY
from baton.engine.steps.tables import Tables

type Frame = nw.LazyFrame[Any]

_CELL = "cell_code"


@dataclass(frozen=True)
class Source:
    """A panel's rows, with the tables of a plan made to join them.

    `unit` and `name` (of series and figure) are the columns that rows and tables share. `of_one_year`: all rows are of
    the plan's year.
    """

    rows: Frame
    unit: tuple[str, ...]
    name: tuple[str, ...]
    tables: Tables
    backend: Backend
    coded: Coded | None = None
    of_one_year: bool = False

    @classmethod
    def of(cls, panel: Panel, tables: Tables, backend: Backend) -> "Source":
        """Take codes where the panel has them and the engine is the one that holds them."""
        coded = panel.coded if backend.name == "polars" else None
        if coded is None:
            return cls(panel.frame, ("unit",), ("series", "figure"), tables, backend)
        rows: Frame = nw.from_native(coded.table.lazy())
        return cls(rows, ("unit_code",), ("name_code",), tables, backend, coded, panel.years == (tables.plan.year,))

    def dated(self) -> Frame:
        """The rows of the plan's year, with the number of their period (seen) and a bit of its own."""
        if self.coded is None:
            return self.rows.join(self.backend.frame(self.tables.periods), on="period", how="inner")
        numbers = {period: (seen, bit) for period, seen, bit in self.tables.periods.iter_rows()}
        return nw.from_native(self.coded.dated(numbers, self.of_one_year))

    def units(self) -> Frame:
        """Every unit that is assessed: its key, u (number), base (group number x number of entries)."""
        units = () if self.coded is None else self.coded.units
        return self._joinable(self.tables.units, "unit_code", ("unit",), {(unit,): n for n, unit in enumerate(units)})

    def feeds(self, numbers: Iterable[int]) -> Frame:
        """The names that these feeds read, with what they read them for."""
        table = self.tables.feed_table.filter(pl.col("feed").is_in(list(numbers))).drop("way")
        codes = {} if self.coded is None else {name: n for n, name in enumerate(self.coded.names)}
        return self._joinable(table, "name_code", ("series", "figure"), codes)

    def is_period(self, period: str) -> nw.Expr:
        """Whether a row was reported for a period."""
        if self.coded is None:
            return nw.col("period") == period
        code = self.coded.period_codes.get(period)
        return nw.lit(False) if code is None else nw.col("period_code") == code

    def in_periods(self, periods: Iterable[str]) -> nw.Expr:
        """Whether a row was reported for one of several periods."""
        if self.coded is None:
            return nw.col("period").is_in(list(periods))
        codes = self.coded.period_codes
        return nw.col("period_code").is_in([codes[period] for period in periods if period in codes])

    def celled(self, rows: Frame) -> tuple[Frame, list[str]]:
        """Rows with the columns that those of one unit and name share, and these columns."""
        if self.coded is None:
            return rows, ["unit", "series", "figure"]
        packed = nw.col("unit_code").cast(nw.Int64) * len(self.coded.names) + nw.col("name_code")
        return rows.with_columns(**{_CELL: packed}), [_CELL]

    def uncelled(self, rows: Frame) -> Frame:
        """Give groups of one unit and name their own keys again."""
        if self.coded is None:
            return rows
        cell, names = nw.col(_CELL), len(self.coded.names)
        return rows.with_columns(
            unit_code=(cell // names).cast(nw.Int32), name_code=(cell % names).cast(nw.Int32)
        ).drop(_CELL)

    def readable(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Give a few rows the texts of their unit and series, if codes are all they have."""
        if self.coded is None or _CELL not in rows.columns:
            return rows
        spots = [divmod(spot, len(self.coded.names)) for spot in rows[_CELL]]
        unit = pl.Series("unit", [self.coded.units[unit] for unit, _ in spots], dtype=pl.String)
        series = pl.Series("series", [self.coded.names[name][0] for _, name in spots], dtype=pl.String)
        return rows.with_columns(unit, series)

    def _joinable(self, table: pl.DataFrame, code: str, texts: tuple[str, ...], codes: Mapping[Any, int]) -> Frame:
        if self.coded is None:
            return self.backend.frame(table)
        found = pl.Series(code, [codes.get(key) for key in table.select(texts).rows()], dtype=KEY)
        return self.backend.frame(table.drop(texts).with_columns(found).filter(pl.col(code).is_not_null()))
