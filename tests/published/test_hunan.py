"""122 real counties over eight years: growth and comparison with peers at scale, each score equal in exact decimals."""

import csv
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean

import polars as pl
import pytest
from tests.config.small import call

pytestmark = pytest.mark.published
TABLE = "cn/hunan_county_panel.csv"
MAPPING = """
language: 1
ignore: [province, adcode, county, label, unit]
tables:
  - files: [hunan_county_panel]
    layout: long
    grain: year
    columns:
      source_name: {field: unit}
      metric: {field: series}
      year: {field: period}
      value: {field: value}
"""
SCHEME = """
language: 1
code: HN
name: 县域比较
effective_from: 2015-01-01
groups: [{code: A, name: 县市区, root: S, graded: false}]
nodes: [{code: S, name: 总分, full: 100}]
indicators:
  - {code: gdp, name: 地区生产总值增幅, parent: S, points: {A: 30}, value: {kind: growth},
     rule: {kind: growth, base: 0.8, step: 0.02, reference: group_mean}}
  - {code: avgWage, name: 平均工资, parent: S, points: {A: 20}, unit: 元, rule: {kind: efficacy_linear}}
  - {code: population, name: 人口, parent: S, points: {A: 10}, unit: 万人, rule: {kind: min_max}}
  - {code: oilYield, name: 油料产量, parent: S, points: {A: 10}, unit: 吨, rule: {kind: ratio_to_best}}
  - {code: industrialEnterpriseCount, name: 工业企业数量, parent: S, points: {A: 15}, unit: 个,
     rule: {kind: rank_points, step: 0.005}}
  - {code: primaryTeacherCount, name: 小学教师人数, parent: S, points: {A: 15}, unit: 人, rule: {kind: rank_scale}}
units:
"""


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / TABLE).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def paths(
    shared_data: Path, rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Path]:
    """Scheme, mapping, and last year's product of every county as a second table."""
    folder = tmp_path_factory.mktemp("hunan")
    names = {row["adcode"]: (row["county"], row["source_name"]) for row in rows}
    units = [
        f"  - {{code: '{code}', name: {name}, group: A, aliases: [{source}]}}\n"
        if source != name
        else f"  - {{code: '{code}', name: {name}, group: A}}\n"
        for code, (name, source) in names.items()
    ]
    (folder / "scheme.yaml").write_text(SCHEME + "".join(units), "utf-8")
    (folder / "mapping.yaml").write_text(MAPPING, "utf-8")
    before = [f"{r['adcode']},gdp,previous,{int(r['year']) + 1},{r['value']}\n" for r in rows if r["metric"] == "gdp"]
    (folder / "previous.csv").write_text("unit,series,figure,period,value\n" + "".join(before), "utf-8")
    said = call(
        *("score", folder / "scheme.yaml", shared_data / TABLE, folder / "previous.csv"),
        *("--mapping", folder / "mapping.yaml", "--year", "2016-2023", "--output", folder / "results", "--no-report"),
    )
    assert said.code == 0, said.err
    return {"results": folder / "results", "previous": folder / "previous.csv", "mapping": folder / "mapping.yaml"}


def test_every_county_has_a_score_in_every_year(paths: Mapping[str, Path]) -> None:
    table = pl.read_parquet(paths["results"] / "standings.parquet")
    assert table.group_by("year").len()["len"].to_list() == [122] * 8
    assert table["total"].null_count() == 0


def test_growth_is_compared_with_the_mean_of_all_counties(
    paths: Mapping[str, Path], rows: list[dict[str, str]]
) -> None:
    product = {(r["adcode"], r["year"]): float(r["value"]) for r in rows if r["metric"] == "gdp"}
    rates = {
        unit: 100 * (product[unit, "2023"] / product[unit, "2022"] - 1) for unit, year in product if year == "2023"
    }
    expected = {unit: min(max(24 + 0.6 * (rate - fmean(rates.values())), 0), 30) for unit, rate in rates.items()}
    leaves = pl.read_parquet(paths["results"] / "2023" / "results.parquet").filter(pl.col("indicator") == "gdp")
    points = {unit: points / 10**6 for unit, points in leaves.select("unit", "points").iter_rows()}
    assert points == pytest.approx(expected, abs=1e-6)


def test_a_county_that_was_renamed_is_one_county(paths: Mapping[str, Path]) -> None:
    said = call("explain", paths["results"] / "2016", "祁阳市", "--json")
    assert said.code == 0
    assert call("explain", paths["results"] / "2016", "祁阳县", "--json").json["result"] == said.json["result"]


def test_all_scores_are_equal_in_exact_decimals(paths: Mapping[str, Path], shared_data: Path) -> None:
    said = call(
        *("verify", paths["results"] / "2023", shared_data / TABLE, paths["previous"]),
        *("--mapping", paths["mapping"], "--json"),
    )
    assert said.code == 0, said.out
