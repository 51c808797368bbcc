"""Backups in a folder: how they are called, and how many are kept."""

import re
from pathlib import Path

from baton.config.operations.database import Kind
from baton.config.operations.installation import Installation

_NAME = re.compile(r"baton-\d{8}T\d{6}\.zip")


def name_in(place: Installation) -> str:
    """Give the name of a backup that is taken now; names sort by time."""
    return f"baton-{place.stamp()}.zip"


def clear_older(folder: Path, keep: int) -> list[Path]:
    """Delete the oldest backups of such names until `keep` are left; nothing else in the folder is touched."""
    ours = sorted(path for path in folder.iterdir() if path.is_file() and _NAME.fullmatch(path.name))
    older = ours[:-keep]
    for path in older:
        path.unlink()
    return older


def kept_size(place: Installation) -> int:
    """Give the bytes of the files and of an embedded database: what a backup here would take."""
    folder = place.files
    files = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    return files + (place.database.size() if place.database.kind is Kind.SQLITE else 0)
