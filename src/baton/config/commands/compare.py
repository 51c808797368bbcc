"""`baton compare`: what moved between two results, and why."""

from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.screen.comparison import print_comparison
from baton.config.screen.values import plain_values
from baton.config.store import load_results
from baton.engine.compare import compare as compare_sheets
from baton.words import Language


def compare(
    context: typer.Context,
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="config.help_before")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="config.help_after")],
    pieces: Annotated[int, typer.Option("--pieces", min=0, metavar="N", help="config.help_pieces")] = 3,
) -> Answer:
    """Compare two folders of results. JSON: the comparison; decimals as text, differences of pieces add up."""
    found = compare_sheets(load_results(before), load_results(after))

    def show(language: Language) -> None:
        print_comparison(found, language, pieces)

    told = plain_values(found, context.obj.language)
    for unit, source in zip(told["units"], found.units, strict=True):
        unit["difference"] = plain_values(source.difference, context.obj.language)
        unit["places_won"] = plain_values(source.places_won, context.obj.language)
        for piece, own in zip(unit["pieces"], source.pieces, strict=True):
            piece["difference"] = plain_values(own.difference, context.obj.language)
    return Answer(told, show)
