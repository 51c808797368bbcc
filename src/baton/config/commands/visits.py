"""`baton visits`: what the visits of a plan found, and the county's totals corrected by it."""

from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import SchemePath
from baton.config.inputs import read_scheme
from baton.config.screen.values import plain_values
from baton.config.screen.visits import print_visits
from baton.config.work.visits import correct
from baton.engine.integrity.visits import Corrected
from baton.reports.store.write import write_file
from baton.reports.targets import corrected_workbook, shown
from baton.sheets.visits import VisitsMade, read_visits
from baton.words import Language, Problem, Refused

Filled = Annotated[Path, typer.Argument(metavar="FILLED", help="config.help_visits_filled")]
Digest = Annotated[str | None, typer.Option("--digest", metavar="DIGEST", help="config.help_visits_digest")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="config.help_targets_output")]


def visits(
    context: typer.Context, scheme: SchemePath, filled: Filled, digest: Digest = None, output: Output = None
) -> Answer:
    """Correct totals by what visits found. JSON: `digest`, `year`, `seed`, `indicators`, `visits`, `not_looked_at`."""
    file = read_scheme(scheme)
    if not filled.is_file():
        raise Refused([Problem("config.not_found", {"given": str(filled)})])
    made = read_visits(filled, file.at)
    version = file.at(made.form.year)
    found, missing = correct(version, made, digest)
    if output is not None:
        if output.exists() and output.samefile(filled):
            raise Refused([Problem("config.files_exist", {"files": str(output)})])
        write_file(output, corrected_workbook(version, made, found, context.obj.language))

    def show(language: Language) -> None:
        print_visits(version, made, found, language, output)

    return Answer(_told(made, found, context.obj.language), show, tuple(missing), failed=False)


def _told(made: VisitsMade, found: tuple[Corrected, ...], language: Language) -> dict[str, object]:
    form = made.form
    looked_at = {one.indicator for one in found}
    return {
        "digest": form.digest,
        "year": form.year,
        "seed": form.seed,
        "indicators": [_indicator(one, language) for one in found],
        "visits": [
            {
                **plain_values(one, language),
                "found": plain_values(made.found.get((one.unit, one.indicator)), language),
                "note": made.notes.get((one.unit, one.indicator), ""),
            }
            for one in form.stops
        ],
        "not_looked_at": [one.indicator for one in form.totals if one.indicator not in looked_at],
    }


def _indicator(one: Corrected, language: Language) -> dict[str, object]:
    """Tell an estimate as numbers; one that is not known is null."""
    names = ("total", "error", "low", "high")
    parts = {name: None if one.estimate is None else shown(getattr(one.estimate, name)) for name in names}
    known = {name: None if value is None else float(value) for name, value in parts.items()}
    return {
        "indicator": one.indicator,
        "averaged": one.averaged,
        "units": one.units,
        "silent": one.silent,
        "reported": plain_values(one.reported, language),
        **known,
        "visits": one.visits,
        "missing": list(one.missing),
    }
