"""Find the figures two results were made of, so that the change between them can be taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl

from baton.config.inputs import read_data
from baton.config.inputs.workbooks import Progress
from baton.config.work.scoring import of_year
from baton.engine.compare import Case
from baton.engine.panel import Observation
from baton.engine.panel.panel import Panel
from baton.engine.result.sheet import ScoreSheet
from baton.reports.store import Slot
from baton.reports.store.load import read_provenance
from baton.words import Place, Problem, Refused


@dataclass(frozen=True)
class Side:
    """A folder of results, and the files its figures were read from (empty: those kept in the folder)."""

    folder: Path
    sheet: ScoreSheet
    data: Sequence[Path]


def cases_of(
    before: Side, after: Side, mapping: Path | None = None, progress: Progress = lambda done, total, name: None
) -> tuple[Case, Case]:
    """Give both sides with their figures.

    Figures are taken from the files that are named; otherwise from the observations a folder keeps, if nothing was
    added to or taken off its scores (events are not kept); otherwise from the other side, if both have the same data.
    Raises `Refused` where there are none, or not those of the result.
    """
    panels = [_panel(side, mapping, progress) for side in (before, after)]
    if before.sheet.data_digest == after.sheet.data_digest and before.sheet.year == after.sheet.year:
        panels = [panel or panels[1 - number] for number, panel in enumerate(panels)]
    cases = []
    problems = []
    for side, panel in zip((before, after), panels, strict=True):
        place = Place(file=str(side.folder))
        if panel is None:
            problems.append(Problem("config.attribution_without_data", {"year": side.sheet.year}, place))
        elif panel.digest != side.sheet.data_digest:
            params = {"found": panel.digest, "told": side.sheet.data_digest}
            problems.append(Problem("engine.verify_data", params, place))
        else:
            cases.append(Case(side.sheet.scheme, panel, side.sheet.year))
    if problems:
        raise Refused(problems)
    return cases[0], cases[1]


def _panel(side: Side, mapping: Path | None, progress: Progress) -> Panel | None:
    if not side.data:
        return _kept(side)
    accept_good = bool(read_provenance(side.folder)["options"].get("accept_good"))
    panel = read_data(side.data, side.sheet.scheme, mapping, progress, accept_good).panel
    return of_year(panel, side.sheet.year) if len(panel.years) > 1 else panel


def _kept(side: Side) -> Panel | None:
    """Make the panel of the observations beside a result; None where they are not all it was made of."""
    path = side.folder / Slot.OBSERVATIONS
    if side.sheet.adjustments or not path.exists():
        return None
    names = ("unit", "series", "figure", "period", "value", "preliminary", "version")
    observations = [
        Observation(unit, series, figure, period, None if value is None else Decimal(value), preliminary, version)
        for unit, series, figure, period, value, preliminary, version in pl.read_parquet(path).select(names).iter_rows()
    ]
    panel = Panel.of(observations)
    # Of data of several years each result keeps its own year, and names the digest of the whole.
    return panel if panel.digest == side.sheet.data_digest else None
