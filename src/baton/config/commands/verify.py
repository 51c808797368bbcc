"""`baton verify`: whether a result is what its data give."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from baton.config.cli.answer import Answer
from baton.config.commands.parameters import AcceptGood, Mapping
from baton.config.inputs import read_data
from baton.config.inputs.long_parquet import observations_of
from baton.config.screen.progress import Meter, meter
from baton.config.screen.tables import print_line
from baton.config.work.scoring import of_year
from baton.config.work.verification import verify_result
from baton.engine.panel.panel import Panel
from baton.engine.result.sheet import ScoreSheet
from baton.reports.store import Slot, changed_documents, events_of, load_results
from baton.reports.store.sealed import Seal, is_sealed, unseal
from baton.words import Language, Place, Problem, Refused, Severity

ResultsOrSeal = Annotated[Path, typer.Argument(metavar="RESULTS", help="config.help_sealed_results")]
DataIfAny = Annotated[list[Path] | None, typer.Argument(metavar="[DATA]...", help="config.help_verify_data")]
Key = Annotated[str, typer.Option("--key", metavar="FINGERPRINT", help="config.help_key")]


def verify(
    context: typer.Context,
    results: ResultsOrSeal,
    data: DataIfAny = None,
    mapping: Mapping = None,
    accept_good: AcceptGood = False,
    key: Key = "",
) -> Answer:
    """Check seal and digests, and compute all again in exact decimals. JSON: `verified`, `exactly`, `seal`, ..."""
    with _opened(results, key) as (folder, seal):
        sheet = load_results(folder)
        with meter(context.obj) as progress:
            panel = _panel(folder, sheet, data or [], mapping, progress, accept_good)
            progress.step("config.step_verify")
            found = verify_result(sheet, of_year(panel, sheet.year) if len(panel.years) > 1 else panel)
        changed = changed_documents(folder)

    counts = {"leaves": len(sheet.leaves), "nodes": len(sheet.nodes), "standings": len(sheet.standings)}

    def show(language: Language) -> None:
        if seal is not None:
            print_line("config.seal_holds", language, fingerprint=seal.fingerprint)
        if not found.holds:
            wrong = sum(problem.severity is Severity.ERROR for problem in found.problems)
            print_line("config.verify_failed", language, problems=wrong)
        elif found.exactly:
            print_line("config.verify_good", language, digest=sheet.digest, **counts)
        else:
            print_line("config.verify_digest_good", language, digest=sheet.digest)

    payload = {"verified": found.holds, "digest": sheet.digest, "exactly": found.exactly, **counts}
    payload |= {"seal": None if seal is None else seal.fingerprint}
    return Answer(payload, show, (*found.problems, *changed))


@contextmanager
def _opened(results: Path, key: str) -> Iterator[tuple[Path, Seal | None]]:
    """Give the folder of results, unpacked where they are sealed, and the seal."""
    if not is_sealed(results):
        yield results, None
        return
    with tempfile.TemporaryDirectory() as place:
        seal = unseal(results, Path(place))
        if key and _bare(key) != _bare(seal.fingerprint):
            params = {"found": seal.fingerprint, "told": key}
            raise Refused([Problem("config.seal_of_another", params, Place(file=results.name))])
        yield Path(place), seal


def _bare(fingerprint: str) -> str:
    return "".join(fingerprint.split()).lower()


def _panel(
    folder: Path, sheet: ScoreSheet, data: list[Path], mapping: Path | None, progress: Meter, accept_good: bool
) -> Panel:
    """Read the data that are named, or the figures and events that lie beside the result."""
    if data:
        return read_data(data, sheet.scheme, mapping, progress.files, accept_good).panel
    beside, events = folder / Slot.OBSERVATIONS, events_of(folder)
    if (sheet.adjustments and not events) or not beside.is_file():
        raise Refused([Problem("config.verify_data_missing", {}, Place(file=str(folder)))])
    return Panel.of(observations_of(beside), events)
