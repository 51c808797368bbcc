"""The pages that say where things are and what they are called keep to the tree."""

import re
from enum import StrEnum
from pathlib import Path

from baton.engine import terms
from baton.engine.rules import KINDS

HOUSE = Path(__file__).parents[1]
SOURCE = HOUSE / "src" / "baton"


def page(name: str) -> str:
    return (HOUSE / name).read_text("utf-8")


def test_the_readme_names_every_package() -> None:
    packages = {f"src/baton/{start.parent.name}/" for start in SOURCE.glob("*/__init__.py")}
    named = set(re.findall(r"^\| `(src/baton/\w+/)` \|", page("README.md"), re.MULTILINE))
    assert named == packages


def test_the_tour_opens_files_that_are_there() -> None:
    named = re.findall(r"`((?:\w+/)+(?:\w+\.\w+)?)`", page("docs/tour.md"))
    assert len(named) >= 5
    lost = [name for name in named if not (SOURCE / name).exists()]
    assert not lost, f"docs/tour.md names what is not there: {lost}"


def test_the_tour_names_functions_that_are_in_their_files() -> None:
    pairs = re.findall(r"`((?:\w+/)+\w+\.py)`\s+`(\w+)(?:\(\))?`", page("docs/tour.md"))
    assert len(pairs) > 25
    lost = [
        f"{path} {name}"
        for path, name in pairs
        if not re.search(rf"^(?:def|class) {name}\b", (SOURCE / path).read_text("utf-8"), re.MULTILINE)
    ]
    assert not lost, f"docs/tour.md names what is not there: {lost}"


def test_the_glossary_names_words_that_the_code_uses() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    words = set(re.findall(r"\w+", source))
    cells = [row.split("|")[3] for row in page("docs/glossary.md").splitlines() if row.count("|") >= 4]
    named = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert len(named) > 40
    assert not named - words, f"docs/glossary.md names what no code uses: {sorted(named - words)}"


def test_the_glossary_has_every_choice_of_the_scheme_language() -> None:
    vocabularies = [kind for kind in vars(terms).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    choices = {choice.value for kind in vocabularies if kind.__module__ == terms.__name__ for choice in kind}
    known = set(re.findall(r"`(\w+)`", page("docs/glossary.md")))
    assert len(choices) > 25
    assert not choices - known, f"docs/glossary.md lacks {sorted(choices - known)}"
    rules = {kind.model_fields["kind"].default for kind in KINDS}
    assert not rules - known, f"docs/glossary.md lacks the rules {sorted(rules - known)}"


def test_every_decision_is_listed_and_has_its_three_parts() -> None:
    decisions = sorted((HOUSE / "docs" / "adr").glob("[0-9]*.md"))
    for decision in decisions:
        text = decision.read_text("utf-8")
        assert f"]({decision.name})" in page("docs/adr/README.md"), f"{decision.name} is not in the list"
        parts = [part for part in ("**Context.**", "**Decision.**", "**Consequences.**") if part in text]
        assert len(parts) == 3, f"{decision.name} has only {parts}"
        assert text.startswith(f"# {int(decision.name[:4])}. ")
