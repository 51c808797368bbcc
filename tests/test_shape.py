"""The house keeps its shape: sizes, layers, numbers, words and files, read from the tree itself."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
SOURCE = HOUSE / "src" / "baton"
PURE = ("engine", "documents")
type Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*packages: str) -> list[Path]:
    """List the modules of these packages, or of the whole house; steps of the database are written by Django."""
    roots = [SOURCE / package for package in packages] or [SOURCE]
    return sorted(path for root in roots for path in root.rglob("*.py") if "migrations" not in path.parts[:-1])


@cache
def tree(path: Path) -> ast.Module:
    """Read one module."""
    return ast.parse(path.read_text("utf-8"))


def place(path: Path, line: int) -> str:
    """Write a place so that an editor can jump to it."""
    return f"{path.relative_to(HOUSE).as_posix()}:{line}"


def functions(path: Path) -> Iterator[Function]:
    """Go through all functions and methods of a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def percentile(sizes: list[int], share: float) -> int:
    """Give the size that `share` of the things do not exceed (nearest rank)."""
    return sorted(sizes)[max(0, int(len(sizes) * share) - 1)]


def listed(found: list[str]) -> str:
    """Put findings one below the other."""
    return "\n" + "\n".join(found)


# Sizes -------------------------------------------------------------------------------------------------------------


def test_files_are_small() -> None:
    sizes = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}
    largest = [f"{place(path, size)}" for path, size in sorted(sizes.items(), key=lambda item: -item[1])[:5]]
    assert max(sizes.values()) <= 500, listed(largest)
    assert percentile(list(sizes.values()), 0.95) <= 300, listed(largest)
    assert percentile(list(sizes.values()), 0.5) <= 70, listed(largest)


def test_functions_are_short() -> None:
    sizes = {
        place(path, f.lineno): (f.end_lineno or f.lineno) - f.lineno + 1 for path in modules() for f in functions(path)
    }
    longest = [f"{where} {size} lines" for where, size in sorted(sizes.items(), key=lambda item: -item[1])[:8]]
    assert percentile(list(sizes.values()), 0.95) <= 40, listed(longest)


# Rooms -------------------------------------------------------------------------------------------------------------


def test_no_room_for_odds_and_ends() -> None:
    banned = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "signals"}
    found = [place(path, 1) for path in modules() if banned & {path.stem, *path.relative_to(SOURCE).parts[:-1]}]
    assert not found, listed(found)


def test_imports_stand_at_the_head_of_a_module() -> None:
    found = [
        place(path, node.lineno)
        for path in modules()
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        or (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"__import__", "importlib.import_module", "import_module"}
        )
    ]
    assert not found, f"imports hidden in functions: {listed(found)}"


def folders() -> list[Path]:
    """List the folders of the source, outermost first.

    What holds only compiled leftovers is none, and templates, static files and steps of the database are as Django
    wants them.
    """
    kept = {"templates", "static", "migrations"}
    files = (path for path in SOURCE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted({path.parent for path in files if not kept & set(path.parent.parts)})


def first_line(folder: Path) -> str:
    """Give what a folder says it is for: the first line of its package's docstring."""
    start = folder / "__init__.py"
    return (ast.get_docstring(tree(start)) or "").partition("\n")[0] if start.is_file() else ""


def test_every_folder_says_what_it_is_for_and_stands_on_the_map() -> None:
    silent = [folder.relative_to(HOUSE).as_posix() for folder in folders() if not first_line(folder)]
    assert not silent, f"folders without a line of description in __init__.py: {listed(silent)}"
    wanted = [f"| `{folder.relative_to(HOUSE).as_posix()}/` | {first_line(folder)} |" for folder in folders()]
    page = HOUSE / "docs" / "map.md"
    text = page.read_text("utf-8")
    given = [line for line in text.splitlines() if line.startswith("| `src/baton/")]
    if os.environ.get("BATON_WRITE"):
        page.write_text(text.replace("\n".join(given), "\n".join(wanted)), "utf-8")
        return
    assert given == wanted, "docs/map.md is not what the folders say: BATON_WRITE=1 ./baton test tests/test_shape.py"


def test_what_is_public_has_a_docstring() -> None:
    found = [
        f"{place(path, node.lineno)} {node.name}"
        for path in modules()
        for node in tree(path).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not found, listed(found)


# Numbers -----------------------------------------------------------------------------------------------------------


def inexact(node: ast.AST) -> str:
    """Say why a piece of the engine's code would not give the same figure everywhere; empty if it would."""
    if isinstance(node, ast.Attribute) and node.attr == "nan":
        return "NaN"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return f".{node.func.attr}" if node.func.attr in {"round", "mean", "std"} else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        given = node.args[0] if node.args else None
        if node.func.id == "round":
            return "round()"
        if (
            node.func.id == "float"
            and isinstance(given, ast.Constant)
            and str(given.value).lower().strip("+-") == "nan"
        ):
            return "NaN"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and is_literal(node.right):
        return "division by a literal"
    return ""


def is_literal(node: ast.expr) -> bool:
    """Tell a number written out, bare, signed or as a literal column."""
    if isinstance(node, ast.UnaryOp):
        return is_literal(node.operand)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "lit" and node.args:
        return is_literal(node.args[0])
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("x.round(2)", ".round"),
        ("round(x)", "round()"),
        ("nw.col('a').mean()", ".mean"),
        ("x.std()", ".std"),
        ("float('NaN')", "NaN"),
        ("math.nan", "NaN"),
        ("x / 100", "division by a literal"),
        ("x / -1.5", "division by a literal"),
        ("x / nw.lit(3)", "division by a literal"),
        ("case.mean", ""),
        ("x / y", ""),
        ("x // 2", ""),
        ("float('inf')", ""),
        ("x.sum()", ""),
    ],
)
def test_the_reader_knows_what_is_inexact(code: str, reason: str) -> None:
    found = {inexact(node) for node in ast.walk(ast.parse(code))} - {""}
    assert found == ({reason} if reason else set())


