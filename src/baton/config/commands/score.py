"""`baton score`: from data to a folder of results."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import AcceptGood, DataPaths, Mapping, Output, SchemePath
from baton.config.engines import EngineName
from baton.config.inputs import read_data, read_scheme, years_of
from baton.config.inputs.parted import is_large
from baton.config.screen.league import print_leagues
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line
from baton.config.work.folder import Kept, results_folder
from baton.config.work.parts import InParts, can_go_in_parts
from baton.config.work.robustness import analysed
from baton.config.work.scoring import score_years, year_of
from baton.engine.result.sheet import ScoreSheet, Summary
from baton.words import Language, Problem, Refused

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
    robust: Annotated[bool, typer.Option("--robust", help="config.help_score_robust")] = False,
    in_parts: Annotated[bool, typer.Option("--in-parts", help="config.help_in_parts")] = False,
) -> Answer:
    """Score, and write the folder. JSON: `folder`, and per year `digest`, `data_digest`, `standings`."""
    years = years_of(year) if year else ()
    file = read_scheme(scheme)
    if robust and (no_report or in_parts):
        raise Refused([Problem("config.robust_nowhere")])
    options = {"year": year, "engine": engine.value, "accept_good": accept_good, "mapping": mapping and mapping.name}
    if robust:
        options["robust"] = True
    by_itself = engine is EngineName.POLARS and len(years) < 2 and can_go_in_parts(file.latest) and is_large(data)
    if in_parts or (by_itself and not robust):
        call = InParts(data, _one(years), engine, spark_master, options | {"in_parts": True}, _now())
        with results_folder(output) as folder, meter(context.obj) as progress:
            summary = call.score(folder, file, progress.count)
        return _answer(output, engine, [summary], ())
    with results_folder(output) as folder, meter(context.obj) as progress:
        read = read_data(data, file.at(years[-1]) if years else file.latest, mapping, progress.files, accept_good)
        asked = years or (year_of(read),)
        kept = Kept(folder, read, engine, options, _now(), context.obj.language)
        sheets: dict[int, ScoreSheet] = {}
        said: list[Problem] = []
        for sheet in score_years(file, read, asked, engine, spark_master, progress.step):
            found, notices = analysed(sheet, progress.count) if robust else (None, ())
            said += notices
            progress.step("config.step_write")
            kept.keep(sheet, one_of_many=len(asked) > 1, documents=not no_report, robustness=found)
            sheets[sheet.year] = sheet
        kept.finish(sheets)
    return _answer(output, engine, list(sheets.values()), (*read.problems, *said))


def _one(years: Sequence[int]) -> int | None:
    """The year asked for; raises `Refused` where there are several."""
    if len(years) > 1:
        raise Refused([Problem("config.parts_one_year")])
    return years[0] if years else None


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _answer(output: Path, engine: EngineName, made: Sequence[Summary], problems: tuple[Problem, ...]) -> Answer:
    """Tell the leagues of one year, if all of it is in memory, and of every year its digest."""

    def show(language: Language) -> None:
        for one in made:
            if len(made) == 1 and isinstance(one, ScoreSheet):
                print_leagues(one, language, _ROWS_SHOWN)
            print_line("config.scored", language, year=one.year, units=len(one.standings), digest=one.digest)
        print_line("config.written", language, path=output)

    payload = {"folder": str(output), "engine": engine.value, "years": {one.year: _told(one) for one in made}}
    return Answer(payload, show, problems, failed=False)


def _told(sheet: Summary) -> dict[str, object]:
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
