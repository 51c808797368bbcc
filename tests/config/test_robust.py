"""`baton robust` on a small county: what it prints, writes and refuses."""

import json
from pathlib import Path

import polars as pl
import pytest
from tests.config.small import SCHEME, call, county, left

from baton.config.cli.ending import Code


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    assert call("score", *county(tmp_path), "--no-report", "--output", folder).code == Code.GOOD
    return folder


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("换方法的区间", "白水")), ("en", ("Under other choices", "白水"))]
)
def test_it_prints_a_table_an_officer_can_read(results: Path, language: str, words: tuple[str, ...]) -> None:
    said = call("robust", results, "--draws", "200", language=language)
    assert said.code == Code.GOOD, said.err
    assert all(word in said.out for word in words)


def test_it_writes_a_folder_beside_the_results_and_does_so_again(results: Path) -> None:
    before = {name: (results / name).read_bytes() for name in left(results)}
    first = call("robust", results, "--draws", "200", "--json").json["result"]
    folder = results.with_name("results-robustness")
    assert first["folder"] == str(folder)
    assert left(folder) == ["robustness.json", "robustness.parquet"]
    told = json.loads((folder / "robustness.json").read_text("utf-8"))
    assert told["digest"] == first["digest"] == json.loads(before["provenance.json"])["digest"]
    table = pl.read_parquet(folder / "robustness.parquet")
    assert table["unit"].to_list() == [one["unit"] for one in told["groups"][0]["units"]]
    assert (table["choices_best"] <= table["rank"]).all()
    again = call("robust", results, "--draws", "200", "--json").json["result"]
    assert again == first
    assert {name: (results / name).read_bytes() for name in left(results)} == before


def test_it_refuses_too_few_units_settings_out_of_range_and_a_folder_of_something_else(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    scheme = SCHEME.replace("  - {code: U3, name: 红岩乡, group: A}\n", "")
    paths = county(tmp_path, scheme)
    paths[1].write_text(
        "".join(x for x in paths[1].read_text("utf-8").splitlines(keepends=True) if "U3" not in x), "utf-8"
    )
    assert call("score", *paths[:2], "--no-report", "--output", folder).code == Code.GOOD
    few = call("robust", folder, "--json")
    assert (few.code, few.codes) == (Code.INPUT, ["robust.too_few_units"])
    assert not (tmp_path / "results-robustness").exists()
    assert call("robust", folder, "--doubt", "3", "--json").codes == ["robust.setting"]
    assert call("robust", folder, "--output", tmp_path, "--json").codes == ["config.output_occupied"]
    assert call("robust", tmp_path / "nothing", "--json").codes == ["config.no_results"]


@pytest.mark.parametrize(("language", "words"), [("zh", "日常区间覆盖 100 分中的 0 分"), ("en", "covers 0 of 100")])
def test_it_says_how_many_points_the_everyday_interval_covers(results: Path, language: str, words: str) -> None:
    assert words in call("robust", results, "--draws", "200", language=language).out
    told = call("robust", results, "--draws", "200", "--json").json["result"]
    assert [one["covered"] for one in told["groups"]] == [{"points": 0.0, "full": 100.0}]
