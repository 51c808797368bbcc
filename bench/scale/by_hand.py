"""The peer: a streaming Polars script by hand that only does min-max, sum and rank of totals, in floats.

Run: python by_hand.py FOLDER annual|monthly. It reads what ours reads and writes every leaf; it has no ranks by
indicator, no digest, no check of names and gaps.
"""

import json
import resource
import sys
import time
from pathlib import Path

import polars as pl

FULL, MONTHS, YEAR = 0.5, 12, "2025"


def main(folder: Path, case: str) -> None:
    """Read, score, rank, write."""
    figures = pl.scan_parquet(folder / "data", hive_partitioning=True).filter(pl.col("figure") == "actual")
    if case == "annual":
        figures = figures.group_by("unit", "series").agg(pl.col("value").sum(), period=pl.lit(YEAR))
    figures = figures.with_columns(group=pl.col("unit").str.slice(0, 2))
    keys = ["group", "series", "period"]
    ends = figures.group_by(keys).agg(low=pl.col("value").min(), high=pl.col("value").max())
    share = (pl.col("value") - pl.col("low")) / (pl.col("high") - pl.col("low"))
    leaves = figures.join(ends, on=keys).select("unit", "series", "period", "value", points=(share * FULL).round(6))
    leaves.sink_parquet(folder / "by_hand.parquet", engine="streaming")
    written = pl.scan_parquet(folder / "by_hand.parquet").group_by("unit").agg(pl.col("points").sum())
    totals = written.with_columns(pl.col("points") / (1 if case == "annual" else MONTHS)).collect(engine="streaming")
    group = pl.col("unit").str.slice(0, 2)
    totals.with_columns(rank=pl.col("points").rank("min", descending=True).over(group)).write_parquet(
        folder / "by_hand_totals.parquet"
    )


if __name__ == "__main__":
    start = time.perf_counter()
    main(Path(sys.argv[1]), sys.argv[2])
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": time.perf_counter() - start, "megabytes": kilobytes * 1e-3}))
