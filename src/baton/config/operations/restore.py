"""Puts a backup in place of an installation: verified first, all or nothing, what stood there kept aside."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from baton.config.operations.archive import extract, opened
from baton.config.operations.database import Kind
from baton.config.operations.database.sqlite import check_sound
from baton.config.operations.in_use import alone, is_unfinished, unfinished
from baton.config.operations.installation import Installation
from baton.config.operations.keys import read_keys, write_keys
from baton.config.operations.manifest import CHANNELS, DATABASE, FILES, Manifest, fingerprints
from baton.words import Place, Problem, Refused, Severity

_SCRATCH = ".restore-"
_KEYS, _SEEDS = "keys", "second-factor"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored. `aside`: the name under which the former state lies, empty where there was none.

    `channels_left`: the backup holds ways out of the house that were not put in place.
    """

    manifest: Manifest
    aside: str
    other_keys: bool
    pending: int
    channels_left: bool = False

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Say that second factors cannot be read where the keys are not those of the backup."""
        return (Problem("operations.other_keys", {}, severity=Severity.WARNING),) if self.other_keys else ()


def restore_backup(
    place: Installation, source: Path, keys: Path | None = None, replace: bool = False, channels: bool = False
) -> Restored:
    """Restore. Raises `Refused`, `Unavailable`, `OSError`; then everything is as it was.

    `channels`: put the ways out of the house in place too; a rehearsal without them sends nothing to anybody.
    A home where a server or worker runs is refused even with `replace`: it would go on writing into what is set aside.
    """
    given = None if keys is None else read_keys(keys)
    with opened(source) as (archive, manifest), alone(place.home):
        _refuse(place, source, manifest, replace)
        place.database.can_put()
        aside = f"before_{place.stamp()}".lower()
        for left in place.home.glob(f"{_SCRATCH}*"):
            shutil.rmtree(left)  # by a restore that was killed; nobody else is at work here
        with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=place.home) as scratch:
            folder = Path(scratch)
            _unpacked(archive, manifest, folder)
            full = _is_full(place)
            with (
                unfinished(place.home),
                _folder_put(place.files, folder / FILES, place.home / aside / FILES),
                _keys_put(place, given, folder / _KEYS, place.home / aside / _KEYS),
                _channels_put(place.home, folder / CHANNELS, place.home / aside, channels),
                place.database.put(folder / DATABASE, aside),
            ):
                place.database.forget_sign_ins()
    here = fingerprints(place.keys).get(_SEEDS, ())
    other = not set(manifest.keys.get(_SEEDS, ())) <= set(here)
    pending = place.pending(frozenset(manifest.migrations))
    unasked = manifest.has_channels and not channels
    return Restored(manifest, aside if full else "", other, len(pending), unasked)


def _refuse(place: Installation, source: Path, manifest: Manifest, replace: bool) -> None:
    at = Place(file=str(source))
    problems = []
    if manifest.kind is not place.database.kind:
        problems.append(Problem("operations.other_kind", {"backup": manifest.kind, "here": place.database.kind}, at))
    newer = place.newer(frozenset(manifest.migrations))
    if newer:
        step = ".".join(newer[0])
        problems.append(
            Problem("operations.newer_backup", {"version": manifest.version, "here": place.version, "step": step}, at)
        )
    if place.database.others():
        params = {"name": place.database.name, "count": place.database.others()}
        problems.append(Problem("operations.database_in_use", params))
    if not replace and not is_unfinished(place.home) and _is_full(place):
        problems.append(Problem("operations.home_full", {"name": place.database.name}, Place(file=str(place.home))))
    if problems:
        raise Refused(problems)


def _is_full(place: Installation) -> bool:
    return not place.database.is_empty() or (place.files.is_dir() and any(place.files.iterdir()))


def _unpacked(archive: ZipFile, manifest: Manifest, folder: Path) -> None:
    (folder / FILES).mkdir(mode=0o700)
    for member in manifest.members:
        extract(archive, member, folder / member.name)
    if manifest.kind is Kind.SQLITE:
        check_sound(folder / DATABASE, DATABASE)


@contextmanager
def _folder_put(target: Path, new: Path, kept: Path) -> Iterator[None]:
    """Put a folder in place; what stood there moves to `kept`, and comes back if the block fails."""
    full = target.is_dir() and any(target.iterdir())
    try:
        if full:
            kept.parent.mkdir(mode=0o700, exist_ok=True)
            target.rename(kept)
        elif target.is_dir():
            target.rmdir()
        new.rename(target)
        yield
    except BaseException:
        if kept.exists() or not full:
            shutil.rmtree(target, ignore_errors=True)
        if kept.exists():
            kept.rename(target)
        with suppress(OSError):
            kept.parent.rmdir()
        raise


@contextmanager
def _keys_put(place: Installation, keys: dict[str, str] | None, new: Path, kept: Path) -> Iterator[None]:
    if keys is None:
        yield
        return
    write_keys(new, keys)
    with _folder_put(place.keys, new, kept):
        yield


@contextmanager
def _channels_put(home: Path, new: Path, kept: Path, wanted: bool) -> Iterator[None]:
    """Put `channels.toml` in place; the one that stood there moves into `kept`, and comes back if the block fails."""
    target, former = home / CHANNELS, kept / CHANNELS
    if not wanted or not new.is_file():
        yield
        return
    stood = target.is_file()
    try:
        if stood:
            kept.mkdir(mode=0o700, exist_ok=True)
            target.rename(former)
        new.rename(target)
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        if stood:
            former.rename(target)
        with suppress(OSError):
            kept.rmdir()
        raise
