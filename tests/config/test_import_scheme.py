"""`baton import-scheme`: a file per scheme, or nothing."""

from pathlib import Path

from tests.config.small import call, left

from baton.config.cli.ending import Code

TABLE = "项目,指标,分,目标\nA,甲,60,1\nA,乙,40,无\nB,丙,100,1\n"
MAPPING = """\
each: 项目
name_from: 项目
effective_from: 2025-01-01
leaf: {name: 指标, points: 分, target: 目标}
tasks: [{code: t, name: 任务, kind: main_line}]
hooks: [t]
rules: [{use: {rule: {kind: completion}}}]
"""


def files(folder: Path, table: str = TABLE) -> tuple[Path, str, Path, str, Path]:
    (folder / "t.csv").write_text(table, "utf-8")
    (folder / "m.yaml").write_text(MAPPING, "utf-8")
    return folder / "t.csv", "--mapping", folder / "m.yaml", "--output", folder / "schemes"


def test_a_file_per_scheme_that_lint_takes(tmp_path: Path) -> None:
    told = call("import-scheme", *files(tmp_path), "--json")
    assert told.code == Code.GOOD, told.out
    assert [(one["file"], one["indicators"]) for one in told.json["result"]["schemes"]] == [
        ("A.yaml", 2),
        ("B.yaml", 1),
    ]
    assert [one["code"] for one in told.json["problems"]] == ["sheets.scheme_table_target_open"]
    for name in ("A.yaml", "B.yaml"):
        assert call("lint", tmp_path / "schemes" / name).code == Code.GOOD


def test_an_error_in_one_scheme_leaves_nothing_behind(tmp_path: Path) -> None:
    said = call("import-scheme", *files(tmp_path, TABLE.replace("60", "50")), "--language", "en")
    assert said.code == Code.INPUT
    assert "90" in said.err
    assert not (tmp_path / "schemes").exists()


def test_what_stands_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "schemes").mkdir()
    (tmp_path / "schemes" / "mine.txt").write_text("x", "utf-8")
    told = call("import-scheme", *files(tmp_path), "--json")
    assert [one["code"] for one in told.json["problems"]] == ["config.folder_not_empty"]
    assert left(tmp_path / "schemes") == ["mine.txt"]
