"""`baton backup`: database and files in one file."""

from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.cli.called import called
from baton.config.operations.backup import take_backup
from baton.config.operations.full import where_full
from baton.config.operations.installation import this_installation
from baton.config.operations.keep import clear_older, name_in
from baton.config.operations.keys import save_keys
from baton.config.operations.private import refuse_taken
from baton.config.screen.tables import print_line
from baton.words import Language, Place, Problem


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="config.help_backup_file")],
    keys: Annotated[Path | None, typer.Option("--keys", metavar="FILE", help="config.help_backup_keys")] = None,
    keep: Annotated[int | None, typer.Option("--keep", min=1, metavar="NUMBER", help="config.help_backup_keep")] = None,
) -> Answer:
    """Back up. JSON: `file`, `bytes`, `sha256`, `taken`, `files`, `damaged`, `keys`, `channels`, `cleared`."""
    place = this_installation()
    folder = target.is_dir()
    path = target / name_in(place) if folder else target
    if keys is not None:
        refuse_taken(keys)
    with where_full(Problem("operations.backup_disk_full", {"baton": called()}, Place(file=str(path)))):
        made = take_backup(place, path)
        if keys is not None:
            save_keys(place.keys, keys)
    cleared = clear_older(target, keep) if folder and keep else []
    files, size = made.manifest.files, path.stat().st_size
    secret = made.manifest.has_channels

    def show(language: Language) -> None:
        print_line("operations.backup_taken", language, path=path, files=files, bytes=f"{size:,}", sha256=made.sha256)
        print_line("operations.backup_keys" if keys else "operations.backup_no_keys", language, path=keys)
        if secret:
            print_line("operations.backup_channels", language)
        if cleared:
            print_line("operations.backup_cleared", language, count=len(cleared))

    payload = {
        "file": str(path),
        "bytes": size,
        "sha256": made.sha256,
        "taken": made.manifest.taken.isoformat(),
        "files": files,
        "damaged": list(made.damaged),
        "keys": None if keys is None else str(keys),
        "channels": secret,
        "cleared": [one.name for one in cleared],
    }
    return Answer(payload, show, made.problems)
