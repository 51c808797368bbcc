"""`baton restore`: a backup in place of this installation's database and files."""

import pkgutil
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.cli.called import called
from baton.config.operations.installation import this_installation
from baton.config.operations.restore import restore_backup
from baton.config.screen.tables import print_line
from baton.words import Language


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="config.help_restore_file")],
    keys: Annotated[Path | None, typer.Option("--keys", metavar="FILE", help="config.help_restore_keys")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="config.help_restore_replace")] = False,
    channels: Annotated[bool, typer.Option("--channels", help="config.help_restore_channels")] = False,
) -> Answer:
    """Restore. JSON: `taken`, `version`, `files`, `aside`, `pending`, `other_keys`, `channels_left`."""
    done = restore_backup(this_installation(), source, keys, replace, channels)
    if not done.pending:
        pkgutil.resolve_name("baton.config.operations.recorded:record_restore")(done)
    files = done.manifest.files

    def show(language: Language) -> None:
        taken = done.manifest.taken.astimezone().strftime("%Y-%m-%d %H:%M")
        print_line("operations.restored", language, taken=taken, version=done.manifest.version, files=files)
        if done.aside:
            print_line("operations.restored_aside", language, aside=done.aside)
        if done.channels_left:
            print_line("operations.restored_no_channels", language, baton=called())
        if done.pending:
            print_line("operations.restored_older", language, count=done.pending, baton=called())

    payload = {
        "taken": done.manifest.taken.isoformat(),
        "version": done.manifest.version,
        "files": files,
        "aside": done.aside,
        "pending": done.pending,
        "other_keys": done.other_keys,
        "channels_left": done.channels_left,
    }
    return Answer(payload, show, done.problems)
