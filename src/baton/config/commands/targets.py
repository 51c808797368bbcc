"""`baton targets`: what targets ask of units, which figures are worth checking, and whom to visit."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.cli.ending import Misused
from baton.config.commands.parameters import DataPaths, Mapping, SchemePath
from baton.config.inputs import Data, read_data, read_scheme, years_of
from baton.config.inputs.evidence import look_at_evidence
from baton.config.screen.progress import Meter, meter
from baton.config.screen.targets import print_targets
from baton.config.screen.values import plain_values
from baton.config.work.imports import arrivals_in
from baton.config.work.records import Known, known_of
from baton.config.work.targets import check_targets
from baton.engine.integrity.checks import Checks
from baton.engine.scheme.model import Scheme
from baton.reports.store.write import write_file
from baton.reports.targets import in_words, targets_workbook
from baton.sheets.records import read_records
from baton.words import Language, Problem

History = Annotated[list[Path] | None, typer.Option("--history", metavar="DATA", help="config.help_targets_history")]
Year = Annotated[str | None, typer.Option("--year", metavar="YEAR", help="config.help_targets_year")]
Seed = Annotated[int, typer.Option("--seed", min=0, metavar="N", help="config.help_targets_seed")]
Visits = Annotated[int, typer.Option("--visits", min=0, metavar="N", help="config.help_targets_visits")]
Records = Annotated[Path | None, typer.Option("--records", metavar="FILE", help="config.help_targets_records")]
Evidence = Annotated[Path | None, typer.Option("--evidence", metavar="FOLDER", help="config.help_targets_evidence")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="config.help_targets_output")]


def targets(
    context: typer.Context,
    scheme: SchemePath,
    data: DataPaths,
    history: History = None,
    records: Records = None,
    evidence: Evidence = None,
    year: Year = None,
    seed: Seed = 1,
    visits: Visits = 10,
    output: Output = None,
    mapping: Mapping = None,
) -> Answer:
    """Check targets and figures. JSON: `year`, `targets`, `plans`, `flags`, `points`, `sampling`, `entries`."""
    if evidence is not None and records is None:
        raise Misused([Problem("config.evidence_without_records")])
    wanted = years_of(year)[-1] if year else None
    file = read_scheme(scheme)
    version = file.at(wanted) if wanted else file.latest
    with meter(context.obj) as progress:
        paths = (*(history or ()), *data)
        read = [read_data([path], version, mapping, progress.files, only_good=True) for path in paths]
        known, said = _known(version, paths, read, (records, evidence), progress)

        def count(done: int, total: int) -> None:
            progress.count("integrity.step_flags", done, total)

        found = check_targets(version, read, wanted, seed, visits, progress.step, count, known)
        if output is not None:
            write_file(output, targets_workbook(version, found, context.obj.language))

    def show(language: Language) -> None:
        print_targets(version, found, language, output)

    problems = (*(problem for one in read for problem in one.problems), *said, *found.notices)
    return Answer(_told(found, context.obj.language), show, problems, failed=False)


def _known(
    scheme: Scheme,
    paths: Sequence[Path],
    data: Sequence[Data],
    given: tuple[Path | None, Path | None],
    progress: Meter,
) -> tuple[Known, Sequence[Problem]]:
    """Read what the office knows of entries and evidence (both files as given), and what is to be said of it."""
    records, evidence = given
    accounts = [arrivals_in(path) for path in paths]
    if records is None:
        return known_of(data, accounts), ()
    table = read_records(records, scheme)

    def told(done: int, total: int) -> None:
        progress.count("config.step_evidence", done, total)

    looked = look_at_evidence(table.rows, evidence, told)
    return known_of(data, accounts, table.rows, looked.digests), (*table.problems, *looked.problems)


def _told(found: Checks, language: Language) -> dict[str, object]:
    flags = [{**plain_values(flag, language), **in_words(flag, language)} for flag in (*found.flags, *found.points)]
    return {
        "year": found.year,
        "series": found.series,
        "targets": plain_values(found.asked, language),
        "plans": plain_values(found.plans, language),
        "flags": flags,
        "sampling": _sampling(found, language),
        "entries": plain_values(found.entries, language),
    }


def _sampling(found: Checks, language: Language) -> dict[str, object] | None:
    """Tell the plan; its digest names it when it comes back."""
    if found.plan is None or found.form is None:
        return None
    return {**plain_values(found.plan, language), "digest": found.form.digest}
