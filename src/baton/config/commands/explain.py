"""`baton explain`: why a unit has its score."""

from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import ResultFolder
from baton.config.screen.explanation import print_explanation
from baton.config.screen.values import plain_values
from baton.config.work.origins import origins_of
from baton.engine.explain import explain as explain_unit
from baton.reports.store import load_results
from baton.words import Language


def explain(
    context: typer.Context,
    results: ResultFolder,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="config.help_unit")],
    indicator: Annotated[str | None, typer.Argument(metavar="[INDICATOR]", help="config.help_indicator")] = None,
) -> Answer:
    """Unfold a score. JSON: `explanation` with all its parts, `origins` by indicator; decimals as text."""
    sheet = load_results(results)
    found = explain_unit(sheet, unit, indicator)
    origins = origins_of(results, sheet.scheme, found)

    def show(language: Language) -> None:
        print_explanation(found, origins, language, whole=indicator is None)

    return Answer({"explanation": plain_values(found, context.obj.language), "origins": origins}, show)
