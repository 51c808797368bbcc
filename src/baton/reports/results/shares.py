"""Points obtained out of full points, added up from the stored leaves over parts and periods."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import narwhals as nw

from baton.engine.quantum import to_points
from baton.reports.results.results import Results


@dataclass(frozen=True, slots=True)
class Got:
    """Points and full points, both added up over what was scored, and how often it was scored."""

    points: Decimal
    full: Decimal
    times: int

    @property
    def share(self) -> Decimal | None:
        """The share of the full points; None where there were none to get."""
        return self.points / self.full if self.full else None

    @property
    def mean_points(self) -> Decimal:
        """Points each time on the average."""
        return self.points / self.times

    @property
    def mean_full(self) -> Decimal:
        """Full points each time on the average."""
        return self.full / self.times


def by_unit(results: Results) -> Mapping[tuple[str, str], Got]:
    """Give what each unit got of each indicator; a unit that was not scored on one is not there."""
    return {(key[0], key[1]): got for key, got in _summed(results, "unit", "indicator")}


def by_indicator(results: Results) -> Mapping[tuple[str, str], Got]:
    """Give what the units of each group got of each indicator, all together."""
    return {(key[0], key[1]): got for key, got in _summed(results, "group", "indicator")}


def _summed(results: Results, *keys: str) -> Iterator[tuple[tuple[Any, ...], Got]]:
    leaves = results.sheet.leaves.filter(~nw.col("points").is_null())
    spots = leaves.group_by("unit", "group", "indicator", "period").agg(nw.col("points").sum(), nw.col("full").sum())
    sums = spots.group_by(*keys).agg(nw.col("points").sum(), nw.col("full").sum(), times=nw.len()).sort(*keys)
    decimals = results.sheet.scheme.decimals
    for *key, points, full, times in sums.select(*keys, "points", "full", "times").iter_rows():
        yield tuple(key), Got(to_points(points, decimals), to_points(full, decimals), times)
