"""How sure ranks are, in the documents of one call of `score`."""

import json
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from tests.config.small import FIGURES, SCHEME, call, county

from baton.config.cli.ending import Code


@pytest.fixture
def inputs(tmp_path: Path) -> tuple[Path, ...]:
    return tuple(county(tmp_path))


def test_one_call_gives_workbook_and_report_that_say_how_sure_ranks_are(
    tmp_path: Path, inputs: tuple[Path, ...]
) -> None:
    folder = tmp_path / "results"
    said = call("score", *inputs, "--robust", "-o", folder, "--json")
    assert said.code == Code.GOOD
    assert {"名次有多稳", "哪些权重要紧"} <= set(load_workbook(folder / "results.xlsx").sheetnames)
    assert "名次有多稳" in "".join(one.text for one in Document(str(folder / "report.docx")).paragraphs)
    assert json.loads((folder / "provenance.json").read_text("utf-8"))["options"]["robust"] is True


def test_the_result_is_the_same_with_and_without(tmp_path: Path, inputs: tuple[Path, ...]) -> None:
    digests = {
        call("score", *inputs, *more, "-o", tmp_path / f"r{len(more)}", "--json").json["result"]["years"]["2025"][
            "digest"
        ]
        for more in ((), ("--robust",))
    }
    assert len(digests) == 1


def test_what_cannot_be_analysed_is_scored_all_the_same(tmp_path: Path) -> None:
    scheme = "\n".join(line for line in SCHEME.splitlines() if "U3" not in line) + "\n"
    figures = "".join(line for line in FIGURES.splitlines(keepends=True) if not line.startswith("U3"))
    paths = county(tmp_path, scheme, figures, "unit,item\n")
    said = call("score", *paths, "--robust", "-o", tmp_path / "results", "--json")
    assert said.code == Code.GOOD
    assert "robust.too_few_units" in said.codes
    assert "名次有多稳" not in load_workbook(tmp_path / "results" / "results.xlsx").sheetnames


@pytest.mark.parametrize("other", ["--no-report", "--in-parts"])
def test_without_documents_there_is_nowhere_to_say_it(tmp_path: Path, inputs: tuple[Path, ...], other: str) -> None:
    said = call("score", *inputs, "--robust", other, "-o", tmp_path / "results", "--json")
    assert said.code == Code.INPUT
    assert said.codes == ["config.robust_nowhere"]
    assert not (tmp_path / "results").exists()
