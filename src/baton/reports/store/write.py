"""The one door through which files are written: whole or not at all, whatever happens meanwhile.

Everything is written under another name in the same folder, synced to the disk, and renamed (rename is atomic,
POSIX.1-2017 `rename`). A folder is built beside its place and put there in one step; what stood there before is kept
under `.<name>.before` until the new one is in place, and a run that was killed between the two steps is put right by
the next.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_PARTIAL = "partial"
_BEFORE = "before"


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files, all or none: each is on the disk under another name before the first gets its own."""
    partials: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            partials[path] = _beside(path)
            _write_synced(partials[path], content, path)
        for path, partial in partials.items():
            partial.replace(path)
    finally:
        for partial in partials.values():
            partial.unlink(missing_ok=True)
    for folder in {path.parent for path in contents}:
        _sync_folder(folder)


def write_file(path: Path, content: bytes) -> None:
    """Write a file, or leave what was there as it was; makes missing folders. Raises OSError."""
    write_files({path: content})


def _write_synced(partial: Path, content: bytes, path: Path) -> None:
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _named(error, path) from error


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well it takes the place of `target`, otherwise it vanishes.

    Whatever `target` held is gone afterwards: who wants to keep something of it moves it into the new folder first.
    Raises OSError; then, as at Ctrl-C, `target` is as it was.
    """
    target = target.resolve()
    recover(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = _beside(target)
    partial.mkdir()
    try:
        yield partial
        for file in partial.rglob("*"):
            _sync_file(file)
        _put(partial, target)
    except OSError as error:
        raise _named(error, target) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _sync_folder(target.parent)


def recover(target: Path) -> None:
    """Put back what a killed run had moved aside, or clear it away if the new folder had already arrived."""
    before = _before(target.resolve())
    if not before.exists():
        return
    if target.exists():
        shutil.rmtree(before)
    else:
        before.rename(target)


def _put(partial: Path, target: Path) -> None:
    before = _before(target)
    if not target.exists():
        partial.rename(target)
        return
    try:
        target.rename(before)
        partial.rename(target)
    except BaseException:
        recover(target)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{_PARTIAL}-{secrets.token_hex(4)}")


def _before(path: Path) -> Path:
    return path.with_name(f".{path.name}.{_BEFORE}")


def _named(error: OSError, path: Path) -> OSError:
    """Give the error the name of the file that was asked for, not that of the one in the making."""
    if error.errno is None:
        return error
    return type(error)(error.errno, error.strerror, str(path))


def _sync_file(path: Path) -> None:
    if path.is_file():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Sync the entry of a folder where the system can (not on Windows)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
