"""The demo from end to end: a thousand workbooks, their errors, the score, the same result by the other commands."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.config.small import Said, call, left

from baton.config.cli.ending import Code


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    folder = tmp_path_factory.mktemp("demo") / "yundu"
    return folder, call("demo", "--no-serve", "--output", folder)


def test_the_demo_shows_errors_by_file_and_cell_and_the_league_of_every_group(demo: tuple[Path, Said]) -> None:
    folder, said = demo
    assert said.code == Code.GOOD, said.err
    for wanted in ("错误清单", "怎么改", "乡镇A组（城镇工业类）（8个单位）", "指挥部（3个单位）", "建议等次", "云渡镇"):
        assert wanted in said.out
    assert left(folder) == ["results", "returned", "scheme.yaml", "workbooks"]
    assert {"results.xlsx", "report.docx", "provenance.json"} <= set(left(folder / "results"))
    assert str(folder / "results") in said.out.replace("\n", "")


def test_its_workbooks_give_its_result_again(demo: tuple[Path, Said], tmp_path: Path) -> None:
    folder, said = demo
    scheme, workbooks = folder / "scheme.yaml", folder / "workbooks"
    again = call("score", scheme, workbooks, "--no-report", "-o", tmp_path / "again", "--json")
    digest = again.json["result"]["years"]["2025"]["digest"]
    assert digest in said.out
    verified = call("verify", tmp_path / "again", workbooks, "--json").json["result"]
    assert verified["verified"] is True
    assert verified["exactly"] is True
    assert verified["leaves"] > 9_000
    kept = call("import", workbooks, "--scheme", scheme, "-o", tmp_path / "kept", "--json")
    assert kept.json["result"]["counts"]["errors"] == 0
    tables = call("score", scheme, tmp_path / "kept", "--no-report", "-o", tmp_path / "tables", "--json")
    assert tables.json["result"]["years"] == again.json["result"]["years"]


def test_every_unit_unfolds_without_remainder(demo: tuple[Path, Said]) -> None:
    folder, _ = demo
    for unit in ("云渡镇", "县发改局", "强产业指挥部"):
        found = call("explain", folder / "results", unit, "--json").json["result"]
        given = sum(Decimal(one["contribution"]) for one in found["explanation"]["indicators"])
        assert given == Decimal(found["explanation"]["standing"]["base"])
        assert all(cell["file"] for cells in found["origins"].values() for cell in cells)


def test_the_tour_follows_a_figure_that_is_there(demo: tuple[Path, Said]) -> None:
    tour = (Path(__file__).parents[2] / "docs" / "tour.md").read_text("utf-8")
    said = call("explain", demo[0] / "results", "云渡镇", "M01", "--json").json["result"]
    cell = next(one for one in said["origins"]["M01"] if (one["figure"], one["period"]) == ("actual", "2025-03"))
    assert cell["value"] == "20551"
    for told in (cell["file"], cell["cell"], "2.0551", "13.664337", "20750", "83000"):
        assert told in tour
    shown = call("explain", demo[0] / "results", "云渡镇", "M01").out
    assert "14 + 0.35 × (20551 ÷ 20750 − 1) × 100 = 13.664337" in shown


def test_a_demo_replaces_only_a_demo(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    said = call("demo", "--output", tmp_path, "--json")
    assert (said.code, said.codes) == (Code.INPUT, ["config.output_occupied"])
