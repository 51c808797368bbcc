"""The peer to come near to: a streaming Polars script that only does min-max, weighted sum and rank, in floats.

Run: python polars_by_hand.py FOLDER annual|monthly.
"""

import sys
from pathlib import Path

import polars as pl
from measured import Measured

folder, case = Path(sys.argv[1]), sys.argv[2]
with Measured():
    figures = pl.scan_parquet(folder / "observations.parquet")
    keys = ["series"] if case == "annual" else ["series", "period"]
    if case == "annual":
        figures = figures.group_by("unit", "series").agg(pl.col("value").sum())
    ends = figures.group_by(keys).agg(low=pl.col("value").min(), high=pl.col("value").max())
    share = (pl.col("value") - pl.col("low")) / (pl.col("high") - pl.col("low"))
    points = figures.join(ends, on=keys).with_columns(points=share * 0.5).collect(engine="streaming")
    points.select("unit", *keys, "points").write_parquet(folder / "polars.parquet")
    totals = points.group_by("unit").agg(pl.col("points").sum())
    totals = totals.with_columns(rank=pl.col("points").rank("min", descending=True))
    totals.write_parquet(folder / "polars_totals.parquet")
