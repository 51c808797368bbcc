"""`baton schema`: the JSON Schema of the scheme language."""

import json
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.screen.tables import print_line
from baton.engine.scheme.digest import schema as scheme_schema
from baton.reports.store.write import write_file
from baton.words import Language


def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="config.help_schema_output")
    ] = None,
) -> Answer:
    """Print the schema, or write it to a file. JSON: the schema itself under `result`."""
    content = scheme_schema()
    written = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if output is not None:
        write_file(output, written.encode())

    def show(language: Language) -> None:
        if output is None:
            typer.echo(written, nl=False)
        else:
            print_line("config.written", language, path=output)

    return Answer(content, show)
