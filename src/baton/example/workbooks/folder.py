"""A year's workbooks in a folder, with mapping file and register, and what a reader should get out of them."""

from collections.abc import Callable, Iterable
from pathlib import Path

from baton.engine.panel import Observation
from baton.example.figures import CountyYear
from baton.example.workbooks.files import File, files
from baton.example.workbooks.mapping import NAME, mapping_text
from baton.example.workbooks.planted import FoundBy, Kind, Planted
from baton.example.workbooks.register import NAME as REGISTER
from baton.example.workbooks.register import register_text

type Progress = Callable[[int], None]


def write_workbooks(
    folder: Path,
    year: CountyYear,
    *,
    faults: bool = True,
    wanted: Callable[[str], bool] = lambda path: True,
    progress: Progress = lambda number: None,
) -> tuple[Planted, ...]:
    """Write the workbooks of a year, mapping file and register; give the key of everything planted.

    `wanted` chooses workbooks by their path below the folder; `progress` is told how many are written. Files that
    are there already are replaced.
    """
    written = []
    for number, one in enumerate(files(year, faults=faults, wanted=wanted), 1):
        _write(folder, one)
        written.append(one)
        progress(number)
    (folder / NAME).write_text(mapping_text(year), "utf-8")
    (folder / REGISTER).write_text(register_text(written, year.scheme, year.seed), "utf-8-sig", newline="")
    return tuple(planted for one in written for planted in one.planted)


def mend_workbooks(folder: Path, year: CountyYear, key: Iterable[Planted]) -> tuple[str, ...]:
    """Replace the workbooks with errors by what their offices send back; give the paths replaced."""
    wrong = {planted.file for planted in key if planted.found_by is FoundBy.READER}
    mended = [one for one in files(year, mended=True) if one.path in wrong]
    for one in mended:
        _write(folder, one)
    return tuple(one.path for one in mended)


def _write(folder: Path, one: File) -> None:
    if one.data is not None:
        path = folder / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.data)


def delivered(year: CountyYear, key: Iterable[Planted]) -> tuple[Observation, ...]:
    """Give the true figures that the workbooks hold once errors are mended: all but those that never came."""
    lost = {(one.unit, one.figure, one.note) for one in key if one.kind is Kind.MISSING}
    return tuple(o for o in year.observations if (o.unit, f"{o.series}.{o.figure}", o.period) not in lost)
