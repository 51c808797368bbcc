"""Panels whose rows come from two: a unit's own figures from one side, those of the others from the other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import narwhals as nw
import polars as pl

from baton.engine.compare.attribution.events import events_of
from baton.engine.compare.attribution.parts import Case
from baton.engine.panel.panel import COLUMNS, Panel
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure.figures import reported
from baton.words import Problem, Refused

type Figure = tuple[str, str]

_LARGEST = 9 * 10**18
_KEYS = ["unit", "series", "figure", "at"]


def read_by(scheme: Scheme) -> frozenset[Figure]:
    """Name what a scheme asks for: pairs of series and figure."""
    return frozenset((one.series_code, figure) for one in scheme.indicators for figure in reported(one))


@dataclass(frozen=True)
class Figures:
    """The figures of two cases side by side, in the same units of measure and without their year."""

    before: Case
    after: Case

    @cached_property
    def decimals(self) -> dict[str, int]:
        """The finer scale of both, by series."""
        one, other = self.before.panel.decimals, self.after.panel.decimals
        return {series: max(one.get(series, 0), other.get(series, 0)) for series in (*one, *other)}

    @cached_property
    def tables(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Rows of both sides: unit, series, figure, at (`-06`, `-Q2`, empty: the year), value, preliminary."""
        return self._table(self.before), self._table(self.after)

    @cached_property
    def moved(self) -> frozenset[str]:
        """Units whose own figures differ."""
        one, other = self.tables
        columns = [*_KEYS, "value", "preliminary"]
        differing = pl.concat([one.join(other, on=columns, how="anti"), other.join(one, on=columns, how="anti")])
        return frozenset(differing["unit"])

    @cached_property
    def reads(self) -> tuple[frozenset[Figure], frozenset[Figure]]:
        """What each side's scheme asks for."""
        return read_by(self.before.scheme), read_by(self.after.scheme)

    def panel(self, scheme: Scheme, year: int, peers: int, own: int, swapped: Collection[str], events: int) -> Panel:
        """Make the panel of a blend: sides are 0 (before) and 1 (after); `swapped` units have their rows from `own`.

        Figures that only one of the two schemes asks for come from that one's side: they arrive with the scheme.
        """
        wanted = read_by(scheme)
        rows = self._side(peers, wanted)
        if swapped and own != peers:
            mine = pl.col("unit").is_in(list(swapped))
            rows = pl.concat([rows.filter(~mine), self._side(own, wanted).filter(mine)])
        assessed = [unit.code for unit in scheme.units if unit.group is not None]
        rows = rows.filter(pl.col("unit").is_in(assessed)).with_columns(period=str(year) + pl.col("at"))
        return Panel(
            nw.from_native(rows.select(COLUMNS).lazy()),
            {series: self.decimals[series] for series in rows["series"].unique().to_list()},
            digest="",
            events=tuple(events_of((self.before, self.after)[events], scheme, year)),
            years=(year,),
        )

    def _side(self, side: int, wanted: frozenset[Figure]) -> pl.DataFrame:
        own, other = self.tables[side], self.tables[1 - side]
        lent = (wanted & self.reads[1 - side]) - self.reads[side]
        kept = _only(own, wanted & self.reads[side])
        return pl.concat([kept, _only(other, lent)]) if lent else kept

    def _table(self, case: Case) -> pl.DataFrame:
        year = str(case.year)
        table: pl.DataFrame = case.panel.frame.collect(backend="polars").to_native()
        table = table.select(COLUMNS).filter(pl.col("period").str.slice(0, 4) == year)
        table = table.with_columns(pl.col("unit", "series", "figure").cast(pl.String))
        return self._scaled(table, case.panel.decimals).select(
            "unit", "series", "figure", pl.col("period").str.slice(4).alias("at"), "value", "preliminary"
        )

    def _scaled(self, table: pl.DataFrame, decimals: Mapping[str, int]) -> pl.DataFrame:
        """Give values on the common scale; raises `Refused` where they no longer fit 64 bits."""
        coarser = {series: 10 ** (self.decimals[series] - own) for series, own in decimals.items()}
        coarser = {series: factor for series, factor in coarser.items() if factor > 1}
        if not coarser:
            return table
        most = table.group_by("series").agg(pl.col("value").abs().max())
        wide = [series for series, value in most.iter_rows() if value * coarser.get(series, 1) > _LARGEST]
        if wide:
            raise Refused([Problem("engine.attribution_too_fine", {"series": series}) for series in sorted(wide)])
        factor = pl.col("series").replace_strict(coarser, default=1, return_dtype=pl.Int64)
        return table.with_columns(value=pl.col("value") * factor)


def _only(table: pl.DataFrame, figures: frozenset[Figure]) -> pl.DataFrame:
    schema = {"series": pl.String, "figure": pl.String}
    return table.join(pl.DataFrame(sorted(figures), schema=schema, orient="row"), on=["series", "figure"], how="semi")
