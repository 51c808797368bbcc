"""Make the panel of the score benchmark: units x 200 indicators x 12 months, 16 kinds of rule in turn.

Run: python data.py FOLDER [units]. Writes observations.parquet, targets.parquet and a scheme for each case: `annual`
(months added up first) and `monthly` (every month scored and kept).
"""

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from rules import GROUPS, INDICATORS, WITH_TARGET, YEAR, kind_of

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_yaml


def scheme(units: list[str], monthly: bool) -> Scheme:
    """Make the scheme: six groups, one sum of all indicators at half a point each."""
    nodes: list[dict[str, Any]] = [{"code": "S", "name": "总分", "combine": {"kind": "sum"}}]
    if monthly:
        nodes = [{"code": "S", "name": "总分", "combine": {"kind": "arithmetic"}}]
        nodes.append({"code": "M", "name": "月度", "parent": "S", "frequency": "month", "weight": {"*": 1}})
    return Scheme.model_validate(
        {
            "code": "bench",
            "name": "bench",
            "effective_from": f"{YEAR}-01-01",
            "groups": [{"code": f"G{n}", "name": f"G{n}", "root": "S"} for n in range(GROUPS)],
            "units": [{"code": u, "name": u, "group": f"G{n % GROUPS}"} for n, u in enumerate(units)],
            "nodes": nodes,
            "indicators": [_indicator(n, monthly) for n in range(INDICATORS)],
        }
    )


def _indicator(number: int, monthly: bool) -> dict[str, Any]:
    rule = kind_of(number)
    spread = {"spread": "proportional"} if monthly and rule["kind"] == "time_progress" else {}
    return {
        "code": f"I{number:03d}",
        "name": f"I{number:03d}",
        "parent": "M" if monthly else "S",
        "points": {"*": "0.5"},
        "rule": rule,
        "direction": "lower" if rule["kind"] == "control" else "higher",
        "decimals": 2,
        "frequency": "month",
        "missing": "exclude",
        "zero_denominator": "exclude",
        "target": spread,
    }


def write(folder: Path, count: int) -> None:
    """Write the figures and both schemes."""
    folder.mkdir(parents=True, exist_ok=True)
    units = [f"U{number:05d}" for number in range(count)]
    series = [f"I{number:03d}" for number in range(INDICATORS)]
    months = [f"{YEAR}-{month:02d}" for month in range(1, 13)]
    chance = np.random.default_rng(random.Random(1).getrandbits(32))
    keys = {
        "unit": np.repeat(units, INDICATORS * 12),
        "series": np.tile(np.repeat(series, 12), count),
        "period": np.tile(months, count * INDICATORS),
    }
    values = chance.integers(100, 12000, size=count * INDICATORS * 12) * 0.01
    pl.DataFrame({**keys, "value": values.round(2)}).write_parquet(folder / "observations.parquet")
    wanted = [s for n, s in enumerate(series) if kind_of(n)["kind"] in WITH_TARGET]
    targets = {"unit": np.repeat(units, len(wanted)), "series": np.tile(wanted, count)}
    figures = {"figure": "target", "period": f"{YEAR}"}
    amounts = (chance.integers(2000, 10000, size=count * len(wanted)) * 0.01).round(2)
    table = pl.DataFrame({**targets, "value": amounts}).with_columns(**{k: pl.lit(v) for k, v in figures.items()})
    table.write_parquet(folder / "targets.parquet")
    for case in ("annual", "monthly"):
        (folder / f"{case}.yaml").write_text(to_yaml(scheme(units, case == "monthly")), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3000)
