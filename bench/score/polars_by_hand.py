"""The peer to come near to: a streaming Polars script that only does min-max, weighted sum and rank, in floats.

Run: python polars_by_hand.py FOLDER annual|monthly. Writes the rows that ours writes.
"""

import sys
from pathlib import Path

import polars as pl
from measured import Measured
from rules import FULL, GROUPS, MONTHS, YEAR


def main(folder: Path, case: str) -> None:
    """Read, score, rank, write."""
    figures = pl.scan_parquet(folder / "observations.parquet").rename({"series": "indicator"})
    if case == "annual":
        figures = figures.group_by("unit", "indicator").agg(pl.col("value").sum(), period=pl.lit(str(YEAR)))
    figures = figures.with_columns(group=pl.col("unit").str.slice(1).cast(pl.Int32) % GROUPS)
    keys = ["group", "indicator", "period"]
    ends = figures.group_by(keys).agg(low=pl.col("value").min(), high=pl.col("value").max())
    share = (pl.col("value") - pl.col("low")) / (pl.col("high") - pl.col("low"))
    leaves = figures.join(ends, on=keys).with_columns(points=(share * FULL).round(6))
    leaves = leaves.with_columns(rank=pl.col("points").rank("min", descending=True).over(keys))
    leaves = leaves.select("unit", "indicator", "period", "value", "points", "rank", "group")
    table = leaves.collect(engine="streaming")
    table.drop("group").write_parquet(folder / "polars.parquet")
    times = 1 if case == "annual" else MONTHS
    totals = table.group_by("unit", "group").agg(pl.col("points").sum() / times)
    totals = totals.with_columns(rank=pl.col("points").rank("min", descending=True).over("group"))
    totals.drop("group").write_parquet(folder / "polars_totals.parquet")


if __name__ == "__main__":
    with Measured():
        main(Path(sys.argv[1]), sys.argv[2])
