"""The one door for reports: all files read and checked, all problems at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from baton.engine.adjust.check import check as check_events
from baton.engine.scheme.model import Scheme
from baton.sheets.address import parse_a1
from baton.sheets.cells.text import close
from baton.sheets.reports.context import Context
from baton.sheets.reports.mapping import NO_MAPPING, ReportMapping
from baton.sheets.reports.merge import compare, place_of
from baton.sheets.reports.missing import missing_figures
from baton.sheets.reports.model import Correction, FileTaken, Import, Receipt
from baton.sheets.reports.one_file import Source, name_of, read_file
from baton.sheets.reports.register import Arrival
from baton.sheets.reports.workers import read_in_processes
from baton.words import Place, Severity

type Progress = Callable[[int, int, str], None]
"""Told after every file: files done, files in all, name of the file."""
_NOBODY: Mapping[str, Arrival] = {}


def read_reports(
    sources: Iterable[Source],
    scheme: Scheme,
    mapping: ReportMapping = NO_MAPPING,
    *,
    register: Mapping[str, Arrival] = _NOBODY,
    periods: Iterable[str] | None = None,
    accept_good_rows: bool = False,
    workers: int = 1,
    progress: Progress = lambda done, total, name: None,
    context: Context | None = None,
) -> Import:
    """Read reporting workbooks: our own forms by their codes, other tables by the mapping or by the scheme's names.

    Nothing of a file with errors is taken, unless `accept_good_rows` leaves out only the rows with errors. `register`
    gives the days of arrival by file name; `periods` says for when figures are expected (None: for the periods that
    anything was reported for). `workers` processes read the files; 1 reads them here. Raises nothing for what is wrong
    with the files: the problems of all of them are in the result. `context`: the scheme and the mapping made ready
    before, for who reads file after file.
    """
    given = sorted(sources, key=name_of)
    context = context or Context(scheme, mapping)
    files = list(_read_all(context, given, workers, progress))
    corrections = compare(files)
    _check_events(scheme, files)
    _refuse(files, accept_good_rows)
    observations = tuple(one for taken in files for one in taken.observations)
    absences = tuple(one for taken in files for one in taken.absences)
    kept = {id(one) for one in observations}
    return Import(
        observations,
        tuple(one.event for taken in files for one in taken.events),
        tuple(problem for taken in files for problem in taken.problems),
        tuple(_receipt(taken, register, accept_good_rows) for taken in files),
        tuple(missing_figures(context, observations, absences, periods)),
        tuple(one for one in corrections if _stays(one, kept)),
        absences,
        tuple(one for taken in files for one in taken.counted),
        sum(1 for one in observations if one.origin.conversion),
    )


def _stays(correction: Correction, kept: set[int]) -> bool:
    return id(correction.before) in kept and id(correction.after) in kept


def _read_all(context: Context, sources: Sequence[Source], workers: int, progress: Progress) -> Iterator[FileTaken]:
    names = _distinct(sources)
    if workers <= 1:
        for number, (source, name) in enumerate(zip(sources, names, strict=True), 1):
            yield read_file(context, source, name)
            progress(number, len(sources), name)
        return
    found = read_in_processes(context.scheme, context.mapping, sources, names, workers)
    for number, (taken, name) in enumerate(zip(found, names, strict=True), 1):
        yield taken
        progress(number, len(sources), name)


def _distinct(sources: Sequence[Source]) -> list[str]:
    """Name the files; where names repeat, the folder goes before."""
    names = [name_of(source) for source in sources]
    return (
        [
            f"{source.parent.name}/{name}" if names.count(name) > 1 and isinstance(source, Path) else name
            for source, name in zip(sources, names, strict=True)
        ]
        if len(set(names)) < len(names)
        else names
    )


def _check_events(scheme: Scheme, files: Sequence[FileTaken]) -> None:
    """Have the engine check each file's events, and give its problems the cells of the events."""
    for taken in files:
        for problem in check_events(scheme, [one.event for one in taken.events]):
            number = int(problem.place.field.removeprefix("events[").removesuffix("]"))
            taken.problems.append(replace(problem, place=taken.events[number - 1].place))


def _refuse(files: Sequence[FileTaken], accept_good_rows: bool) -> None:
    """Take out what is refused: whole files with errors, or only the rows in which errors stand."""
    for taken in files:
        errors = [problem.place for problem in taken.problems if problem.severity is Severity.ERROR]
        if not errors:
            continue
        rows = {_row(place) for place in errors}
        if accept_good_rows and all(rows):
            taken.observations = [one for one in taken.observations if _row(place_of(one)) not in rows]
            taken.events = [one for one in taken.events if _row(one.place) not in rows]
        else:
            taken.observations, taken.events = [], []


def _row(place: Place) -> tuple[str, int] | None:
    """Give sheet and row of a cell; None for what concerns more than a row."""
    return (place.sheet, parse_a1(place.cell)[0]) if place.cell else None


def _receipt(taken: FileTaken, register: Mapping[str, Arrival], accept_good_rows: bool) -> Receipt:
    arrival = register.get(close(Path(taken.name).name))
    counted = dict.fromkeys(Severity, 0)
    for problem in taken.problems:
        counted[problem.severity] += 1
    return Receipt(
        taken.name,
        taken.digest,
        taken.who,
        tuple(sorted({one.period for one in taken.observations})),
        taken.version,
        len(taken.units),
        sum(1 for one in taken.observations if one.value is not None),
        len(taken.events),
        counted[Severity.ERROR],
        counted[Severity.WARNING],
        counted[Severity.ERROR] == 0 or (accept_good_rows and bool(taken.observations or taken.events)),
        arrival.due if arrival else None,
        arrival.received if arrival else None,
        taken.headers,
    )
