"""The same sixteen rules in pandas, as a careful analyst would write them: one pass per kind, in floats.

Run: python pandas_by_hand.py FOLDER annual|monthly [min_max]. With `min_max` only that one rule, for its memory.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from data import GROUPS, INDICATORS, KINDS, kind_of
from measured import Measured

FULL = 0.5


def points_of(kind: str, rows: pd.DataFrame, keys: list[str]) -> pd.Series:
    """Points of all rows of one kind, before bounds; keys are the columns that make a comparison group."""
    x, target, grouped = rows["value"], rows.get("target"), rows.groupby(keys, observed=True)["value"]
    if kind in ("completion", "control", "attain", "time_progress"):
        assert target is not None
        ratio = x / target
        return {
            "completion": FULL * ratio,
            "control": FULL * (2 - ratio),
            "attain": FULL * (x >= target),
            "time_progress": FULL + FULL * 0.025 * np.minimum(ratio - 1, 0) * 100,
        }[kind]
    if kind == "rank_points":
        return FULL * (1 - 0.0002 * (grouped.rank(method="min", ascending=False) - 1))
    if kind in ("growth", "z_score"):
        mean = grouped.transform("mean")
        if kind == "growth":
            return FULL * (0.8 + 0.02 * (x - mean))
        return FULL * (0.5 + 0.1 * (x - mean) / grouped.transform("std"))
    if kind == "threshold_deduct":
        return FULL * (1 - 0.01 * np.maximum(50 - x, 0))
    if kind == "bands":
        return pd.Series(FULL * np.array([0, 0.6, 0.8, 1])[np.searchsorted([30, 60, 90], x, "right")], x.index)
    if kind == "piecewise_linear":
        return pd.Series(FULL * np.interp(x, [0, 50, 100], [0, 0.5, 1]), x.index)
    if kind == "goalposts":
        return FULL * np.log(x) / np.log(100)
    low, high = grouped.transform("min"), grouped.transform("max")
    share = (x - low) / (high - low)
    return (
        FULL
        * {
            "efficacy_linear": 0.6 + 0.4 * share,
            "efficacy_exponential": 0.6 ** (1 - share),
            "min_max": share,
            "ratio_to_best": x / high,
            "distance_to_best": share,
        }[kind]
    )


def main(folder: Path, case: str, only_min_max: bool) -> None:
    """Read, score, rank, write."""
    table = pd.read_parquet(folder / "observations.parquet")
    keys = ["group", "series"] if case == "annual" else ["group", "series", "period"]
    if case == "annual":
        table = table.groupby(["unit", "series"], as_index=False, observed=True)["value"].sum()
    table["group"] = table["unit"].str[1:].astype(int) % GROUPS
    if only_min_max:
        table["points"] = points_of("min_max", table, keys)
    else:
        targets = pd.read_parquet(folder / "targets.parquet").rename(columns={"value": "target"})
        kinds = {f"I{number:03d}": kind_of(number)["kind"] for number in range(INDICATORS)}
        table["kind"] = table["series"].map(kinds)
        parts = []
        for rule in KINDS:
            kind = rule["kind"]
            rows = table[table["kind"] == kind]
            if kind in ("completion", "control", "attain", "time_progress"):
                rows = rows.merge(targets[["unit", "series", "target"]], on=["unit", "series"], how="left")
            if kind == "time_progress" and case == "monthly":
                month = rows["period"].str[5:7].astype(int)
                rows = rows.assign(target=rows["target"] * month / 12)
            rows = rows.assign(points=points_of(kind, rows, keys).clip(0, FULL).round(6))
            parts.append(rows)
        table = pd.concat(parts, ignore_index=True)
    totals = table.groupby("unit", as_index=False)["points"].sum()
    totals["rank"] = totals["points"].rank(method="min", ascending=False)
    columns = ["unit", "series", "points"] if case == "annual" else ["unit", "series", "period", "points"]
    table[columns].to_parquet(folder / "pandas.parquet")
    totals.to_parquet(folder / "pandas_totals.parquet")


if __name__ == "__main__":
    with Measured():
        main(Path(sys.argv[1]), sys.argv[2], "min_max" in sys.argv[3:])
