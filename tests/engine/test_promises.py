"""Every promise of tests/cases/promises.yaml names tests and cases that are there, and every case keeps a promise."""

import ast
from pathlib import Path

import pytest
import yaml

HOUSE = Path(__file__).parents[2]
PROMISES = yaml.safe_load((HOUSE / "tests" / "cases" / "promises.yaml").read_text("utf-8"))
CASES = {
    case["名称"]
    for file in sorted((HOUSE / "tests" / "cases" / "schemes").glob("*.yaml"))
    for case in yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
}


def functions(file: Path) -> set[str]:
    """The tests of a file and of its classes, read without running it."""
    tree = ast.parse(file.read_text("utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test")]
    nodes = [*tree.body, *(node for one in classes for node in one.body)]
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise["promise"])
def test_what_is_promised_is_shown(promise) -> None:
    assert promise.get("tests") or promise.get("cases")
    assert set(promise.get("cases", ())) <= CASES
    for node in promise.get("tests", ()):
        path, _, name = node.partition("::")
        found = functions(HOUSE / path)
        assert found, f"{path} holds no test"
        assert not name or name in found, node


def test_every_case_keeps_a_promise() -> None:
    assert {case for promise in PROMISES for case in promise.get("cases", ())} == CASES
