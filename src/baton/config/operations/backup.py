"""Takes a backup: the database at one moment, then the files, and the ways out of the house (`channels.toml`).

Files are named by their content and never change, so those that the database knew at its moment are all still there
when they are copied after it; later ones come along and do no harm.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedRandom
from pathlib import Path

from baton.config.operations.database import Migration
from baton.config.operations.in_use import refuse_unfinished
from baton.config.operations.installation import Installation
from baton.config.operations.last import remember_backup
from baton.config.operations.manifest import CHANNELS, DATABASE, FILES, NAME, Manifest, Member, fingerprints
from baton.config.operations.private import private_file, refuse_taken
from baton.words import Place, Problem, Refused, Severity

_AT_ONCE = 1 << 20
_DIGEST = 64


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was taken. `damaged`: files whose content is no longer what their name says; they are in it too."""

    path: Path
    manifest: Manifest
    sha256: str
    damaged: tuple[str, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Say which files are damaged on the disk."""
        return tuple(
            Problem("operations.file_damaged", {}, Place(file=name), Severity.WARNING) for name in self.damaged
        )


def take_backup(place: Installation, target: Path) -> Backup:
    """Write a backup into a new file. Raises `Refused`, `Unavailable`, `OSError`; then nothing is left of it."""
    refuse_unfinished(place.home)
    refuse_taken(target)
    if place.database.is_empty():
        raise Refused([Problem("operations.nothing_to_back_up", {"name": place.database.name})])
    target.parent.mkdir(parents=True, exist_ok=True)
    taken = place.clock()
    with (
        tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch,
        private_file(target) as file,
    ):
        copy = Path(scratch) / DATABASE
        applied = _copied(place, copy)
        with zipfile.ZipFile(file, "w") as archive:
            members = [_add(archive, copy, DATABASE, zipfile.ZIP_DEFLATED)]
            members += list(_files(archive, place.files))
            channels = place.home / CHANNELS
            members += [_add(archive, channels, CHANNELS, zipfile.ZIP_DEFLATED)] if channels.is_file() else []
            manifest = _manifest(place, taken, applied, members)
            archive.writestr(_entry(NAME, zipfile.ZIP_DEFLATED), manifest.model_dump_json(indent=1))
        digest = _digest_of(file)
    remember_backup(place.home, target, manifest.taken, digest)
    return Backup(target, manifest, digest, tuple(_damaged(members)))


def kept_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of an installation with their names in a backup; what begins with a dot is still being written."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        within = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in within.parts):
            yield path, f"{FILES}/{within.as_posix()}"


def _files(archive: zipfile.ZipFile, folder: Path) -> Iterator[Member]:
    """Put the files in. One that is swept up meanwhile belonged to nothing in the database for a day at least."""
    for path, name in kept_files(folder):
        if path.exists():
            yield _add(archive, path, name, zipfile.ZIP_STORED)


def _copied(place: Installation, copy: Path) -> frozenset[Migration]:
    """Copy the database; refuses one whose schema changed meanwhile."""
    before = place.database.applied()
    place.database.copy(copy)
    if place.database.applied() != before:
        raise Refused([Problem("operations.schema_changed_meanwhile")])
    return before


def _manifest(place: Installation, taken: datetime, applied: frozenset[Migration], members: list[Member]) -> Manifest:
    return Manifest(
        version=place.version,
        taken=taken,
        ended=place.clock(),
        kind=place.database.kind,
        database_version=place.database.version(),
        migrations=tuple(sorted(applied)),
        keys=fingerprints(place.keys),
        members=tuple(members),
    )


def _add(archive: zipfile.ZipFile, path: Path, name: str, compression: int) -> Member:
    """Put a file into the archive, reading it once. Uploads are packed already; they are stored as they are."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(_entry(name, compression), "w", force_zip64=True) as target:
        while piece := source.read(_AT_ONCE):
            target.write(piece)
            digest.update(piece)
            size += len(piece)
    return Member(name=name, bytes=size, sha256=digest.hexdigest())


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    return entry


def _digest_of(file: BufferedRandom) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(members: list[Member]) -> Iterator[str]:
    """Name the files that are called by a digest (SHA-256) and have another one."""
    for member in members:
        called = Path(member.name).name.partition(".")[0]
        if len(called) == _DIGEST and set(called) <= set("0123456789abcdef") and called != member.sha256:
            yield member.name
