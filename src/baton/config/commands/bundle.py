"""`baton bundle`: a kit for machines without network."""

from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.cli.called import pasted
from baton.config.operations.kit import pack_kit
from baton.config.screen.tables import print_line
from baton.words import Language


def bundle(target: Annotated[Path, typer.Argument(metavar="FOLDER", help="config.help_bundle_folder")]) -> Answer:
    """Pack a kit. JSON: `folder`, `files`, `wheels`, `bytes`, `python`, `platform`."""
    kit = pack_kit(target)
    told = {
        "files": kit.files,
        "wheels": kit.wheels,
        "bytes": kit.bytes,
        "python": kit.python,
        "platform": kit.platform,
    }

    def show(language: Language) -> None:
        shown = told | {"path": kit.path, "mebi": kit.bytes >> 20}
        print_line("operations.kit_packed", language, **shown)
        print_line("operations.kit_next", language, path=pasted(kit.path))

    return Answer({"folder": str(kit.path), **told}, show)
