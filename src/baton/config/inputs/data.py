"""Figures and events of a call: workbooks, folders of them, long tables as CSV or Parquet, in any mixture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from baton.config.inputs import long_parquet
from baton.config.inputs.files import PARQUET, find_files
from baton.config.inputs.long_text import is_long, read_long
from baton.config.inputs.workbooks import Progress, read_workbooks
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme
from baton.reports.store.provenance import Input, input_of
from baton.sheets.reports import Import
from baton.words import Problem, Refused

_CSV = ".csv"


@dataclass(frozen=True)
class Data:
    """What was read. `observations` is empty where only Parquet was read: then there is only the panel.

    `imported` is what the workbooks gave, None without workbooks.
    """

    panel: Panel
    count: int
    observations: tuple[Observation, ...]
    events: tuple[Event, ...]
    inputs: tuple[Input, ...]
    imported: Import | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with files that were not taken, and what people should know of the others."""
        return self.imported.problems if self.imported else ()


def read_data(
    paths: Sequence[Path],
    scheme: Scheme,
    mapping: Path | None = None,
    progress: Progress = lambda done, total, name: None,
    only_good: bool = False,
) -> Data:
    """Read everything; raises `Refused` with every problem of every file.

    `only_good`: workbooks with errors are left out, as an import leaves them out, and their problems come along.
    """
    found = find_files(paths, mapping)
    parquet = [path for path in found.files if path.suffix.lower() == PARQUET]
    inputs = tuple(map(input_of, found.files))
    if len(parquet) == len(found.files):
        panel, count = long_parquet.panel_of(parquet, scheme)
        return Data(panel, count, (), (), inputs)
    long = [path for path in found.files if path.suffix.lower() == _CSV and is_long(path)]
    books = [path for path in found.files if path not in {*parquet, *long}]
    observations, events = _read_long(long, parquet)
    imported = None
    if books:
        imported = read_workbooks(books, found, scheme, progress)
        if imported.errors and not only_good:
            raise Refused(imported.problems)
        observations += imported.observations
        events += imported.events
    panel = Panel.of(observations, events)
    return Data(panel, len(observations), tuple(observations), tuple(events), inputs, imported)


def _read_long(text: Iterable[Path], parquet: Iterable[Path]) -> tuple[list[Observation], list[Event]]:
    observations: list[Observation] = []
    events: list[Event] = []
    problems: list[Problem] = []
    for path in text:
        try:
            figures, happened = read_long(path)
        except Refused as refused:
            problems += refused.problems
        else:
            observations += figures
            events += happened
    for path in parquet:
        try:
            observations += long_parquet.observations_of(path)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return observations, events
