"""The frame of the command line: languages, help, usage errors, endings, and what is not loaded."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.config.small import call, county

from baton.config.cli import ending, page, session
from baton.config.cli.called import pasted
from baton.config.cli.ending import Code
from baton.config.cli.table import COMMANDS
from baton.words import Language, Problem, Refused

CHINESE_HELP, ENGLISH_HELP = "用法：", "Usage:"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.CHINESE),
        ({"LANG": "C.UTF-8"}, Language.CHINESE),
        ({"LANG": "zh_CN.UTF-8"}, Language.CHINESE),
        ({"LANG": "en_US.UTF-8"}, Language.ENGLISH),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, Language.CHINESE),
        ({"LANG": "de_DE"}, Language.ENGLISH),
        ({"LANG": "zh_CN", "BATON_LANGUAGE": "en"}, Language.ENGLISH),
    ],
)
def test_the_language_is_chinese_unless_another_is_named(environment: dict[str, str], language: Language) -> None:
    assert session.language_of(environment) is language


def test_common_options_stand_anywhere_before_the_dashes() -> None:
    opened, rest = session.open_session(["score", "--language=en", "a", "--json", "--", "--debug"], {})
    assert opened == session.Session(Language.ENGLISH, json=True)
    assert rest == ["score", "a", "--", "--debug"]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("language", "head"), [("zh", CHINESE_HELP), ("en", ENGLISH_HELP)])
def test_every_command_has_a_page_in_both_languages(name: str, language: str, head: str) -> None:
    said = call(name, "--help", language=language)
    assert said.code == Code.GOOD
    assert said.out.startswith(f"{head} baton {name}")
    assert "config." not in said.out


def test_the_first_page_lists_every_command() -> None:
    for said in (call("--help"), call()):
        assert said.code == Code.GOOD
        assert all(f"\n  {name} " in said.out for name in COMMANDS)


def test_lines_of_a_page_fit_the_terminal_where_a_chinese_character_takes_two_columns() -> None:
    said = call("score", "--help", COLUMNS="60")
    assert max(map(page.columns, said.out.splitlines())) <= 60


def test_a_line_breaks_between_characters_but_not_before_a_stop() -> None:
    assert page.wrapped("一二三四，五六", 8) == ["一二三", "四，五六"]
    assert page.wrapped("one two three", 8) == ["one two", "three"]


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (["skore"], "config.no_such_command", "score"),
        (["score"], "config.missing_parameter", "--help"),
        (["schema", "--outputt", "x"], "config.no_such_option", "--output"),
        (["score", "a", "b", "--engine", "pandas"], "config.not_a_choice", "duckdb"),
        (["import", "a", "--scheme", "b", "--year", "x"], "config.bad_parameter", "--help"),
        (["score", "a", "b", "--year", "20x5"], "config.not_a_year", "1990-2021"),
        (["template", "a", "b", "--period", "2025-06"], "config.template_for_whom", "--all"),
        (["schema", "--language", "fr"], "config.unknown_language", "zh"),
    ],
)
def test_wrong_usage_is_told_in_the_users_language(arguments: list[str], code: str, hint: str) -> None:
    chinese = call(*arguments, "--json")
    assert chinese.code == Code.USAGE
    assert chinese.codes == [code]
    assert hint in chinese.json["problems"][0]["mend"]
    assert call(*arguments).err.startswith("错误")
    assert call(*arguments, language="en").err.startswith("Error")


def test_problems_go_to_stderr_and_answers_to_stdout(tmp_path: Path) -> None:
    said = call("lint", tmp_path / "nowhere.yaml")
    assert (said.code, said.out) == (Code.INPUT, "")
    assert "nowhere.yaml" in said.err
    assert "怎么改" in said.err


@pytest.mark.parametrize(
    ("error", "code", "problem"),
    [
        (Refused([Problem("config.no_data")]), Code.INPUT, "config.no_data"),
        (KeyboardInterrupt(), Code.INTERRUPTED, "config.interrupted"),
        (MemoryError(), Code.ENVIRONMENT, "config.memory_full"),
        (OSError(28, "No space left on device", "x"), Code.ENVIRONMENT, "config.disk_full"),
        (PermissionError(13, "Permission denied", "x"), Code.ENVIRONMENT, "config.not_permitted"),
        (FileNotFoundError(2, "No such file", "x"), Code.ENVIRONMENT, "config.not_found"),
        (OSError(5, "Input/output error"), Code.ENVIRONMENT, "config.system_refused"),
        (ValueError("odd"), Code.FAULT, "config.fault"),
    ],
)
def test_every_ending_has_its_code_and_its_words(error: BaseException, code: Code, problem: str) -> None:
    found, problems = ending.ending_of(error)
    assert (found, [one.code for one in problems]) == (code, [problem])


def test_a_fault_shows_where_it_happened_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baton.config.commands.schema.scheme_schema", lambda: 1 / 0)
    calm = call("schema")
    assert calm.code == Code.FAULT
    assert "ZeroDivisionError" in calm.err
    with pytest.raises(AssertionError):
        call("schema", "--debug")


def test_help_loads_no_engine_no_workbook_library_and_no_chart() -> None:
    heavy = ("polars", "narwhals", "openpyxl", "altair", "duckdb", "pydantic", "docx", "xlsxwriter", "rich")
    program = (
        "import sys; from baton.config.cli.app import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_the_package_runs_as_a_module(tmp_path: Path) -> None:
    scheme, *_ = county(tmp_path)
    done = subprocess.run([sys.executable, "-m", "baton", "lint", scheme], capture_output=True, text=True, check=False)
    assert done.returncode == Code.GOOD, done.stderr


def test_what_is_proposed_can_be_pasted(tmp_path: Path) -> None:
    assert "例：baton init" in call("init", "--help").out
    assert "例：./baton init" in call("init", "--help", BATON_CALLED="./baton").out
    assert "用法： ./baton init [OPTIONS] FOLDER" in call("init", "--help", BATON_CALLED="baton").out
    assert "./baton score --help" in call("score", BATON_CALLED="./baton").err
    assert (pasted("我的方案/scheme.yaml"), pasted("a b")) == ("我的方案/scheme.yaml", "'a b'")
    folder = tmp_path / "my plan"
    said = call("init", folder, BATON_CALLED="./baton")
    assert f"./baton lint '{folder / 'scheme.yaml'}'" in said.out.replace("\n", "")


def test_arguments_are_shown_as_words_not_as_types() -> None:
    said = call("score", "--help")
    assert "{" not in said.out
    assert "<path>" not in said.out


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    command = f"{sys.executable} -m baton schema | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert len(done.stdout) == 10
    assert done.stderr == ""
