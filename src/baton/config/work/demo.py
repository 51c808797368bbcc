"""The demo in steps: a year of workbooks, the errors in them, the mended ones, the score."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from baton.config.engines import EngineName
from baton.config.inputs import read_data, read_scheme
from baton.config.inputs.files import find_files
from baton.config.inputs.workbooks import read_workbooks
from baton.config.screen.progress import Meter
from baton.config.work.folder import Kept
from baton.config.work.imports import annotated
from baton.config.work.pages import PAGES
from baton.config.work.scoring import score_years
from baton.engine.result.sheet import ScoreSheet
from baton.example import CountyYear, make_year, scheme_text
from baton.example.workbooks import Planted, mend_workbooks, write_workbooks
from baton.reports.store.save import place_for
from baton.sheets.reports import Import
from baton.words import Language

SCHEME, WORKBOOKS, RETURNED, RESULTS = "scheme.yaml", "workbooks", "returned", "results"


def refuse_other_folder(target: Path) -> None:
    """Refuse a folder that holds something else than an earlier demo; raises `Refused`."""
    place_for(target, SCHEME, {SCHEME, WORKBOOKS, RETURNED, RESULTS, PAGES})


@dataclass(frozen=True)
class Demo:
    """What the demo shows."""

    first: Import
    returned: int
    mended: int
    sheet: ScoreSheet


def run_demo(folder: Path, seed: int, language: Language, written_at: datetime, progress: Meter) -> Demo:
    """Make the year, import it, send back what is wrong, import what comes back, score; fills an empty folder.

    Every step is the function that the command of that name calls.
    """
    year, key = _make(folder, seed, progress)
    file = read_scheme(folder / SCHEME)
    found = find_files([folder / WORKBOOKS], None)
    first = read_workbooks(found.files, found, file.latest, progress.files)
    returned = annotated(found.files, first, language, progress.annotated)
    (folder / RETURNED).mkdir()
    for name, content in returned.items():
        (folder / RETURNED / name).write_bytes(content)
    mended = mend_workbooks(folder / WORKBOOKS, year, key)
    data = read_data([folder / WORKBOOKS], file.latest, None, progress.files)
    kept = Kept(folder / RESULTS, data, EngineName.POLARS, {"demo": True, "seed": seed}, written_at, language)
    (sheet,) = score_years(file, data, [year.year], step=progress.step)
    progress.step("config.step_write")
    kept.keep(sheet)
    return Demo(first, len(returned), len(mended), sheet)


def _make(folder: Path, seed: int, progress: Meter) -> tuple[CountyYear, tuple[Planted, ...]]:
    progress.step("config.step_make")
    year = make_year(seed)
    (folder / SCHEME).write_text(scheme_text(), "utf-8")
    return year, write_workbooks(folder / WORKBOOKS, year)
