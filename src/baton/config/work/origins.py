"""The cells that the figures of an explanation came from, out of the observations kept beside a result."""

from pathlib import Path

import polars as pl

from baton.engine.explain import Explanation
from baton.engine.scheme.model import Scheme
from baton.reports.store.provenance import Slot

type Origins = dict[str, list[dict[str, str]]]
_TOLD = ("figure", "period", "value", "file", "sheet", "cell", "conversion", "file_sha256", "version", "preliminary")


def origins_of(folder: Path, scheme: Scheme, found: Explanation) -> Origins:
    """Give by indicator every figure that was read for the unit, with file, sheet and cell; empty for Parquet input.

    Corrections and preliminary figures stand beside what replaced them.
    """
    path = folder / Slot.OBSERVATIONS
    if not path.exists():
        return {}
    series = {indicator.code: indicator.series_code for indicator in scheme.indicators}
    wanted = {one.code: series[one.code] for one in found.indicators}
    table = pl.read_parquet(path).filter(pl.col("unit") == found.unit, pl.col("series").is_in(list(wanted.values())))
    by_series: Origins = {}
    for row in table.sort("figure", "period", "version").iter_rows(named=True):
        by_series.setdefault(row["series"], []).append({name: str(row[name]) for name in _TOLD if row[name]})
    return {code: by_series[name] for code, name in wanted.items() if name in by_series}