def test_the_engine_computes_the_same_everywhere() -> None:
    found = [
        f"{place(path, getattr(node, 'lineno', 0))} {reason}"
        for path in modules("engine")
        for node in ast.walk(tree(path))
        if (reason := inexact(node))
    ]
    assert not found, f"engines would differ in the last place: {listed(found)}"


def test_pure_packages_have_no_clock_and_no_chance() -> None:
    banned = re.compile(
        r"(datetime|date)\.(now|today|utcnow)|time\.(time|monotonic|perf_counter)|random\.(random|choice|shuffle|randint)"
    )
    found = [
        f"{place(path, node.lineno)} {ast.unparse(node)}"
        for path in modules(*PURE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and banned.fullmatch(ast.unparse(node))
    ]
    assert not found, listed(found)


# Files -------------------------------------------------------------------------------------------------------------


@cache
def tracked() -> list[Path]:
    """List the text files under version control."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=True).stdout.decode()
    return [path for name in answer.split("\0") if name and (path := HOUSE / name).is_file() and is_text(path)]


def is_text(path: Path) -> bool:
    """Tell a text file from bytes."""
    return b"\0" not in path.read_bytes()[:4096]


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    """Find the lines of files that match."""
    wanted = re.compile(pattern)
    return [
        f"{place(path, number)} {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_work_is_left_for_later() -> None:
    words = "T[O]DO|F[I]XME|X[X]X|NotImplemented[E]rror"
    found = lines_with(
        rf"\b({words})\b", [path for path in tracked() if path.suffix in {".py", ".md", ".toml", ".yaml", ""}]
    )
    assert not found, listed(found)


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    machine = r"(?<![\w./~-])/(root|home|work|Users|opt)/\w"
    addresses = (
        r"https?://[^\s\"']+/(simple|packages)/",
        r"\"resolved\": \"http",
        r"source = \{ registry",
        r"(?<!emit-)index-url[ =]",
        r"find-links[ =]",
    )
    registry = "|".join(addresses)
    here = Path(__file__)
    found = lines_with(f"{machine}|{registry}", [path for path in tracked() if path != here])
    assert not found, listed(found)


def test_no_page_asks_an_outside_host() -> None:
    hosts = r"https?://[a-z0-9.-]*(cdn|unpkg|jsdelivr|googleapis|gstatic|ui-avatars)"
    found = lines_with(hosts, [path for path in tracked() if SOURCE in path.parents])
    assert not found, listed(found)


def test_links_inside_the_documents_lead_somewhere() -> None:
    link = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s:]+)(?:#[^)]*)?\)|!\[[^\]]*\]\(([^)\s:]+)\)|src=\"([^\":]+)\"")
    lost = [
        f"{path.relative_to(HOUSE)} -> {target}"
        for path in tracked()
        if path.suffix == ".md"
        for found in link.finditer(path.read_text("utf-8"))
        if (target := next(filter(None, found.groups()))) and not (path.parent / target).exists()
    ]
    assert not lost, listed(lost)


def test_rows_are_locked_against_change_and_not_against_being_named() -> None:
    """Else a month that is scored keeps out whoever enters its figures: a key to a locked row waits at the commit."""
    found = lines_with(r"select_for_update\((?!.*no_key=True)", [path for path in tracked() if SOURCE in path.parents])
    assert not found, listed(found)
