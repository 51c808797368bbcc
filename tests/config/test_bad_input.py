"""Input that cannot be used: every case a clear message with its place, a code that is not zero, nothing written."""

from pathlib import Path

import polars as pl
import pytest
from tests.config.small import EVENTS, FIGURES, SCHEME, call, county, left

from baton.config.cli.ending import Code

TWO_WHOLE = "rule: {kind: completion}"


def score(folder: Path, **texts: str) -> tuple[list[str], list[dict[str, str]]]:
    """Score a county that is wrong; gives codes and places of its problems, and holds that nothing was written."""
    paths = county(folder, **texts)
    before = left(folder)
    said = call("score", *paths, "--year", "2025", "-o", folder / "results", "--json")
    assert said.code == Code.INPUT, said.out
    assert left(folder) == before
    shown = call("score", *paths, "--year", "2025", "-o", folder / "results", language="en")
    assert (shown.code, shown.out) == (Code.INPUT, "")
    assert shown.err.startswith("Error")
    problems = said.json["problems"]
    assert all(one["what"] for one in problems)
    return [one["code"] for one in problems if one["severity"] == "error"], [one["place"] for one in problems]


FIGURE_CASES = {
    "unknown unit": ("U1,I2", "U9,I2", "engine.unknown_unit"),
    "unknown indicator": ("U1,I2", "U1,I9", "engine.unknown_series"),
    "unknown figure": ("U1,I2,actual", "U1,I2,actuel", "engine.unknown_figure"),
    "reported twice": ("U1,I1,actual,2025-02,200.5", "U1,I1,actual,2025-01,200.5", "engine.reported_twice"),
    "text for a number": ("200.5", "约200", "config.long_not_a_number"),
    "thousands separator": ("200.5", '"1,200"', "config.long_not_a_number"),
    "not a number": ("200.5", "NaN", "config.long_not_a_number"),
    "infinity": ("200.5", "inf", "config.long_not_a_number"),
    "no period": ("2025-02", "2025-13", "config.long_not_a_period"),
    "too few columns": ("U1,I2,actual,2025,8.1", "U1,I2,8.1", "config.long_ragged"),
    "no unit": ("U1,I2", ",I2", "config.long_empty"),
    "too many digits": ("200.5", "0.1234567890123", "engine.too_many_decimals"),
    "too large": ("200.5", "12345678901234567890", "engine.too_large"),
    "zero denominator": ("target,2025,1200", "target,2025,0", "engine.zero_denominator"),
    "missing figure": ("U1,I2,actual,2025,8.1\n", "", "engine.figure_required"),
}


@pytest.mark.parametrize("name", FIGURE_CASES)
def test_figures_that_cannot_be_used(name: str, tmp_path: Path) -> None:
    given, wrong, code = FIGURE_CASES[name]
    assert given in FIGURES
    codes, _ = score(tmp_path, figures=FIGURES.replace(given, wrong, 1))
    assert code in codes


SCHEME_CASES = {
    "no YAML": ("groups:", "groups: [", "engine.scheme_not_yaml"),
    "unknown option": (TWO_WHOLE, "rule: {kind: completion, capp: 1}", "engine.scheme_unknown_option_near"),
    "unknown rule": (TWO_WHOLE, "rule: {kind: complete}", "engine.scheme_unknown_kind_near"),
    "negative points": ("points: {A: 40}", "points: {A: -40}", "engine.scheme_negative_points"),
    "points that do not add up": ("points: {A: 40}", "points: {A: 39}", "engine.scheme_points_do_not_add_up"),
    "cycle": ("{code: R, name: 总分, full: 100}", "{code: R, name: 总分, full: 100, parent: R}", "engine.scheme_cycle"),
    "empty group": (
        "{code: A, name: 甲组, root: R}",
        "{code: A, name: 甲组, root: R}\n  - {code: E, name: 空组, root: R}",
        "engine.scheme_group_empty",
    ),
    "unknown parent": (
        "parent: R\n    points: {A: 40}",
        "parent: X\n    points: {A: 40}",
        "engine.scheme_unknown_node",
    ),
    "code given twice": ("code: U2", "code: U1", "engine.scheme_code_twice"),
    "no version for the year": ("2025-01-01", "2026-01-01", "engine.scheme_no_version"),
}


@pytest.mark.parametrize("name", SCHEME_CASES)
def test_schemes_that_cannot_be_used(name: str, tmp_path: Path) -> None:
    given, wrong, code = SCHEME_CASES[name]
    assert given in SCHEME
    codes, places = score(tmp_path, scheme=SCHEME.replace(given, wrong, 1))
    assert code in codes
    if code != "engine.scheme_no_version":
        assert any(place.get("file") == "scheme.yaml" and place.get("line") for place in places)


