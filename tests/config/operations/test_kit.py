"""The offline kit: packed here, installed and upgraded from with the network off."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.config.operations.installations import baton

from baton.config.cli.ending import Code, Unavailable
from baton.config.operations import kit as kit_module
from baton.config.operations.kit import HOUSE, pack_kit, write_sums
from baton.words import Refused

PYTHON = getattr(sys, "_base_executable", sys.executable)


def small_house(folder: Path) -> Path:
    """Make a source tree with what a kit takes, and nothing more."""
    folder.mkdir()
    for name in kit_module.SOURCES:
        if name in ("src", "docs", "deploy"):
            (folder / name).mkdir()
        else:
            (folder / name).write_text(name)
    (folder / "src" / "module.py").write_text("")
    (folder / "src" / "__pycache__").mkdir()
    (folder / "src" / "__pycache__" / "module.pyc").write_text("")
    shutil.copy(HOUSE / "deploy" / "install.sh", folder / "deploy")
    return folder


def wheels(_: Path, folder: Path) -> int:
    """Stand for the download."""
    folder.mkdir()
    (folder / "a.whl").write_text("a")
    return 1


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kit of the small house."""
    monkeypatch.setattr(kit_module, "_download", wheels)
    return pack_kit(tmp_path / "kit", small_house(tmp_path / "house")).path


def install(kit: Path, place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the kit's script in a namespace that has no network, where the system lets one make it."""
    command = ["sh", str(kit / "install.sh"), str(place)]
    # Compiling every library would take longer than all the rest. pip reads the switch the other way round: 0 compiles
    # nothing.
    given = {**os.environ, "BATON_PYTHON": PYTHON, "PIP_NO_COMPILE": "0", **environment}
    return subprocess.run([*no_network(), *command], env=given, capture_output=True, text=True, check=False)


def no_network() -> list[str]:
    """Give the words that take the network from a command; none where this account may not."""
    tried = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    return ["unshare", "--net"] if tried.returncode == 0 else []


def test_a_kit_holds_sources_wheels_styles_and_the_digest_of_each(packed: Path) -> None:
    names = {line.split("  ", 1)[1] for line in (packed / "SHA256SUMS").read_text().splitlines()}
    wanted = {"install.sh", "kit.json", "wheels/a.whl", "baton/src/module.py", "baton/styles/baton.css", "baton/baton"}
    assert wanted <= names
    assert not [name for name in names if "pyc" in name]
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=packed, check=False).returncode == 0


def test_a_kit_that_was_changed_is_not_installed(packed: Path, tmp_path: Path) -> None:
    (packed / "wheels" / "a.whl").write_text("b")
    said = install(packed, tmp_path / "place")
    assert said.returncode == 69
    assert "a.whl" in said.stdout + said.stderr
    assert not (tmp_path / "place" / "releases").exists()


def test_another_python_is_refused_in_words(packed: Path, tmp_path: Path) -> None:
    said = install(packed, tmp_path / "place", BATON_PYTHON="no-such-python")
    assert said.returncode == 69
    assert f"Python 3.{sys.version_info.minor}" in said.stderr
    assert "BATON_PYTHON" in said.stderr


def test_a_kit_is_packed_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = small_house(tmp_path / "house")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    with pytest.raises(Refused, match=r"operations\.folder_taken"):
        pack_kit(tmp_path / "full", house)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    (house / "requirements.lock").write_text("nothing-of-this-name==1 --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(Unavailable, match=r"operations\.kit_no_download"):
        pack_kit(tmp_path / "kit", house)
    (house / "requirements.lock").unlink()
    with pytest.raises(Unavailable, match=r"operations\.kit_wants_source"):
        pack_kit(tmp_path / "kit", house)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "house"]


@pytest.mark.index
def test_a_machine_without_network_installs_and_upgrades_from_a_kit(tmp_path: Path) -> None:
    kit, place = tmp_path / "kit", tmp_path / "place"
    said = baton(tmp_path / "home", "bundle", kit)
    assert said.returncode == Code.GOOD, said.stdout + said.stderr
    said = install(kit, place)
    assert said.returncode == 0, said.stderr
    first = (place / "current").resolve()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [*no_network(), str(place / "baton"), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]})

    for words in (["upgrade"], ["check"]):
        said = run(*words)
        assert said.returncode == Code.GOOD, said.stdout + said.stderr

    module = kit / "baton" / "src" / "baton" / "__init__.py"
    module.write_text(module.read_text().replace('__version__ = "', '__version__ = "9.'))
    (kit / "kit.json").write_text((kit / "kit.json").read_text().replace('"version": "', '"version": "9.'))
    write_sums(kit)
    said = install(kit, place)
    assert said.returncode == 0, said.stderr
    assert str(place / "baton") + " upgrade" in said.stderr
    assert (place / "current").resolve() != first
    assert first.is_dir()
    assert "baton 9." in said.stderr
    assert run("upgrade").returncode == Code.GOOD
