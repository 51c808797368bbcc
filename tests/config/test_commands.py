"""Every command once through, on a small county and on the example county."""

import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.config.small import EVENTS, FIGURES, SCHEME, call, county, left

from baton.config.cli.ending import Code

RESULT_FILES = {
    "provenance.json",
    "scheme.yaml",
    "results.parquet",
    "nodes.parquet",
    "statistics.parquet",
    "standings.parquet",
    "adjustments.parquet",
    "observations.parquet",
    "results.xlsx",
    "report.docx",
}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    scheme, figures, events = county(tmp_path)
    folder = tmp_path / "results"
    said = call("score", scheme, figures, events, "--output", folder)
    assert said.code == Code.GOOD, said.err
    return folder


def test_schema_is_printed_and_written(tmp_path: Path) -> None:
    printed = json.loads(call("schema").out)
    assert printed["$schema"].startswith("https://json-schema.org/")
    assert call("schema", "--json").json["result"] == printed
    assert call("schema", "--output", tmp_path / "s.json").code == Code.GOOD
    assert json.loads((tmp_path / "s.json").read_text("utf-8")) == printed


def test_lint_counts_by_version_and_fails_on_errors(tmp_path: Path) -> None:
    scheme, figures, _ = county(tmp_path)
    good = call("lint", scheme, "--data", figures, "--json")
    assert good.code == Code.GOOD
    (version,) = good.json["result"]["versions"]
    assert (version["scheme"], version["units"], version["indicators"], version["errors"]) == ("S1", 3, 2, 0)
    scheme.write_text(SCHEME.replace("投资完成率", "领导批示数量"), "utf-8")
    bad = call("lint", scheme, "--json")
    assert bad.code == Code.INPUT
    place = next(p["place"] for p in bad.json["problems"] if p["severity"] == "error")
    assert place["file"] == "scheme.yaml"
    assert SCHEME.splitlines()[place["line"] - 1].strip().startswith(("- code: I1", "name: 投资"))


def test_score_writes_the_folder_and_names_every_file_by_its_digest(results: Path) -> None:
    assert set(left(results)) >= RESULT_FILES
    told = json.loads((results / "provenance.json").read_text("utf-8"))
    assert set(told["files"]) == set(left(results)) - {"provenance.json"}
    assert {one["name"] for one in told["inputs"]} == {"figures.csv", "events.csv"}
    assert told["counts"]["observations"] == FIGURES.count("\n") - 1
    assert told["engine"]["name"] == "polars"
    leaves = pl.read_parquet(results / "results.parquet")
    points = {
        (unit, indicator): Decimal(value).scaleb(-6)
        for unit, indicator, value in leaves.select("unit", "indicator", "points").iter_rows()
    }
    assert points["U1", "I1"] == Decimal("45.025")
    assert points["U2", "I1"] == Decimal(60)
    assert points["U3", "I2"] == Decimal("19.310345")


