"""The same sixteen rules in pandas, as a careful analyst would write them: one pass per kind, in floats.

Run: python pandas_by_hand.py FOLDER annual|monthly [min_max]. With `min_max` only that one rule, for its memory.
Writes the rows that ours writes. Codes are categories, which makes grouping faster.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from measured import Measured
from rules import FULL, GROUPS, INDICATORS, MONTHS, WITH_TARGET, YEAR, kind_of

KEYS = ["group", "indicator", "period"]


def points_of(kind: str, rows: pd.DataFrame) -> pd.Series:
    """Points of all rows of one kind, before bounds."""
    x, target, grouped = rows["value"], rows.get("target"), rows.groupby(KEYS, observed=True)["value"]
    if kind in WITH_TARGET:
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


def scored(table: pd.DataFrame, targets: pd.DataFrame, case: str) -> pd.DataFrame:
    """Add the points of every row, kind by kind."""
    kinds = {f"I{number:03d}": kind_of(number)["kind"] for number in range(INDICATORS)}
    table["kind"] = table["indicator"].map(kinds)
    targets = targets.astype({name: table[name].dtype for name in ("unit", "indicator")})
    parts = []
    for kind, part in table.groupby("kind", sort=False, observed=True):
        rows = part.merge(targets, on=["unit", "indicator"], how="left") if kind in WITH_TARGET else part
        if kind == "time_progress" and case == "monthly":
            rows["target"] *= rows["period"].astype(str).str[5:7].astype(int) / MONTHS
        parts.append(rows.assign(points=points_of(str(kind), rows).clip(0, FULL).round(6)))
    return pd.concat(parts, ignore_index=True)


def main(folder: Path, case: str, only_min_max: bool) -> None:
    """Read, score, rank, write."""
    table = pd.read_parquet(folder / "observations.parquet").rename(columns={"series": "indicator"})
    table = table.astype(dict.fromkeys(("unit", "indicator", "period"), "category"))
    if case == "annual":
        table = table.groupby(["unit", "indicator"], as_index=False, observed=True)["value"].sum()
        table["period"] = pd.Categorical.from_codes(np.zeros(len(table), "int8"), [str(YEAR)])
    numbers = table["unit"].cat.categories.str[1:].astype(int).to_numpy()
    table["group"] = numbers[table["unit"].cat.codes] % GROUPS
    if only_min_max:
        table["points"] = points_of("min_max", table).round(6)
    else:
        targets = pd.read_parquet(folder / "targets.parquet").rename(columns={"series": "indicator", "value": "target"})
        table = scored(table, targets[["unit", "indicator", "target"]], case)
    table["rank"] = table.groupby(KEYS, observed=True)["points"].rank(method="min", ascending=False)
    table[["unit", "indicator", "period", "value", "points", "rank"]].to_parquet(folder / "pandas.parquet")
    totals = table.groupby(["unit", "group"], as_index=False, observed=True)["points"].sum()
    totals["points"] /= 1 if case == "annual" else MONTHS
    totals["rank"] = totals.groupby("group")["points"].rank(method="min", ascending=False)
    totals.drop(columns="group").to_parquet(folder / "pandas_totals.parquet")


if __name__ == "__main__":
    with Measured():
        main(Path(sys.argv[1]), sys.argv[2], "min_max" in sys.argv[3:])
