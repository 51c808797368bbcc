"""`baton import`: read reporting workbooks, say everything that is wrong, keep what is right."""

from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import AcceptGood, DataPaths, Mapping
from baton.config.inputs import read_scheme
from baton.config.inputs.files import PARQUET, find_files
from baton.config.inputs.workbooks import read_workbooks
from baton.config.screen.imports import print_import
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line
from baton.config.work.imports import annotated, save_import, told
from baton.reports.store import write_files
from baton.words import Language, Problem, Refused


def import_(
    context: typer.Context,
    data: DataPaths,
    scheme: Annotated[Path, typer.Option("--scheme", "-s", metavar="SCHEME", help="config.help_scheme")],
    check: Annotated[bool, typer.Option("--check", help="config.help_check")] = False,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="config.help_import_output")] = Path(
        "imported"
    ),
    annotate: Annotated[Path | None, typer.Option("--annotate", metavar="FOLDER", help="config.help_annotate")] = None,
    mapping: Mapping = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", help="config.help_import_year")] = None,
    accept_good: AcceptGood = False,
) -> Answer:
    """Read all files. JSON: `counts`, `receipts` by file, `corrections`, `missing`, `written`."""
    file = read_scheme(scheme)
    version = file.at(year) if year is not None else file.latest
    language: Language = context.obj.language
    found_files = find_files(data, mapping)
    tables = [path.name for path in found_files.files if path.suffix.lower() == PARQUET]
    if tables:
        raise Refused([Problem("config.import_long", {"files": "、".join(tables[:5])})])
    with meter(context.obj) as progress:
        found = read_workbooks(found_files.files, found_files, version, progress.files)
        back = {}
        if annotate is not None:
            made = annotated(found_files.files, found, language, progress.annotated)
            back = {annotate / name: content for name, content in made.items()}
            write_files(back)
        kept = not check and (accept_good or not found.errors)
        if kept:
            save_import(output, found, language)
    account = told(found, language)
    written = [*map(str, back), *([str(output)] if kept else [])]

    def show(language: Language) -> None:
        print_import(found, language)
        if annotate is not None:
            print_line("config.annotated", language, path=annotate, files=len(back))
        print_line("config.written" if kept else "config.nothing_kept", language, path=output)

    failed = bool(found.errors) and not (accept_good and kept)
    return Answer({**account, "written": written}, show, found.problems, failed)
