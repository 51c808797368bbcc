"""Make a panel of national size: units x 200 indicators x 12 months, as Parquet cut by series, written file by file.

Run: python panel.py FOLDER [units]. 2,844 units are the counties of a country, 30,000 its townships. Each series has a
seed of its own, so that a file does not depend on the others; one figure in a hundred is missing. Writes
data/series=.../part-0.parquet and a scheme for each case: `annual` (months added up first) and `monthly` (every month
scored and kept).
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_yaml

SEED, COUNTIES, INDICATORS, PROVINCES, YEAR = 20250101, 2_844, 200, 31, 2025
MONTHS = [f"{YEAR}-{month:02d}" for month in range(1, 13)]
MISSING = 0.01
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "completion"},
    {"kind": "min_max"},
    {"kind": "efficacy_linear"},
    {"kind": "rank_points", "step": "0.0002"},
    {"kind": "threshold_deduct", "line": "50", "step": "0.01"},
    {"kind": "bands", "edges": [0, 30, 60, 90], "shares": ["0", "0.6", "0.8", "1"]},
    {"kind": "ratio_to_best"},
    {"kind": "z_score", "mean": "0.5", "deviation": "0.1"},
)


def kind_of(number: int) -> dict[str, Any]:
    """Give the rule of an indicator by its number."""
    return KINDS[number % len(KINDS)]


def units_of(count: int) -> list[str]:
    """Name the units; every 31st belongs to the same province."""
    return [f"{number % PROVINCES + 11}{number:05d}" for number in range(count)]


def scheme(units: list[str], monthly: bool) -> Scheme:
    """Make the scheme: a group per province, one sum of all indicators at half a point each."""
    nodes: list[dict[str, Any]] = [{"code": "S", "name": "总分", "combine": {"kind": "sum"}}]
    if monthly:
        nodes = [{"code": "S", "name": "总分", "combine": {"kind": "arithmetic"}}]
        nodes.append({"code": "M", "name": "月度", "parent": "S", "frequency": "month", "weight": {"*": 1}})
    indicator = {"points": {"*": "0.5"}, "decimals": 2, "frequency": "month", "missing": "exclude"}
    groups = sorted({unit[:2] for unit in units})
    return Scheme.model_validate(
        {
            "code": "scale",
            "name": "scale",
            "effective_from": f"{YEAR}-01-01",
            "groups": [{"code": group, "name": group, "root": "S"} for group in groups],
            "units": [{"code": unit, "name": unit, "group": unit[:2]} for unit in units],
            "nodes": nodes,
            "indicators": [
                {"code": f"I{n:03d}", "name": f"I{n:03d}", "parent": "M" if monthly else "S", "rule": kind_of(n)}
                | indicator
                | {"zero_denominator": "exclude"}
                for n in range(INDICATORS)
            ],
        }
    )


def series(number: int, units: list[str]) -> pl.DataFrame:
    """Make the figures of one series: a level per unit, a season, chance; and a target where its rule asks for one."""
    chance = np.random.default_rng([SEED, number])
    level = chance.lognormal(3.5, 0.5, size=(len(units), 1))
    values = (level * chance.normal(1.0, 0.2, size=(len(units), 12)).clip(0.1)).round(2).ravel()
    there = chance.random(len(values)) >= MISSING
    codes = pl.Series(units, dtype=pl.Enum(units))
    rows = pl.DataFrame(
        {
            "unit": codes.gather(np.repeat(np.arange(len(units)), 12)),
            "figure": pl.repeat("actual", len(values), eager=True),
            "period": pl.Series(MONTHS).gather(np.tile(np.arange(12), len(units))),
            "value": values,
        }
    ).filter(pl.Series(there))
    if kind_of(number)["kind"] == "completion":
        wanted = {"figure": pl.lit("target"), "period": pl.lit(str(YEAR))}
        targets = pl.DataFrame({"unit": codes, "value": (level.ravel() * 12).round(2)}).with_columns(**wanted)
        rows = pl.concat([rows, targets.select(rows.columns)])
    return rows.with_columns(pl.col("unit").cast(pl.String))


def write(folder: Path, count: int) -> None:
    """Write the figures, series after series, and both schemes."""
    units = units_of(count)
    for number in range(INDICATORS):
        place = folder / "data" / f"series=I{number:03d}"
        place.mkdir(parents=True, exist_ok=True)
        series(number, units).write_parquet(place / "part-0.parquet")
    for case in ("annual", "monthly"):
        (folder / f"{case}.yaml").write_text(to_yaml(scheme(units, case == "monthly")), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNTIES)
