"""`baton verify`: whether a result is what its data give."""

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import AcceptGood, DataPaths, Mapping, ResultFolder
from baton.config.inputs import read_data
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line
from baton.config.work.scoring import of_year
from baton.config.work.verification import verify_result
from baton.reports.store import changed_documents, load_results
from baton.words import Language, Severity


def verify(
    context: typer.Context,
    results: ResultFolder,
    data: DataPaths,
    mapping: Mapping = None,
    accept_good: AcceptGood = False,
) -> Answer:
    """Check digests and compute everything again in exact decimals. JSON: `verified`, `exactly`, `leaves`, ..."""
    sheet = load_results(results)
    with meter(context.obj) as progress:
        read = read_data(data, sheet.scheme, mapping, progress.files, accept_good)
        progress.step("config.step_verify")
        panel = of_year(read.panel, sheet.year) if len(read.panel.years) > 1 else read.panel
        found = verify_result(sheet, panel)

    counts = {"leaves": len(sheet.leaves), "nodes": len(sheet.nodes), "standings": len(sheet.standings)}

    def show(language: Language) -> None:
        if not found.holds:
            wrong = sum(problem.severity is Severity.ERROR for problem in found.problems)
            print_line("config.verify_failed", language, problems=wrong)
        elif found.exactly:
            print_line("config.verify_good", language, digest=sheet.digest, **counts)
        else:
            print_line("config.verify_digest_good", language, digest=sheet.digest)

    payload = {"verified": found.holds, "digest": sheet.digest, "exactly": found.exactly, **counts}
    return Answer(payload, show, (*found.problems, *changed_documents(results)))
