"""The lock files hold every dependency, by hash and without an address, and agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = {"requirements.lock": None, "requirements-test.lock": "test", "requirements-spark.lock": "spark"}


def name_of(requirement: str) -> str:
    """Give the normalised name a requirement begins with (PEP 503)."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def pins(lock: str) -> dict[str, str]:
    """Read a lock: each package with its version."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (HOUSE / lock).read_text("utf-8"), re.MULTILINE)
    return {name_of(name): version for name, version in found}


def numbers(version: str) -> list[int]:
    """Give the numbers of a version, to be compared."""
    return [int(one) for one in re.findall(r"\d+", version)]


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_holds_every_dependency(lock: str) -> None:
    extra = EXTRAS[lock]
    wanted = PROJECT["dependencies"] + (PROJECT["optional-dependencies"][extra] if extra else [])
    lacking = {name_of(requirement) for requirement in wanted} - set(pins(lock))
    assert not lacking, f"{lock} lacks {sorted(lacking)}: renew the locks as CONTRIBUTING.md says"


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_is_no_older_than_the_versions_asked_for(lock: str) -> None:
    extra, held = EXTRAS[lock], pins(lock)
    wanted = PROJECT["dependencies"] + (PROJECT["optional-dependencies"][extra] if extra else [])
    floors = [(name_of(one), one.partition(">=")[2]) for one in wanted if ">=" in one]
    older = {name: held[name] for name, floor in floors if numbers(held[name]) < numbers(floor)}
    assert floors
    assert not older


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    text = (HOUSE / lock).read_text("utf-8")
    assert not re.search(r"://|index-url|find-links", text)
    entries = [
        entry for entry in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE) if entry.strip() and "==" in entry
    ]
    without = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert not without, f"{lock}: no hash for {without}"


@pytest.mark.parametrize("lock", ["requirements-test.lock", "requirements-spark.lock"])
def test_the_larger_locks_hold_the_runtime_lock_unchanged(lock: str) -> None:
    assert pins("requirements.lock").items() <= pins(lock).items()


def test_every_dependency_says_why_it_is_there() -> None:
    text = (HOUSE / "pyproject.toml").read_text("utf-8")
    wanting = [line.strip() for line in text.splitlines() if re.fullmatch(r'  "[a-z][a-z0-9-]*>?=?[0-9.]*",?\s*', line)]
    names = {name_of(requirement) for requirement in PROJECT["dependencies"]}
    assert not [line for line in wanting if name_of(line.strip(' ",')) in names]
