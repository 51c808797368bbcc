"""Score the benchmark's panel by its scheme: 16 kinds of rule, points and rank per indicator, totals, as Parquet.

Run: python ours.py FOLDER annual|monthly. Values are whole numbers of 0.01, points whole numbers of 0.000001.
"""

import sys
from pathlib import Path

import polars as pl
from measured import Measured

from baton.engine.panel.frame import panel_of_frame
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml
from baton.engine.score import score


def main(folder: Path, scheme: Scheme) -> None:
    """Read, score, rank, write."""
    observations = pl.scan_parquet(folder / "observations.parquet").with_columns(figure=pl.lit("actual"))
    targets = pl.scan_parquet(folder / "targets.parquet")
    sheet = score(scheme, panel_of_frame(pl.concat([observations, targets], how="diagonal"), scheme, "bench"))
    leaves = sheet.leaves.to_native().select("unit", "indicator", "period", "value", "points", "rank")
    leaves.write_parquet(folder / "ours.parquet")
    totals = [(one.unit, str(one.base), str(one.rank)) for one in sheet.standings]
    pl.DataFrame(totals, schema=["unit", "points", "rank"], orient="row").write_parquet(folder / "ours_totals.parquet")


if __name__ == "__main__":
    place, case = Path(sys.argv[1]), sys.argv[2]
    (plan,) = from_yaml((place / f"{case}.yaml").read_text("utf-8"), case)
    with Measured():
        main(place, plan)