@pytest.mark.parametrize(
    ("given", "wrong", "code"),
    [
        ("U3,B1", "U9,B1", "engine.event_unknown_unit"),
        ("U3,B1", "U3,B9", "engine.event_unknown_item"),
        ("省级", "乡级", "engine.event_unknown_level"),
        ("2025-05-20", "2025年5月", "config.long_not_a_date"),
    ],
)
def test_events_that_cannot_be_used(given: str, wrong: str, code: str, tmp_path: Path) -> None:
    codes, _ = score(tmp_path, events=EVENTS.replace(given, wrong, 1))
    assert codes == [code]


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    wrong = FIGURES.replace("200.5", "x").replace("2025,5.2", "2025年,5.2").replace("U3,I2", ",I2")
    codes, places = score(tmp_path, figures=wrong)
    assert codes == ["config.long_not_a_number", "config.long_not_a_period", "config.long_empty"]
    assert [(place["file"], place["cell"]) for place in places] == [
        ("figures.csv", "E4"),
        ("figures.csv", "D8"),
        ("figures.csv", "A11"),
    ]


def test_units_that_are_all_equal_are_scored_with_a_flag(tmp_path: Path) -> None:
    paths = county(tmp_path, figures=FIGURES.replace("8.1", "5.2").replace("6.6", "5.2"))
    said = call("score", *paths, "-o", tmp_path / "results")
    assert said.code == Code.GOOD
    leaves = pl.read_parquet(tmp_path / "results" / "results.parquet").filter(pl.col("indicator") == "I2")
    assert leaves["points"].unique().to_list() == [40_000_000]
    assert (leaves["flags"] > 0).all()


PARQUET_CASES = {
    "NaN": ([1.0, float("nan")], pl.Float64, "config.parquet_values"),
    "infinity": ([1.0, float("inf")], pl.Float64, "config.parquet_values"),
    "too many decimals": ([1.0, 1 / 3], pl.Float64, "config.parquet_values"),
    "text": (["1", "约2"], pl.String, "config.parquet_values"),
    "a list": ([[1], [2]], pl.List(pl.Int64), "config.parquet_type"),
}


@pytest.mark.parametrize("name", PARQUET_CASES)
def test_parquet_that_cannot_be_used(name: str, tmp_path: Path) -> None:
    values, kind, code = PARQUET_CASES[name]
    scheme, *_ = county(tmp_path)
    keys = {"unit": ["U1", "U2"], "series": ["I2", "I2"], "period": ["2025", "2025"]}
    pl.DataFrame({**keys, "value": pl.Series(values, dtype=kind)}).write_parquet(tmp_path / "f.parquet")
    said = call("score", scheme, tmp_path / "f.parquet", "-o", tmp_path / "results", "--json")
    assert (said.code, said.codes) == (Code.INPUT, [code])
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("f.parquet", b"PAR1 but broken", "config.parquet_broken"),
        ("f.xlsx", b"PK\x03\x04 but broken", "sheets.broken_file"),
        ("f.xlsx", b"", "sheets.empty_file"),
        ("f.csv", b"\xff\xfe\x00", "sheets.unknown_encoding"),
        ("f.txt", b"text", "config.data_kind"),
    ],
)
def test_broken_files_are_named(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    scheme, *_ = county(tmp_path)
    (tmp_path / name).write_bytes(content)
    said = call("score", scheme, tmp_path / name, "-o", tmp_path / "results", "--json")
    assert said.code == Code.INPUT
    assert said.codes == [code]
    assert not (tmp_path / "results").exists()


def test_missing_columns_are_named(tmp_path: Path) -> None:
    scheme, *_ = county(tmp_path)
    pl.DataFrame({"unit": ["U1"], "value": [1]}).write_parquet(tmp_path / "f.parquet")
    said = call("score", scheme, tmp_path / "f.parquet", "--json")
    assert said.codes == ["config.long_columns"]
    assert "period" in said.json["problems"][0]["what"]


def test_an_empty_folder_and_no_folder(tmp_path: Path) -> None:
    scheme, *_ = county(tmp_path)
    (tmp_path / "empty").mkdir()
    assert call("score", scheme, tmp_path / "empty", "--json").codes == ["config.no_data"]
    assert call("score", scheme, tmp_path / "nowhere", "--json").codes == ["config.not_found"]
    assert call("score", tmp_path / "nowhere.yaml", tmp_path / "empty", "--json").codes == ["config.not_found"]
    assert call("score", tmp_path / "figures.csv", tmp_path / "empty", "--json").codes == ["config.scheme_kind"]


def test_spark_without_its_parts_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = county(tmp_path)
    monkeypatch.setattr("baton.config.engines.spark.importlib.util.find_spec", lambda name: None)
    said = call("score", *paths, "-o", tmp_path / "r", "--engine", "spark", "--json")
    assert (said.code, said.codes) == (Code.ENVIRONMENT, ["config.no_pyspark"])
    monkeypatch.setattr("baton.config.engines.spark.importlib.util.find_spec", lambda name: name)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    said = call("score", *paths, "-o", tmp_path / "r", "--engine", "spark", "--json")
    assert (said.code, said.codes) == (Code.ENVIRONMENT, ["config.no_java"])
    assert not (tmp_path / "r").exists()


def test_a_missing_figure_is_not_placed_in_the_scheme(tmp_path: Path) -> None:
    _, places = score(tmp_path, figures=FIGURES.replace("U1,I2,actual,2025,8.1\n", "", 1))
    assert places == [{"field": "U1/I2"}]
