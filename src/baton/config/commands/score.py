"""`baton score`: from data to a folder of results."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import AcceptGood, DataPaths, Mapping, Output, SchemePath
from baton.config.engines import EngineName
from baton.config.inputs import read_data, read_scheme, years_of
from baton.config.screen.league import print_leagues
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line
from baton.config.work.folder import Kept, results_folder
from baton.config.work.scoring import score_years, year_of
from baton.engine.result.sheet import ScoreSheet
from baton.words import Language

_ROWS_SHOWN = 5


def score(
    context: typer.Context,
    scheme: SchemePath,
    data: DataPaths,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR[-YEAR]", help="config.help_year")] = None,
    output: Output = Path("results"),
    engine: Annotated[EngineName, typer.Option("--engine", help="config.help_engine")] = EngineName.POLARS,
    spark_master: Annotated[str, typer.Option("--spark-master", metavar="URL", help="config.help_spark_master")] = "",
    mapping: Mapping = None,
    accept_good: AcceptGood = False,
    no_report: Annotated[bool, typer.Option("--no-report", help="config.help_no_report")] = False,
) -> Answer:
    """Score, and write the folder. JSON: `folder`, and per year `digest`, `data_digest`, `standings`."""
    years = years_of(year) if year else ()
    file = read_scheme(scheme)
    options = {"year": year, "engine": engine.value, "accept_good": accept_good, "mapping": mapping and mapping.name}
    with results_folder(output) as folder, meter(context.obj) as progress:
        read = read_data(data, file.at(years[-1]) if years else file.latest, mapping, progress.files, accept_good)
        asked = years or (year_of(read),)
        kept = Kept(folder, read, engine, options, datetime.now(UTC).astimezone(), context.obj.language)
        sheets = {}
        for sheet in score_years(file, read, asked, engine, spark_master, progress.step):
            progress.step("config.step_write")
            kept.keep(sheet, one_of_many=len(asked) > 1, documents=not no_report)
            sheets[sheet.year] = sheet
        kept.finish(sheets)

    def show(language: Language) -> None:
        for sheet in sheets.values():
            if len(sheets) == 1:
                print_leagues(sheet, language, _ROWS_SHOWN)
            print_line("config.scored", language, year=sheet.year, units=len(sheet.standings), digest=sheet.digest)
        print_line("config.written", language, path=output)

    payload = {"folder": str(output), "engine": engine.value, "years": {n: _told(one) for n, one in sheets.items()}}
    return Answer(payload, show, read.problems, failed=False)


def _told(sheet: ScoreSheet) -> dict[str, object]:
    standings = [
        {"unit": one.unit, "group": one.group, "total": one.total, "rank": one.rank, "grade": one.grade}
        for one in sheet.standings
    ]
    return {
        "digest": sheet.digest,
        "scheme_digest": sheet.scheme_digest,
        "data_digest": sheet.data_digest,
        "standings": standings,
    }