@pytest.mark.parametrize("engine", ["polars", "duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def test_engines_give_one_digest(engine: str, results: Path, tmp_path: Path) -> None:
    scheme, figures, events = county(tmp_path)
    said = call("score", scheme, figures, events, "--engine", engine, "--output", tmp_path / engine, "--json")
    assert said.code == Code.GOOD
    told = json.loads((results / "provenance.json").read_text("utf-8"))
    assert said.json["result"]["years"]["2025"]["digest"] == told["digest"]


def test_score_tells_people_the_league_and_machines_the_standings(tmp_path: Path) -> None:
    scheme, figures, events = county(tmp_path)
    shown = call("score", scheme, figures, events, "-o", tmp_path / "a")
    assert "甲组（3个单位）" in shown.out
    assert "建议" in shown.out
    english = call("score", scheme, figures, events, "-o", tmp_path / "b", language="en")
    assert "Suggested grade" in english.out
    said = call("score", scheme, figures, events, "-o", tmp_path / "c", "--json")
    standings = said.json["result"]["years"]["2025"]["standings"]
    assert [(one["unit"], one["rank"]) for one in sorted(standings, key=lambda one: one["rank"])] == [
        ("U1", "1"),
        ("U2", "2"),
        ("U3", "3"),
    ]


@pytest.mark.parametrize("kind", ["decimal", "float", "text"])
def test_parquet_gives_the_result_of_the_same_figures_as_text(kind: str, results: Path, tmp_path: Path) -> None:
    scheme, figures, _ = county(tmp_path)
    table = pl.read_csv(figures, infer_schema=False)
    made = {"decimal": pl.Decimal(18, 4), "float": pl.Float64, "text": pl.String}
    table.with_columns(pl.col("value").cast(made[kind])).write_parquet(tmp_path / "f.parquet")
    plain = call("score", scheme, figures, "-o", tmp_path / "a", "--json").json
    said = call("score", scheme, tmp_path / "f.parquet", "-o", tmp_path / "b", "--json").json
    assert said["result"]["years"]["2025"]["digest"] == plain["result"]["years"]["2025"]["digest"]
    mixed = call("score", scheme, tmp_path / "f.parquet", tmp_path / "events.csv", "-o", tmp_path / "c", "--json").json
    told = json.loads((results / "provenance.json").read_text("utf-8"))
    assert mixed["result"]["years"]["2025"]["digest"] == told["digest"]
    assert mixed["result"]["years"]["2025"]["data_digest"] == told["data_digest"]


def test_several_years_have_a_folder_each_and_a_table_together(tmp_path: Path) -> None:
    old = SCHEME.replace("effective_from: 2025-01-01", "effective_from: 2024-01-01\nversion: '0'")
    scheme, figures, _ = county(
        tmp_path, scheme=f"{old}---\n{SCHEME.replace('A: 60', 'A: 59').replace('A: 40', 'A: 41')}"
    )
    earlier = FIGURES.partition("\n")[2].replace("2025", "2024")
    figures.write_text(FIGURES + earlier, "utf-8")
    unnamed = call("score", scheme, figures, "-o", tmp_path / "r", "--json")
    assert (unnamed.code, unnamed.codes) == (Code.INPUT, ["config.which_year"])
    said = call("score", scheme, figures, "--year", "2024-2025", "-o", tmp_path / "r", "--json")
    assert list(said.json["result"]["years"]) == ["2024", "2025"]
    assert left(tmp_path / "r") == ["2024", "2025", "provenance.json", "results.parquet", "standings.parquet"]
    both = pl.read_parquet(tmp_path / "r" / "results.parquet")
    assert both.group_by("year").len().sort("year").rows() == [(2024, 6), (2025, 6)]
    assert call("explain", tmp_path / "r" / "2024", "U1").code == Code.GOOD
    assert call("explain", tmp_path / "r", "U1", "--json").codes == ["config.choose_a_year"]
    again = call("score", scheme, figures, "--year", "2024-2025", "-o", tmp_path / "r", "--json")
    assert again.json["result"] == said.json["result"]


def test_documents_may_be_left_out_and_are_free_to_be_changed(results: Path, tmp_path: Path) -> None:
    scheme, figures, events = county(tmp_path)
    call("score", scheme, figures, events, "-o", tmp_path / "bare", "--no-report")
    assert set(left(results)) - set(left(tmp_path / "bare")) == {"results.xlsx", "report.docx"}
    (results / "results.xlsx").write_bytes(b"opened and saved")
    assert call("explain", results, "U1").code == Code.GOOD
    said = call("verify", results, figures, events, "--json")
    assert said.code == Code.GOOD
    assert [(one["code"], one["severity"]) for one in said.json["problems"]] == [("config.document_changed", "warning")]


def test_explain_adds_up_and_names_the_cells(results: Path) -> None:
    said = call("explain", results, "白水镇", "--json").json["result"]
    unit = said["explanation"]
    given = sum(Decimal(one["contribution"]) for one in unit["indicators"])
    assert given == Decimal(unit["standing"]["base"]) == Decimal("85.025")
    cells = said["origins"]["I1"]
    assert {(one["file"], one["cell"]) for one in cells} == {("figures.csv", f"E{row}") for row in (2, 3, 4)}
    shown = call("explain", results, "白水", "投资完成率")
    assert "figures.csv › E4" in shown.out
    assert "700" in shown.out
    assert call("explain", results, "U1", language="en").out.startswith("“白水镇”")


def test_explain_refuses_a_unit_there_is_none_of(results: Path) -> None:
    said = call("explain", results, "白水县", "--json")
    assert said.code == Code.INPUT
    assert "白水" in said.json["problems"][0]["what"]


def test_compare_takes_a_change_apart(results: Path, tmp_path: Path) -> None:
    scheme, figures, events = county(tmp_path, figures=FIGURES.replace("700", "800"))
    call("score", scheme, figures, events, "-o", tmp_path / "later")
    said = call("compare", results, tmp_path / "later", "--json").json["result"]
    change = next(one for one in said["units"] if one["unit"] == "U1")
    assert Decimal(change["difference"]) == Decimal(5)
    assert [(p["code"], p["difference"]) for p in change["pieces"] if p["difference"] != "0"] == [("I1", "5")]
    shown = call("compare", results, tmp_path / "later")
    assert "白水镇" in shown.out
    assert "投资完成率 +5" in shown.out


def test_compare_shows_a_grade_that_changed_at_equal_scores(results: Path, tmp_path: Path) -> None:
    scheme, figures, events = county(tmp_path, SCHEME.replace("at_least: 90", "at_least: 80"))
    call("score", scheme, figures, events, "-o", tmp_path / "later")
    shown = call("compare", results, tmp_path / "later").out
    assert "3 个单位中 1 个有变化" in shown
    assert "良好→优秀" in shown


def test_verify_holds_and_notices_other_data(results: Path, tmp_path: Path) -> None:
    _, figures, events = county(tmp_path)
    good = call("verify", results, figures, events, "--json")
    assert good.code == Code.GOOD
    assert good.json["result"]["verified"] is True
    assert {name: good.json["result"][name] for name in ("exactly", "leaves", "nodes", "standings")} == {
        "exactly": True,
        "leaves": 6,
        "nodes": 3,
        "standings": 3,
    }
    figures.write_text(FIGURES.replace("200.5", "200.6"), "utf-8")
    bad = call("verify", results, figures, events, "--json")
    assert bad.code == Code.INPUT
    assert bad.codes[0] == "engine.verify_data"
    assert set(bad.codes[1:]) == {"engine.verify_differs"}
    shown = call("verify", results, figures, events).err
    assert "U1/I1/2025 的完成值：结果里是 900.5，按数据重算是 900.6。" in shown


def test_beyond_what_exact_decimals_can_do_the_engine_verifies(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baton.config.work.verification.MOST_LEAVES", 5)
    _, figures, events = county(tmp_path)
    good = call("verify", results, figures, events, "--json")
    assert (good.code, good.codes) == (Code.GOOD, ["config.verify_too_many"])
    assert good.json["result"]["exactly"] is False
    figures.write_text(FIGURES.replace("200.5", "200.6"), "utf-8")
    bad = call("verify", results, figures, events, "--json")
    assert bad.codes == ["config.verify_too_many", "engine.verify_data", "config.verify_again"]


@pytest.mark.parametrize("name", ["results.parquet", "standings.parquet", "scheme.yaml", "adjustments.parquet"])
def test_a_changed_result_is_not_read(name: str, results: Path) -> None:
    path = results / name
    path.write_bytes(path.read_bytes().replace(b"U1", b"U2", 1) + b"\n")
    said = call("explain", results, "U1", "--json")
    assert (said.code, said.codes) == (Code.INPUT, ["config.file_changed"])
    assert name in said.json["problems"][0]["place"]["file"]


def test_a_forged_digest_is_noticed(results: Path) -> None:
    path = results / "provenance.json"
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**told, "digest": "0" * 64}), "utf-8")
    assert call("explain", results, "U1", "--json").codes == ["config.digest_differs"]


