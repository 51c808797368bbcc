"""`baton robust`: how sure the ranks and grades of a result are."""

from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import ResultFolder
from baton.config.screen.progress import meter
from baton.config.screen.robustness import print_robustness
from baton.config.screen.tables import print_line
from baton.config.work.robustness import place_for_robustness, save_robustness, told_robustness
from baton.engine.robustness.robustness import robustness
from baton.engine.robustness.settings import Settings
from baton.reports.store import load_results
from baton.words import Language

_USUAL = Settings()


def robust(
    context: typer.Context,
    results: ResultFolder,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="config.help_draws")] = _USUAL.draws,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="config.help_robust_seed")] = _USUAL.seed,
    doubt: Annotated[float, typer.Option("--doubt", metavar="X", help="config.help_doubt")] = _USUAL.doubt,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="config.help_robust_output")
    ] = None,
) -> Answer:
    """Analyse a folder of results. JSON: `folder`, `digest`, `settings`, `groups`; shares and probabilities 0..1."""
    settings = Settings(draws=draws, seed=seed, doubt=doubt)
    target = output or results.resolve().with_name(f"{results.resolve().name}-robustness")
    place_for_robustness(target)
    sheet = load_results(results)
    with meter(context.obj) as progress:
        found = robustness(sheet, settings, progress.count)
        save_robustness(target, sheet, found, context.obj.language)

    def show(language: Language) -> None:
        print_robustness(sheet, found, language)
        print_line("config.written", language, path=target)

    payload = {"folder": str(target), **told_robustness(found, context.obj.language)}
    return Answer(payload, show, (*found.problems, *(one for group in found.groups for one in group.notices)))
