"""The home: whether it can be written, who may read it, how much room there is, keys and styles."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from baton.config.operations.checking.finding import Finding, error, good, warning
from baton.config.operations.checking.limits import DISK_FULL, DISK_LOW
from baton.config.operations.in_use import is_unfinished
from baton.config.operations.installation import KEYS, Installation
from baton.config.operations.keep import kept_size

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MEBI, _GIBI = 1 << 20, 1 << 30


def look_at_home(place: Installation) -> Iterator[Finding]:
    """Ask the home."""
    yield _writable(place.home)
    if is_unfinished(place.home):
        yield error("operations.check_unfinished", home=place.home)
    yield _closed(place.home)
    yield _keys(place.keys)
    yield from _channels(place.home / "channels.toml")
    yield room(shutil.disk_usage(place.home).free, kept_size(place))
    sheet = place.home / "styles" / "baton.css"
    if sheet.is_file() and sheet.stat().st_size:
        yield good("operations.check_styles")
    else:
        yield warning("operations.check_styles_missing")


def _writable(home: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=home) as file:
            file.write(b"1")
    except OSError as reason:
        return error("operations.check_home_not_writable", home=home, detail=reason.strerror or str(reason))
    return good("operations.check_home", home=home)


def _closed(home: Path) -> Finding:
    """Ask whether other users of the machine can read the home. Windows has no such bits; there nothing is open."""
    open_to_others = os.name == "posix" and home.stat().st_mode & _OTHERS
    return warning("operations.check_home_open", home=home) if open_to_others else good("operations.check_home_closed")


def _keys(folder: Path) -> Finding:
    missing = [name for name in KEYS if not (folder / name).is_file() or not (folder / name).stat().st_size]
    if missing:
        return error("operations.check_keys_missing", names="、".join(missing), folder=folder)
    opened = [path.name for path in (folder, *folder.iterdir()) if os.name == "posix" and path.stat().st_mode & _OTHERS]
    if opened:
        return error("operations.check_keys_open", names="、".join(sorted(opened)), folder=folder)
    return good("operations.check_keys")


def _channels(path: Path) -> Iterator[Finding]:
    """Ask whether others can read the passwords of mailers."""
    if path.exists() and os.name == "posix" and path.stat().st_mode & _OTHERS:
        yield error("operations.check_channels_open", path=path)


def room(free: int, kept: int) -> Finding:
    """Hold the free room against what is kept: a backup beside it must fit."""
    told = {"free": _bytes(free), "kept": _bytes(kept)}
    if free < DISK_FULL:
        return error("operations.check_disk_full", **told)
    if free < max(DISK_LOW, 2 * kept):
        return warning("operations.check_disk_low", **told)
    return good("operations.check_disk", **told)


def _bytes(count: int) -> str:
    return f"{count / _GIBI:.1f} GiB" if count >= _GIBI else f"{count / _MEBI:.1f} MiB"
