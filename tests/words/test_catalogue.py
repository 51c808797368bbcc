"""The catalogue is complete: both languages, equal placeholders, and every code that the source raises."""

import ast
import re
import tomllib
from functools import cache
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


def wrong_with(entry: dict[str, str]) -> list[str]:
    """Say what is wrong with an entry: a sentence lacks, is empty, or the languages speak of different things."""
    found = []
    if set(entry) not in ({"zh", "en"}, {"zh", "en", "mend_zh", "mend_en"}):
        found.append(f"has {sorted(entry)}")
    if not all(sentence.strip() for sentence in entry.values()):
        found.append("has an empty sentence")
    if CHINESE.search(re.sub(r"[“\"'‘(（][^”\"'’)）]*[”\"'’)）]", "", entry.get("en", ""))):
        found.append("has Chinese outside quotes")
    for zh, en in (("zh", "en"), ("mend_zh", "mend_en")):
        if placeholders(entry.get(zh, "")) != placeholders(entry.get(en, "")):
            found.append(f"{zh} and {en} differ in what they name")
    return found


@pytest.mark.parametrize("area", sorted(AREAS))
def test_every_entry_speaks_both_languages_of_the_same_things(area: str) -> None:
    assert AREAS[area]
    assert not {name: wrong for name, entry in AREAS[area].items() if (wrong := wrong_with(entry))}


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"zh": "第{number}行", "en": "line {number}"}, []),
        ({"zh": "第{number.x}行", "en": "“行” {number[0]}"}, []),
        ({"zh": "行"}, ["has ['zh']"]),
        ({"zh": "行", "en": " "}, ["has an empty sentence"]),
        ({"zh": "行", "en": "line 行"}, ["has Chinese outside quotes"]),
        ({"zh": "第{number}行", "en": "line"}, ["zh and en differ in what they name"]),
        (
            {"zh": "行", "en": "line", "mend_zh": "{a}", "mend_en": "{b}"},
            ["mend_zh and mend_en differ in what they name"],
        ),
    ],
)
def test_a_wrong_entry_would_be_found(entry: dict[str, str], wrong: list[str]) -> None:
    assert wrong_with(entry) == wrong


PACKAGES = sorted({path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.py")})


@cache
def modules(package: str) -> list[tuple[str, list[ast.AST]]]:
    """Give the modules that say something, with all they hold; steps of the database name tables, like codes."""
    place = SOURCE / package
    paths = [place] if place.is_file() else sorted(place.rglob("*.py"))
    return [
        (path.relative_to(SOURCE).as_posix(), list(ast.walk(ast.parse(path.read_text("utf-8")))))
        for path in paths
        if "migrations" not in path.parts
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_code_in_the_source_has_its_words(package: str) -> None:
    lacking = [
        f"{path} line {node.lineno}: {node.value}"
        for path, nodes in modules(package)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if CODE.fullmatch(node.value) and node.value not in ENTRIES
    ]
    assert not lacking, "codes that the catalogue lacks"


@pytest.mark.parametrize("package", PACKAGES)
def test_codes_are_written_out_so_that_they_can_be_searched(package: str) -> None:
    heads = [
        (f"{path} line {node.lineno}", str(node.values[0].value))
        for path, nodes in modules(package)
        for node in nodes
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant)
    ]
    areas = tuple(f"{area}." for area in AREAS)
    bare = [f"{place}: {head}{{...}}" for place, head in heads if head in areas]
    family = [(place, head) for place, head in heads if head.startswith(areas) and head not in areas]
    unknown = [f"{place}: {head}" for place, head in family if not any(code.startswith(head) for code in ENTRIES)]
    assert not bare + unknown


def keys_given(call: ast.Call) -> set[str] | None:
    """Names the parameters given to a Problem, if they are written out as a dict; None if they cannot be read off."""
    given = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "params"), None)
    if given is None:
        return set()
    if isinstance(given, ast.Dict) and all(isinstance(key, ast.Constant) for key in given.keys):
        return {str(key.value) for key in given.keys if isinstance(key, ast.Constant)}
    return None


@pytest.mark.parametrize("package", PACKAGES)
def test_every_problem_is_given_what_its_sentences_want(package: str) -> None:
    wanting = []
    for path, call in ((path, node) for path, nodes in modules(package) for node in nodes):
        if not isinstance(call, ast.Call):
            continue
        if not (isinstance(call.func, ast.Name) and call.func.id == "Problem" and call.args):
            continue
        code = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        keys = keys_given(call)
        if code not in ENTRIES or keys is None:
            continue
        wanted = set().union(*(placeholders(sentence) for sentence in ENTRIES[str(code)].values()))
        if wanted - keys:
            wanting.append(f"{path} line {call.lineno}: {code} is not given {sorted(wanted - keys)}")
    assert not wanting