def test_templates_come_back_as_imports(tmp_path: Path) -> None:
    scheme, *_ = county(tmp_path)
    one = call("template", scheme, tmp_path / "june.xlsx", "--lead", "县发改局", "--period", "2025-06", "--json")
    assert one.json["result"]["files"] == [str(tmp_path / "june.xlsx")]
    every = call("template", scheme, tmp_path / "forms", "--all", "--period", "2025", "--json")
    assert every.code == Code.GOOD
    assert sorted(Path(name).name for name in every.json["result"]["files"]) == left(tmp_path / "forms")
    assert call("template", scheme, tmp_path / "x", "--unit", "某镇", "--period", "2025", "--json").codes == [
        "config.no_such_unit"
    ]
    read = call("import", tmp_path / "june.xlsx", "--scheme", scheme, "--check", "--json")
    assert read.json["result"]["counts"]["files"] == 1


def test_templates_do_not_write_over_what_may_be_filled_in(tmp_path: Path) -> None:
    scheme, *_ = county(tmp_path)
    form = tmp_path / "june.xlsx"
    form.write_bytes(b"filled in")
    said = call("template", scheme, form, "--lead", "县发改局", "--period", "2025-06", "--json")
    assert (said.code, said.codes) == (Code.INPUT, ["config.files_exist"])
    assert form.read_bytes() == b"filled in"


