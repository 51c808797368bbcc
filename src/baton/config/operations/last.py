"""Remembers in the home when the last backup was taken, for `baton check`."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_NAME = "last-backup.json"


def remember_backup(home: Path, path: Path, taken: datetime, sha256: str) -> None:
    """Write down the last backup; a home that is full takes nothing away from a backup that lies elsewhere."""
    told = {"taken": taken.isoformat(), "file": str(path.resolve()), "sha256": sha256}
    draft = home / f".{_NAME}"
    with suppress(OSError):
        draft.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        draft.replace(home / _NAME)


def last_backup(home: Path) -> tuple[datetime, str] | None:
    """Give moment and place of the last backup; None where there was none, or the note cannot be read."""
    try:
        told = json.loads((home / _NAME).read_text("utf-8"))
        return datetime.fromisoformat(told["taken"]), str(told["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
