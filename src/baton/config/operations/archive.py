"""Reads a backup: every byte held against the manifest before anything is done with it."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import ValidationError

from baton.config.operations.manifest import CHANNELS, DATABASE, FILES, NAME, Manifest, Member
from baton.words import Place, Problem, Refused

_AT_ONCE = 1 << 20


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup and go through all of it.

    Raises `Refused` with everything that is not as the manifest says: cut off, changed, missing, or not in it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest.model_validate_json(archive.read(NAME))
            problems = list(_wrong(archive, manifest, path))
            if problems:
                raise Refused(problems)
            yield archive, manifest
    except (zipfile.BadZipFile, KeyError, ValidationError) as error:
        raise Refused([Problem("operations.no_backup", {}, Place(file=str(path)))]) from error


def extract(archive: zipfile.ZipFile, member: Member, target: Path) -> None:
    """Write a member to a place of ours, for the owner only."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600, exist_ok=False)
    with archive.open(member.name) as source, target.open("wb") as file:
        while piece := source.read(_AT_ONCE):
            file.write(piece)


def _wrong(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> Iterator[Problem]:
    place = Place(file=str(path))
    told = {member.name for member in manifest.members}
    if DATABASE not in told:
        yield Problem("operations.backup_lacks", {"name": DATABASE}, place)
    for name in sorted(set(archive.namelist()) - told - {NAME}):
        yield Problem("operations.backup_has_more", {"name": name}, place)
    for member in manifest.members:
        if not _is_ours(member.name):
            yield Problem("operations.backup_has_more", {"name": member.name}, place)
        elif member.name not in archive.namelist():
            yield Problem("operations.backup_lacks", {"name": member.name}, place)
        elif not _holds(archive, member):
            yield Problem("operations.backup_changed", {"name": member.name}, place)


def _is_ours(name: str) -> bool:
    """Tell a name that leads nowhere but into the folder of files."""
    parts = PurePosixPath(name).parts
    return name in (DATABASE, CHANNELS) or (
        parts[:1] == (FILES,) and len(parts) > 1 and not {"..", "."} & set(name.split("/"))
    )


def _holds(archive: zipfile.ZipFile, member: Member) -> bool:
    try:
        with archive.open(member.name) as file:
            return _digest(file) == (member.sha256, member.bytes)
    except (zipfile.BadZipFile, EOFError, OSError):
        return False


def _digest(file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_AT_ONCE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size
