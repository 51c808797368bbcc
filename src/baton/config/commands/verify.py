"""`baton verify`: whether a result is what its data give."""

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import AcceptGood, DataPaths, Mapping, ResultFolder
from baton.config.inputs import read_data
from baton.config.screen.progress import meter
from baton.config.screen.tables import print_line
from baton.config.store import changed_documents, load_results
from baton.config.work.scoring import of_year
from baton.config.work.verification import verify_result
from baton.words import Language, Severity


def verify(
    context: typer.Context,
    results: ResultFolder,
    data: DataPaths,
    mapping: Mapping = None,
    accept_good: AcceptGood = False,
) -> Answer:
    """Check digests, score again, compute every leaf in exact decimals. JSON: `verified`, `leaves_agreed`, ..."""
    sheet = load_results(results)
    with meter(context.obj) as progress:
        read = read_data(data, sheet.scheme, mapping, progress.files, accept_good)
        progress.step("config.step_verify")
        panel = of_year(read.panel, sheet.year) if len(read.panel.years) > 1 else read.panel
        found = verify_result(sheet, panel)

    wrong = [problem for problem in found.problems if problem.severity is Severity.ERROR]

    def show(language: Language) -> None:
        if wrong:
            print_line("config.verify_failed", language, problems=len(wrong))
        else:
            params = {"digest": sheet.digest, "agreed": found.agreed, "by_events": found.by_events}
            print_line("config.verify_good", language, **params)

    payload = {
        "verified": not wrong,
        "digest": sheet.digest,
        "leaves_agreed": found.agreed,
        "leaves_by_events": found.by_events,
    }
    return Answer(payload, show, (*found.problems, *changed_documents(results)))
