"""`baton measures`: how the figures of a result lie, what is missing, which indicators go together."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import ResultFolder
from baton.config.screen.measures import print_measures
from baton.config.screen.tables import print_line
from baton.config.screen.values import plain_values
from baton.documents.excel import write
from baton.engine.measures import Limits
from baton.engine.measures import measures as measure
from baton.reports.measures import listings, measures_workbook
from baton.reports.store import load_results
from baton.reports.store.write import write_file
from baton.words import Language


def measures(
    context: typer.Context,
    results: ResultFolder,
    same: Annotated[float, typer.Option("--same", metavar="R", help="config.help_same")] = Limits().same,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help="config.help_measures_output")
    ] = None,
) -> Answer:
    """Measure a result. JSON: `spreads`, `available`, `correlations`, `same`, `reliabilities`."""
    sheet = load_results(results)
    found = measure(sheet, replace(Limits(), same=same))
    if output is not None:
        write_file(output, write(measures_workbook(found, sheet.scheme, context.obj.language)))

    def show(language: Language) -> None:
        print_measures(listings(found, sheet.scheme, language), language)
        if output is not None:
            print_line("config.written", language, path=output)

    told = plain_values(found, context.obj.language)
    return Answer(told | {"same": plain_values(found.same, context.obj.language)}, show)