def test_empty_forms_are_nothing_to_score(tmp_path: Path) -> None:
    scheme, *_ = county(tmp_path)
    call("template", scheme, tmp_path / "forms", "--all", "--period", "2025-06")
    assert call("score", scheme, tmp_path / "forms", "-o", tmp_path / "r", "--json").codes == ["config.no_figures"]


def test_a_league_says_in_a_word_why_a_grade_is_not_that_of_the_score(tmp_path: Path) -> None:
    cap = "{kind: grade_cap, grade: 良好}"
    veto = f"vetoes:\n  - {{code: V1, name: 事故、失职, consequence: {cap}, basis: 国发〔2025〕1号}}\n"
    lower = SCHEME.replace("at_least: 90", "at_least: 80")
    event = "U1,V1,,2025-03-01,国办〔2025〕2号,是\n"
    scheme, figures, events = county(tmp_path, lower + veto, events=EVENTS + event)
    shown = call("score", scheme, figures, events, "-o", tmp_path / "r").out
    assert "V1 封顶" in shown
    assert "V1 事故、失职" in call("explain", tmp_path / "r", "U1").out


def test_import_keeps_what_score_reads(tmp_path: Path) -> None:
    scheme, *_ = county(tmp_path)
    report = "2025年1月投资情况\n单位,投资完成率（万元）\n白水镇,700\n青山镇,900\n红岩乡,25万\n"
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "县发改局.csv").write_text(report, "utf-8")
    said = call(
        "import", tmp_path / "reports", "-s", scheme, "-o", tmp_path / "kept", "--annotate", tmp_path / "back", "--json"
    )
    assert said.code == Code.INPUT
    assert said.json["result"]["written"] == [str(tmp_path / "back" / "县发改局.csv.xlsx")]
    assert not (tmp_path / "kept").exists()


def test_init_gives_a_scheme_that_lint_reads(tmp_path: Path) -> None:
    said = call("init", tmp_path / "mine", "--json")
    assert said.code == Code.GOOD
    assert {"scheme.yaml", "scheme.xlsx"} <= set(said.json["result"]["files"])
    versions = [
        call("lint", tmp_path / "mine" / name, "--json").json["result"]["versions"]
        for name in ("scheme.yaml", "scheme.xlsx")
    ]
    assert versions[0] == versions[1]
    assert call("init", tmp_path / "mine", "--json").codes == ["config.folder_not_empty"]


def test_results_are_replaced_but_nothing_else_is(results: Path, tmp_path: Path) -> None:
    scheme, figures, _ = county(tmp_path, events=EVENTS)
    assert call("score", scheme, figures, "-o", results).code == Code.GOOD
    (results / "notes.txt").write_text("mine", "utf-8")
    said = call("score", scheme, figures, "-o", results, "--json")
    assert (said.code, said.codes) == (Code.INPUT, ["config.output_occupied"])
    assert call("score", scheme, figures, "-o", scheme, "--json").codes == ["config.output_is_a_file"]
    assert (results / "notes.txt").read_text("utf-8") == "mine"
