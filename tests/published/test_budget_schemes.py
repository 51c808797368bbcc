"""17 real budget-evaluation schemes and one with two columns of weights: imported from their tables, and linted."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from tests.config.small import call

from baton.engine.scheme.text import from_yaml

pytestmark = pytest.mark.published
BUDGET = "cn/检验检疫系统_17项目支出绩效评价表.csv"
WANJIANG = "cn/皖江示范区10市_考核评价指标体系_附件2.csv"


@pytest.fixture(scope="module")
def imported(shared_data, files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("budget") / "schemes"
    said = call(
        *("import-scheme", shared_data / BUDGET, "--mapping", files / "budget-evaluation.yaml"),
        *("--output", folder, "--json"),
    )
    assert said.code == 0, said.out
    return said, folder


@pytest.fixture(scope="module")
def rows(shared_data):
    with (shared_data / BUDGET).open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["三级分值"]]


def test_each_of_the_17_tables_becomes_a_scheme(imported, rows) -> None:
    said, folder = imported
    assert len(list(folder.iterdir())) == 17
    by_file = defaultdict(int)
    for row in rows:
        by_file[f"{row['file']}.yaml"] += 1
    assert {one["file"]: one["indicators"] for one in said.json["result"]["schemes"]} == by_file


def test_points_of_level_2_are_the_sum_of_level_3_in_all_17(imported) -> None:
    _, folder = imported
    for path in folder.iterdir():
        (scheme,) = from_yaml(path.read_text("utf-8"), path.name)
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for indicator in scheme.indicators:
            sums[indicator.parent] += indicator.points["*"]
        assert sums == {node.code: node.full for node in scheme.nodes if "." in node.code}
        weights = [node.weight["*"] for node in scheme.nodes if node.parent == "S"]
        assert sum(weights) == 100


def test_every_odd_target_is_decided_or_named(imported, rows) -> None:
    said, folder = imported
    named = [(one["code"], one["place"]["cell"]) for one in said.json["problems"] if one["severity"] != "notice"]
    assert named == [("sheets.scheme_table_target_open", cell) for cell in ("I549", "I554", "I555", "I556")]
    decided: dict[str, set[tuple[str, str, str | None]]] = defaultdict(set)
    for path in folder.iterdir():
        (scheme,) = from_yaml(path.read_text("utf-8"), path.name)
        for one in scheme.indicators:
            target = None if one.target.value is None else str(one.target.value)
            decided[one.definition.partition("：")[2]].add((one.rule.kind, one.direction.value, target))
    assert decided["是"] == {("attain", "higher", None)}
    assert decided["否"] == {("attain", "lower", None)}
    assert decided["0"] == {("attain", "lower", None)}
    assert decided["-0%"] == {("attain", "lower", None), ("attain", "higher", None)}
    assert decided["40%"] == {("completion", "higher", "40")}
    assert decided["80.21%"] == {("completion", "higher", "80.21")}
    assert decided["5人/10万人"] == decided[""] == {("completion", "higher", None)}
    assert set(decided) == {row["目标值(标准)"] for row in rows}


def test_lint_takes_every_scheme(imported) -> None:
    _, folder = imported
    for path in sorted(folder.iterdir()):
        said = call("lint", path, "--json")
        assert said.code == 0, said.out


def test_a_point_too_many_is_refused_at_its_level(shared_data, files, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    text = (shared_data / BUDGET).read_text("utf-8-sig")
    table.write_text(text.replace("预算执行进度(7月),%,40%,7,", "预算执行进度(7月),%,40%,8,", 1), "utf-8")
    said = call(
        *("import-scheme", table, "--mapping", files / "budget-evaluation.yaml"),
        *("--output", tmp_path / "schemes", "--json"),
    )
    assert said.code == 1
    (problem,) = [one for one in said.json["problems"] if one["severity"] == "error"]
    assert (problem["code"], problem["place"]["cell"]) == ("engine.scheme_points_do_not_add_up", "F2")
    assert not (tmp_path / "schemes").exists()


@pytest.mark.parametrize(("column", "indicators"), [("task", 11), ("effect", 20)])
def test_both_columns_of_weights_total_100(shared_data, files, tmp_path: Path, column: str, indicators: int) -> None:
    folder = tmp_path / "schemes"
    mapping = files / f"wanjiang-{column}.yaml"
    said = call("import-scheme", shared_data / WANJIANG, "--mapping", mapping, "--output", folder, "--json")
    assert said.code == 0, said.out
    (path,) = folder.iterdir()
    (scheme,) = from_yaml(path.read_text("utf-8"), path.name)
    assert len(scheme.indicators) == indicators
    assert sum(one.points["*"] for one in scheme.indicators) == 100
    assert call("lint", path).code == 0
