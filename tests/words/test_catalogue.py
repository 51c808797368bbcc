"""The catalogue is complete: both languages, equal placeholders, and every code that the source raises."""

import ast
import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "baton"
AREAS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (SOURCE / "words" / "catalogue").glob("*.toml")}
ENTRIES = {f"{area}.{name}": entry for area, entries in AREAS.items() for name, entry in entries.items()}
CODE = re.compile(rf"(?:{'|'.join(AREAS)})\.(?!(?:xlsx|docx|parquet|json)$)[a-z0-9_]*[a-z0-9]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def placeholders(sentence: str) -> set[str]:
    """Name what a sentence wants to be told; an attribute or index counts as its root."""
    return {re.split(r"[.\[]", field)[0] for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def test_every_package_of_the_house_has_its_area() -> None:
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")} - {"words"}
    assert packages <= set(AREAS)


@pytest.mark.parametrize("code", sorted(ENTRIES))
def test_an_entry_speaks_both_languages_of_the_same_things(code: str) -> None:
    entry = ENTRIES[code]
    assert set(entry) in ({"zh", "en"}, {"zh", "en", "mend_zh", "mend_en"}), f"{code} has {sorted(entry)}"
    assert all(sentence.strip() for sentence in entry.values())
    assert not CHINESE.search(re.sub(r"[“\"'‘(（][^”\"'’)）]*[”\"'’)）]", "", entry["en"])), (
        f"{code}: Chinese outside quotes"
    )
    for zh, en in (("zh", "en"), ("mend_zh", "mend_en")):
        assert placeholders(entry.get(zh, "")) == placeholders(entry.get(en, "")), f"{code}: {zh} and {en} differ"


def modules() -> list[Path]:
    """List the modules that say something; steps of the database name tables, which look like codes."""
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_code_in_the_source_has_its_words(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    lacking = [
        f"line {node.lineno}: {node.value}"
        for node in strings
        if CODE.fullmatch(node.value) and node.value not in ENTRIES
    ]
    assert not lacking, f"{path.relative_to(SOURCE)} names codes that the catalogue lacks: {lacking}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_codes_are_written_out_so_that_they_can_be_searched(path: Path) -> None:
    heads = [
        (node.lineno, node.values[0].value)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant)
    ]
    areas = tuple(f"{area}." for area in AREAS)
    bare = [f"line {line}: {head}{{...}}" for line, head in heads if head in areas]
    family = [(line, head) for line, head in heads if str(head).startswith(areas) and head not in areas]
    unknown = [
        f"line {line}: {head}" for line, head in family if not any(code.startswith(str(head)) for code in ENTRIES)
    ]
    assert not bare + unknown, f"{path.relative_to(SOURCE)}: {bare + unknown}"


def keys_given(call: ast.Call) -> set[str] | None:
    """Names the parameters given to a Problem, if they are written out as a dict; None if they cannot be read off."""
    given = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "params"), None)
    if given is None:
        return set()
    if isinstance(given, ast.Dict) and all(isinstance(key, ast.Constant) for key in given.keys):
        return {str(key.value) for key in given.keys if isinstance(key, ast.Constant)}
    return None


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_problem_is_given_what_its_sentences_want(path: Path) -> None:
    wanting = []
    for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
        if not (isinstance(call.func, ast.Name) and call.func.id == "Problem" and call.args):
            continue
        code = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        keys = keys_given(call)
        if code not in ENTRIES or keys is None:
            continue
        wanted = set().union(*(placeholders(sentence) for sentence in ENTRIES[code].values()))
        if wanted - keys:
            wanting.append(f"line {call.lineno}: {code} is not given {sorted(wanted - keys)}")
    assert not wanting, f"{path.relative_to(SOURCE)}: {wanting}"
