"""The benchmarks run, at a size that proves nothing about speed, and compare what is the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

HOUSE = Path(__file__).parents[2]
BENCH = HOUSE / "bench"
SCRIPTS = sorted(path.relative_to(BENCH).as_posix() for path in BENCH.rglob("*.py"))
KEYS = ["unit", "indicator", "period"]
WITH_MIN_MAX = (6, 15)
MIN_MAX = 1


def run(script: str, *arguments: str, code: str = "") -> str:
    """Run a script of the benchmarks, or code beside it; give what it printed."""
    words = [sys.executable, *(["-c", code] if code else [str(BENCH / script), *arguments])]
    paths = os.pathsep.join([str(HOUSE / "src"), str((BENCH / script).parent)])
    given = {
        name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
    }
    done = subprocess.run(words, capture_output=True, text=True, env={**given, "PYTHONPATH": paths}, check=False)
    assert done.returncode in (0, 3), done.stderr
    return done.stdout


@pytest.mark.parametrize("folder", sorted({Path(script).parent.as_posix() for script in SCRIPTS}))
def test_scripts_can_be_imported(folder: str) -> None:
    here = [Path(one) for one in SCRIPTS if Path(one).parent.as_posix() == folder and one != "__main__.py"]
    assert run(here[0].as_posix(), code="\n".join(f"import {one.stem}" for one in here)) == ""


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("panel")
    run("score/data.py", str(folder), "30")
    return folder


def rows(path: Path) -> pl.DataFrame:
    return pl.read_parquet(path).with_columns(pl.col(KEYS).cast(pl.String)).sort(KEYS)


def totals(path: Path) -> pl.DataFrame:
    table = pl.read_parquet(path).with_columns(pl.col("unit").cast(pl.String))
    return table.with_columns(pl.col("points", "rank").cast(pl.Float64)).sort("unit")


@pytest.mark.parametrize("case", ["annual", "monthly"])
def test_ours_and_the_peers_score_alike(case: str, panel: Path) -> None:
    for script in ("ours.py", "pandas_by_hand.py", "polars_by_hand.py"):
        told = json.loads(run(f"score/{script}", str(panel), case))
        assert set(told) == {"seconds", "megabytes"}
    ours, pandas, polars = (rows(panel / f"{name}.parquet") for name in ("ours", "pandas", "polars"))
    assert len(ours) == 30 * 200 * (1 if case == "annual" else 12)
    for peer in (pandas, polars):
        assert peer.columns == ours.columns
        assert peer[KEYS].equals(ours[KEYS])
        assert (peer["value"] - ours["value"] * 0.01).abs().max() < 1e-6
    # A float may fall on the other side of a half in the sixth place, so points differ by one quantum at most.
    assert (pandas["points"] * 1e6 - ours["points"]).abs().max() < 1 + 1e-3
    assert (pandas["rank"] == ours["rank"]).mean() > 0.999
    numbers = ours["indicator"].str.slice(1).cast(pl.Int32) % 16
    same = numbers.is_in(WITH_MIN_MAX)
    assert (polars.filter(same)["points"] * 1e6 - ours.filter(same)["points"]).abs().max() < 1 + 1e-3
    mine, theirs = (totals(panel / f"{name}_totals.parquet") for name in ("ours", "pandas"))
    assert (mine["points"] - theirs["points"]).abs().max() < 2e-5
    assert mine["rank"].equals(theirs["rank"])


def test_pandas_with_one_rule_writes_as_many_rows(panel: Path) -> None:
    run("score/pandas_by_hand.py", str(panel), "monthly", "min_max")
    assert len(pl.read_parquet(panel / "pandas.parquet")) == 30 * 200 * 12


def test_the_comparisons_tell_rows_of_the_table() -> None:
    told = run("sheets_read.py", "60", "2") + run("startup.py", "1")
    made = run(
        "table.py", code=f"import table; print(table.table('facts', map(table.read, {told.splitlines()!r})), end='')"
    )
    lines = made.splitlines()
    assert lines[:2] == ["facts", ""]
    assert [line.count("|") for line in lines[2:]] == [7] * 5
    assert "1,200 cells" in lines[4]


def test_a_table_goes_under_its_heading_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text((HOUSE / "docs" / "performance.md").read_text("utf-8"), "utf-8")
    before = page.read_text("utf-8")
    code = "import table; from pathlib import Path; table.write(Path({!r}), {!r})"
    run("table.py", code=code.format(str(page), {"startup": "earlier"}))
    run("table.py", code=code.format(str(page), {"startup": "second", "newest": "third"}))
    after = page.read_text("utf-8")
    assert "### startup\n\nsecond\n\n### county\n\n" in after
    assert "### newest\n\nthird\n<!--" in after
    assert "earlier" not in after
    others = before.partition("### county")[2].partition("\n<!--")[0]
    assert after.partition("### county")[2].startswith(others + "\n\n### newest")
    assert after.partition("<!--")[0] == before.partition("<!--")[0]
    assert after.rpartition("-->")[2] == before.rpartition("-->")[2]


def test_the_machine_is_told_in_one_line() -> None:
    told = run("machine.py", code="import machine; print(machine.facts(), end='')")
    assert "\n" not in told
    assert f"polars {pl.__version__}" in told
    assert "Python 3." in told


@pytest.mark.parametrize("case", ["annual", "monthly"])
def test_a_national_panel_is_scored_in_parts_beside_its_peer(case: str, tmp_path: Path) -> None:
    run("scale/panel.py", str(tmp_path), "40")
    assert len(list((tmp_path / "data").iterdir())) == 200
    code = f"from pathlib import Path; from scale_out import ours; print(*ours(Path({str(tmp_path)!r}), {case!r}))"
    told = run("scale_out.py", code=code)
    seconds, megabytes = map(float, told.split())
    assert seconds > 0
    assert megabytes > 0
    assert set(json.loads(run("scale/by_hand.py", str(tmp_path), case))) == {"seconds", "megabytes"}
    mine = pl.read_parquet(tmp_path / f"results-{case}" / "results.parquet").with_columns(pl.col(KEYS).cast(pl.String))
    theirs = pl.read_parquet(tmp_path / "by_hand.parquet").rename({"series": "indicator"})
    both = mine.join(theirs, on=KEYS, suffix="_peer").filter(pl.col("points").is_not_null())
    assert len(both) == len(theirs)
    same = both.filter(pl.col("indicator").str.slice(1).cast(pl.Int32) % 8 == MIN_MAX)
    assert len(same) > 0
    assert (same["points_peer"] * 1e6 - same["points"]).abs().max() < 1 + 1e-3


def test_draws_slider_and_intervals_are_told_beside_their_peers() -> None:
    told = [json.loads(line) for line in run("robustness.py", "--quick").splitlines()]
    draws, slider, *coverage = told[:-2]
    assert draws["ratio"] > 1
    assert slider["ours"] > 0
    assert len(coverage) == 10
    assert all(85 <= one["ours"] <= 100 for one in coverage)
    assert all(one["ratio"] < 1 for one in told[-2:])


def test_the_pages_of_a_county_are_opened_and_its_workbooks_all_land(tmp_path: Path) -> None:
    size = ("--size", "8", "20", "60")
    told = run("pages/run.py", "pages", "uploads", "--sqlite", "--quick", "--folder", str(tmp_path), *size)
    measures = {one["what"]: one["value"] for one in map(json.loads, told.splitlines())}
    assert measures["8 workbooks at once, SQLite: lost"] == 0
    assert sum(what.startswith("queries of") for what in measures) == 2
    county = json.loads((tmp_path / "county" / "county.json").read_text("utf-8"))
    assert {page["kind"] for page in county["pages"]} == {"list", "form", "league", "overview", "search"}
    row = run("county_pages.py", code=f"import county_pages; county_pages.row_of({told.splitlines()[0]!r}).tell()")
    assert json.loads(row)["unit"] == "ms"
