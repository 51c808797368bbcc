"""Bytes on disk under the name of their digest (SHA-256), under `settings.MEDIA_ROOT`.

Written under a temporary name, brought to the disk (fsync), then renamed: what stands under a digest is whole, after a
full disk and a lost power supply too. What is written without its row being saved is swept up a day later.
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from baton.words import Place, Problem, Refused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_MEBI = 1 << 20


def path_of(digest: str) -> Path:
    """Give the place of a digest; two levels of folders keep each folder small."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def write(pieces: Iterable[bytes], limit: int, place: Place) -> tuple[str, bytes]:
    """Bring bytes to the disk; gives their digest and themselves. Raises `Refused`: too large, empty, disk full."""
    root = Path(settings.MEDIA_ROOT)
    draft: Path | None = None
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root, prefix=".draft-", delete=False) as file:
            draft = Path(file.name)
            data = b"".join(_within(pieces, limit, place))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        digest = hashlib.sha256(data).hexdigest()
        _settle(draft, path_of(digest))
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise Refused([Problem("services.disk_full", {"name": place.file}, place)]) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
    return digest, data


def _within(pieces: Iterable[bytes], limit: int, place: Place) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise Refused([Problem("services.file_too_large", {"limit": limit // _MEBI}, place)])
        yield piece
    if not size:
        raise Refused([Problem("services.file_empty", {"name": place.file}, place)])


def _settle(draft: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(kept: Iterable[str], before: float) -> int:
    """Remove drafts, and contents that are not among the digests `kept`, where last written before a moment.

    `before` is in seconds since 1970. Gives how many were removed.
    """
    wanted, removed = set(kept), 0
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file() and path.name not in wanted and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
