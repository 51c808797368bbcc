"""Packs an offline kit: everything that installing and upgrading need on a machine without network."""

import hashlib
import json
import platform
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from baton import __version__
from baton.config.cli.ending import Unavailable
from baton.reports.store.write import new_folder
from baton.web.styles.compile import compile_styles
from baton.words import Place, Problem, Refused

HOUSE = Path(__file__).parents[4]
LOCK = "requirements.lock"
SOURCES = ("baton", "src", "docs", "deploy", LOCK, "pyproject.toml", "LICENSE", "CHANGELOG.md")
"""What runs, and what its operators read; tests and benchmarks stay at home."""

_OPTIONAL = ("README.md", "README.zh-CN.md")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
_SUMS, _ABOUT, _INSTALL = "SHA256SUMS", "kit.json", "install.sh"
_LAST_WORDS = 600


@dataclass(frozen=True, slots=True)
class Kit:
    """A kit that was packed."""

    path: Path
    files: int
    wheels: int
    bytes: int
    python: str
    platform: str


def pack_kit(target: Path, house: Path = HOUSE) -> Kit:
    """Pack a kit for this machine's system and Python into a new folder, whole or not at all.

    Raises `Refused` where the folder holds something, `Unavailable` where there is no source tree or no download.
    """
    if not (house / LOCK).is_file():
        raise Unavailable(Problem("operations.kit_wants_source", {"lock": LOCK}))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused([Problem("operations.folder_taken", {}, Place(file=str(target)))])
    with new_folder(target) as folder:
        wheels = _download(house / LOCK, folder / "wheels")
        _copy_source(house, folder / "baton")
        compile_styles(folder / "baton" / "styles")
        shutil.copy(house / "deploy" / _INSTALL, folder / _INSTALL)
        about = {
            "version": __version__,
            "python": f"{sys.version_info.major}.{sys.version_info.minor}",
            "platform": sysconfig.get_platform(),
            "machine": platform.machine(),
        }
        (folder / _ABOUT).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
        files, size = write_sums(folder)
    return Kit(target, files, wheels, size, about["python"], about["platform"])


def write_sums(folder: Path) -> tuple[int, int]:
    """Write the SHA-256 of every file, as `sha256sum -c` reads it; gives how many there are, and their bytes."""
    lines, size = [], 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != _SUMS:
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n")
            size += path.stat().st_size
    (folder / _SUMS).write_text("".join(lines), "utf-8")
    return len(lines), size


def _download(lock: Path, wheels: Path) -> int:
    """Fetch the wheels of the lock by pip as it is configured here; their hashes are those of the lock."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += [
        "--require-hashes",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--dest",
        str(wheels),
        "--requirement",
        str(lock),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(Problem("operations.kit_no_download", {"detail": done.stderr.strip()[-_LAST_WORDS:]}))
    return len(list(wheels.iterdir()))


def _copy_source(house: Path, target: Path) -> None:
    target.mkdir()
    for name in (*SOURCES, *(name for name in _OPTIONAL if (house / name).exists())):
        source = house / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(source, target / name)
