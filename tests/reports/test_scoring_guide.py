"""docs/scoring.md and its pictures are what the code says now; BATON_WRITE=1 writes them anew."""

import os
import re
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from baton.engine.rules import KINDS, Rule
from baton.reports.scoring_guide import name_of, scoring_guide

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def guide() -> dict[str, str]:
    found = scoring_guide()
    if os.environ.get("BATON_WRITE"):
        (DOCS / "scoring").mkdir(exist_ok=True)
        for name, content in found.items():
            (DOCS / name).write_text(content, "utf-8")
    return found


def test_the_guide_is_what_the_code_says(guide) -> None:
    stale = [name for name, content in guide.items() if (DOCS / name).read_text("utf-8") != content]
    assert not stale, f"{stale}: BATON_WRITE=1 ./baton test tests/reports/test_scoring_guide.py"


def test_the_examples_are_rules_of_a_scheme(guide) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", guide["scoring.md"], re.DOTALL)
    rules = [TypeAdapter(Rule).validate_python(yaml.safe_load(block)["rule"]) for block in blocks]
    assert [type(rule) for rule in rules] == list(KINDS)


def test_every_kind_has_its_chapter_and_its_picture(guide) -> None:
    names = {name_of(kind) for kind in KINDS}
    assert {f"scoring/{name}.svg" for name in names} == set(guide) - {"scoring.md"}
    assert {path.name for path in (DOCS / "scoring").iterdir()} == {f"{name}.svg" for name in names}
    for name in names:
        chapter = guide["scoring.md"].split(f'<a id="{name}"></a>')[1].split("<a id=")[0]
        for part in ("**Source:**", "**Edges", "| option |", f"kind: {name}"):
            assert part in chapter, f"{name} says nothing of {part}"
