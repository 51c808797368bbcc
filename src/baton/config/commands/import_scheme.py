"""`baton import-scheme`: schemes out of an office's table of indicators."""

from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.inputs.mapped import read_indicator_table
from baton.config.screen.tables import print_line
from baton.engine.scheme.digest import digest
from baton.engine.scheme.text import to_yaml
from baton.reports.store import new_folder
from baton.words import Language, Place, Problem, Refused, Severity


def import_scheme(
    context: typer.Context,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="config.help_scheme_table")],
    mapping: Annotated[Path, typer.Option("--mapping", metavar="FILE", help="config.help_scheme_table_mapping")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="config.help_scheme_folder")],
) -> Answer:
    """Write a YAML file per scheme of the table, or nothing where there are errors. JSON: `schemes`."""
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise Refused([Problem("config.folder_not_empty", {}, Place(file=str(output)))])
    found = read_indicator_table(table, mapping)
    problems = tuple(problem for one in found for problem in one.problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise Refused(problems)
    schemes = {f"{one.code}.yaml": one.scheme for one in found if one.scheme is not None}
    with new_folder(output) as folder:
        for name, scheme in schemes.items():
            (folder / name).write_text(to_yaml(scheme), "utf-8")
    told = [
        {"file": name, "name": one.name, "indicators": len(one.indicators), "digest": digest(one)}
        for name, one in schemes.items()
    ]

    def show(language: Language) -> None:
        for one in told:
            print_line("config.scheme_imported", language, **one)
        print_line("config.written", language, path=output)

    return Answer({"folder": str(output), "schemes": told}, show, problems)
