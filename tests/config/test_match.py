"""`baton match`: what fits ends well, what does not is named and ends with code 1."""

from pathlib import Path

import pytest
from tests.config.small import call, county

from baton.config.cli.ending import Code

MAPPING = """\
unit_headings: [单位]
period_headings: [年份]
columns:
  总分: {figure: total, decimals: 2}
  名次: {figure: rank}
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    scheme, figures, _ = county(tmp_path)
    folder = tmp_path / "results"
    assert call("score", scheme, figures, "--output", folder, "--no-report").code == Code.GOOD
    return folder


def published(folder: Path, rows: str) -> tuple[Path, str, Path]:
    table, mapping = folder / "published.csv", folder / "published.yaml"
    table.write_text(f"单位,年份,总分,名次\n{rows}", "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    return table, "--mapping", mapping


def test_a_result_that_fits(results: Path, tmp_path: Path) -> None:
    told = call("match", results, *published(tmp_path, "白水镇,2025,85.03,1\n青山镇,2025,60,2\n"), "--json")
    assert told.code == Code.GOOD, told.out
    total, rank = told.json["result"]["columns"]
    assert (total["compared"], total["fit"], total["only_ours"], total["unfit"]) == (2, 2, 0, [])
    assert (rank["column"], rank["largest_difference"]) == ("名次", "0")


def test_what_does_not_fit_is_named_with_its_cell(results: Path, tmp_path: Path) -> None:
    call_again = (results, *published(tmp_path, "白水镇,2025,85.03,1\n青山镇,2025,61,2\n红岩乡,2025,,1\n"))
    told = call("match", *call_again, "--json")
    assert told.code == Code.INPUT
    total = told.json["result"]["columns"][0]
    assert (total["compared"], total["fit"], total["only_ours"]) == (2, 1, 1)
    (unfit,) = total["unfit"]
    assert (unfit["unit"], unfit["published"], unfit["difference"]) == ("U2", "61", "-1")
    assert unfit["cell"].endswith("C3")
    for language in ("zh", "en"):
        said = call("match", *call_again, "--language", language)
        assert said.code == Code.INPUT
        assert "青山镇 61 / 60" in said.err
        assert "●" not in said.out


def test_a_table_of_other_years_is_refused(results: Path, tmp_path: Path) -> None:
    told = call("match", results, *published(tmp_path, "白水镇,2024,85.03,1\n"), "--json")
    assert [one["code"] for one in told.json["problems"]] == ["config.nothing_published"]


def test_files_that_are_not_there_are_named(results: Path, tmp_path: Path) -> None:
    told = call("match", results, tmp_path / "a.csv", "--mapping", tmp_path / "b.yaml", "--json")
    assert [one["code"] for one in told.json["problems"]] == ["config.not_found"] * 2
