"""Score the benchmark's panel by its scheme: 16 kinds of rule, points per indicator, totals and ranks as Parquet.

Run: python ours.py FOLDER annual|monthly.
"""

import sys
from pathlib import Path

import polars as pl
from measured import Measured

from baton.engine.panel.frame import panel_of_frame
from baton.engine.scheme.text import from_yaml
from baton.engine.score import score

folder, case = Path(sys.argv[1]), sys.argv[2]
(scheme,) = from_yaml((folder / f"{case}.yaml").read_text("utf-8"), case)
with Measured():
    observations = pl.scan_parquet(folder / "observations.parquet").with_columns(figure=pl.lit("actual"))
    targets = pl.scan_parquet(folder / "targets.parquet")
    sheet = score(scheme, panel_of_frame(pl.concat([observations, targets], how="diagonal"), scheme, "bench"))
    leaves = sheet.leaves.to_native().select("unit", "indicator", "period", "points")
    leaves.write_parquet(folder / "ours.parquet")
    totals = [(one.unit, str(one.total), str(one.rank)) for one in sheet.standings]
    pl.DataFrame(totals, schema=["unit", "total", "rank"], orient="row").write_parquet(folder / "ours_totals.parquet")
