"""`baton measures` on the terminal, as JSON and as a workbook, in both languages."""

from pathlib import Path

import pytest
from tests.config.small import call, county

from baton.config.cli.ending import Code
from baton.sheets.workbook import read_workbook


@pytest.fixture
def results(tmp_path: Path) -> Path:
    scheme, figures, _ = county(tmp_path)
    folder = tmp_path / "results"
    assert call("score", scheme, figures, "--output", folder, "--no-report").code == Code.GOOD
    return folder


@pytest.mark.parametrize(("language", "words"), [("zh", ("增速", "偏度", "信度")), ("en", ("Skewness", "Reliability"))])
def test_measures_are_printed_in_both_languages(results: Path, language: str, words: tuple[str, ...]) -> None:
    said = call("measures", results, language=language)
    assert said.code == Code.GOOD, said.err
    assert all(word in said.out for word in words)


def test_json_has_every_figure(results: Path) -> None:
    found = call("measures", results, "--json").json["result"]
    assert {one["indicator"] for one in found["spreads"]} == {"I1", "I2"}
    assert {"correlations", "same", "reliabilities", "available"} <= found.keys()
    assert {one["unit"] for one in found["available"]} == {"U1", "U2", "U3"}


def test_a_workbook_is_written(results: Path, tmp_path: Path) -> None:
    said = call("measures", results, "--output", tmp_path / "m.xlsx")
    assert said.code == Code.GOOD, said.err
    names = [sheet.name for sheet in read_workbook(tmp_path / "m.xlsx").sheets]
    assert names == ["指标", "高度相关", "信度", "单位"]


def test_a_limit_beyond_one_and_a_folder_without_results_are_refused(results: Path, tmp_path: Path) -> None:
    assert call("measures", results, "--same", "2", "--json").codes == ["engine.measures_limit"]
    assert call("measures", tmp_path).code != Code.GOOD
