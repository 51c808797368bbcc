"""`baton targets` on a made county: what it finds, says, writes and refuses."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.config.small import call

YEARS = (2022, 2023, 2024, 2025)
UNITS = 12


def scheme(units: int = UNITS) -> str:
    """A scheme with two monthly indicators for one group."""
    lines = [f"  - {{code: U{n}, name: 单位{n}, group: A}}" for n in range(units)]
    return "\n".join(
        [
            "code: S1",
            "name: 小县考核方案",
            "effective_from: 2022-01-01",
            "groups:",
            "  - {code: A, name: 甲组, root: R}",
            "units:",
            *lines,
            "  - {code: D1, name: 县发改局}",
            "nodes:",
            "  - {code: R, name: 总分, full: 100}",
            "indicators:",
            *(
                f"  - {{code: {code}, name: {name}, parent: R, points: {{A: 50}}, rule: {{kind: completion}}, "
                f"lead: D1, frequency: month, aggregation: {how}}}"
                for code, name, how in (("I1", "投资", "sum"), ("I2", "累计用电", "last"))
            ),
        ]
    )


def figures(seed: int = 1, units: int = UNITS, years: Sequence[int] = YEARS, county: bool = True) -> str:
    """Months and targets; unit 3 copies a year, unit 5 asks little of itself. I2 counts from January on."""
    rng = np.random.default_rng(seed)
    months = np.exp(4 + 0.1 * rng.standard_normal((2, units, len(years), 12))).round(2)
    months *= np.exp(0.08 * np.arange(len(years)))[:, None]
    months[0, 3, -1] = months[0, 3, -2]
    rows = ["unit,series,figure,period,value"]
    total = months.sum(axis=-1)
    for i, u, y in np.ndindex(2, units, len(years)):
        shown = np.cumsum(months[i, u, y]) if i else months[i, u, y]
        rows += [f"U{u},I{i + 1},actual,{years[y]}-{m + 1:02d},{shown[m]:.2f}" for m in range(12)]
        asked = (0.6 if (u, years[y]) == (5, years[-1]) else 1.08) * total[i, u, max(y - 1, 0)]
        rows.append(f"U{u},I{i + 1},target,{years[y]},{asked:.2f}")
    if county:
        rows.append(f"全县,I1,target,{years[-1]},{1.1 * total[0, :, -2].sum():.2f}")
    return "\n".join(rows)


@pytest.fixture
def county(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "scheme.yaml", tmp_path / "figures.csv"
    paths[0].write_text(scheme(), "utf-8")
    paths[1].write_text(figures(), "utf-8")
    return paths


def test_targets_flags_and_plan_are_told_as_json(county: tuple[Path, Path]) -> None:
    said = call("targets", *county, "--visits", "4", "--seed", "7", "--json")
    assert said.code == 0
    result = said.json["result"]
    assert result["year"] == 2025
    assert result["series"] == 2 * UNITS
    lowest = max((one for one in result["targets"] if one["indicator"] == "I1"), key=lambda one: one["chance"])
    assert lowest["unit"] == "U5"
    assert lowest["stretch"] == "low"
    assert lowest["low"] < lowest["expected"] < lowest["high"]
    kinds = {(flag["kind"], flag["unit"], flag["indicator"]) for flag in result["flags"]}
    assert ("copied", "U3", "I1") in kinds
    copied = next(flag for flag in result["flags"] if flag["kind"] == "copied")
    assert all(copied[part] for part in ("reason", "ordinary", "title", "alarm"))
    assert result["plans"]["I1"]["target"] > 0
    assert len(result["sampling"]["visits"]) == 4
    assert result == call("targets", *county, "--visits", "4", "--seed", "7", "--json").json["result"]


def test_totals_that_count_from_january_are_taken_as_months(county: tuple[Path, Path]) -> None:
    result = call("targets", *county, "--json").json["result"]
    chances = [one["chance"] for one in result["targets"] if one["indicator"] == "I2" and one["unit"] != "U5"]
    assert 0.2 < np.median(chances) < 0.9


@pytest.mark.parametrize(("language", "words"), [("zh", "建议核实"), ("en", "worth checking")])
def test_people_read_it_in_both_languages_and_in_a_workbook(
    county: tuple[Path, Path], tmp_path: Path, language: str, words: str
) -> None:
    book = tmp_path / "out" / "targets.xlsx"
    said = call("targets", *county, "-o", book, language=language)
    assert said.code == 0
    assert words in said.out
    assert "造假" not in said.out
    assert book.stat().st_size > 5000


def test_history_can_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    lines = figures(county=False).splitlines()
    now = [lines[0], *(line for line in lines[1:] if ",2025" in line)]
    before = [lines[0], *(line for line in lines[1:] if ",2025" not in line)]
    for name, content in (("now.csv", now), ("before.csv", before), ("all.csv", lines)):
        (tmp_path / name).write_text("\n".join(content), "utf-8")
    (tmp_path / "scheme.yaml").write_text(scheme(), "utf-8")
    apart = call(
        "targets", tmp_path / "scheme.yaml", tmp_path / "now.csv", "--history", tmp_path / "before.csv", "--json"
    )
    together = call("targets", tmp_path / "scheme.yaml", tmp_path / "all.csv", "--json")
    assert apart.json["result"] == together.json["result"]


def test_an_archive_that_says_otherwise_is_a_restatement(county: tuple[Path, Path], tmp_path: Path) -> None:
    archive = tmp_path / "archive.csv"
    now = [line.split(",") for line in figures().splitlines() if line.startswith("U1,I1,actual,2024-")]
    before = [",".join([*line[:4], f"{1.15 * float(line[4]):.2f}"]) for line in now]
    archive.write_text("\n".join(["unit,series,figure,period,value", *before]), "utf-8")
    flags = call("targets", *county, "--history", archive, "--json").json["result"]["flags"]
    restated = [flag for flag in flags if flag["kind"] == "restated"]
    assert [(flag["unit"], len(flag["months"])) for flag in restated] == [("U1", 12)]


def test_a_scheme_without_history_says_why_nothing_was_judged(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text(scheme(), "utf-8")
    (tmp_path / "figures.csv").write_text(figures(years=(2024, 2025)), "utf-8")
    said = call("targets", tmp_path / "scheme.yaml", tmp_path / "figures.csv", "--json")
    assert said.code == 0
    assert {"integrity.not_judged", "integrity.few_years"} <= set(said.codes)


@pytest.mark.parametrize(
    ("content", "arguments", "code"),
    [
        (figures(), ["--year", "2019"], "integrity.year_not_there"),
        ("unit,series,figure,period,value\nU1,I1,target,2025,5\n", [], "integrity.nothing_to_check"),
    ],
)
def test_what_cannot_be_checked_is_refused(tmp_path: Path, content: str, arguments: list[str], code: str) -> None:
    (tmp_path / "scheme.yaml").write_text(scheme().replace("2022-01-01", "2018-01-01"), "utf-8")
    (tmp_path / "figures.csv").write_text(content, "utf-8")
    said = call("targets", tmp_path / "scheme.yaml", tmp_path / "figures.csv", *arguments, "--json")
    assert said.code == 1
    assert code in said.codes


def test_too_few_units_leave_a_notice(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_text(scheme(units=4), "utf-8")
    (tmp_path / "figures.csv").write_text(figures(units=4), "utf-8")
    said = call("targets", tmp_path / "scheme.yaml", tmp_path / "figures.csv", "--json")
    assert said.code == 1
    assert "integrity.few_units" in said.codes


def test_figures_that_two_indicators_read_are_asked_about_once(county: tuple[Path, Path]) -> None:
    """A month's and a year's indicator over one series; unit 7 hands in the figures of unit 8."""
    path, data = county
    twice = "  - {code: I3, name: 全年投资, parent: R, points: {A: 0}, rule: {kind: completion}, lead: D1, series: I1, "
    path.write_text(f"{path.read_text('utf-8')}\n{twice}frequency: month, aggregation: sum}}\n", "utf-8")
    rows = data.read_text("utf-8").splitlines()
    eight = {row.split(",")[3]: row.split(",")[4] for row in rows if row.startswith("U8,I1,actual,2025")}
    seven = [
        f"U7,I1,actual,{row.split(',')[3]},{eight[row.split(',')[3]]}" if row.startswith("U7,I1,actual,2025") else row
        for row in rows
    ]
    data.write_text("\n".join(seven), "utf-8")
    found = call("targets", path, data, "--json").json["result"]["flags"]
    assert "I3" not in {flag["indicator"] for flag in found}
    assert "twin" in {flag["kind"] for flag in found if flag["indicator"] == "I1"}
    said = call("targets", path, data, COLUMNS="200").out
    assert "“单位8”" in said
