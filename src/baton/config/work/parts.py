"""Score Parquet files part by part into a folder of results."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from baton.config.engines import EngineName, carried, open_engine
from baton.config.engines.choose import library_version
from baton.config.inputs import SchemeFile
from baton.config.inputs.parted import PartedData, read_in_parts
from baton.engine.backends import Backend
from baton.engine.parts import PartedPanel, score_in_parts
from baton.engine.result.sheet import Summary
from baton.engine.scheme.model import Scheme
from baton.reports.store import OnDisk, Run, save_summary, scratch
from baton.words import Problem, Refused

type Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class InParts:
    """A call: data, the year (None: the only one of the data), the engine, and what the provenance is told."""

    data: Sequence[Path]
    year: int | None
    engine: EngineName
    spark_master: str
    options: Mapping[str, Any]
    written_at: datetime | None

    def score(self, folder: Path, file: SchemeFile, told: Told) -> Summary:
        """Score into an empty folder; raises `Refused` with the lines or cells of the scheme file that problems name.

        To be called inside `new_folder`, so that the folder arrives whole.
        """
        scheme = file.latest if self.year is None else file.at(self.year)
        with scratch(folder) as place, open_engine(self.engine, self.spark_master) as backend:
            held = OnDisk(folder, place)
            try:
                read = read_in_parts(self.data, scheme, place, told)
                year = _year(read.panel.years, self.year)
                scheme = file.at(year)
                summary = score_in_parts(scheme, _carried(read.panel, backend), held, year, backend, told)
            except Refused as refused:
                raise Refused(file.located(scheme, refused.problems)) from None
        told("config.step_write", 0, 0)
        save_summary(folder, summary, self._run(read), held.leaves)
        return summary

    def _run(self, read: PartedData) -> Run:
        return Run(read.inputs, self.options, (), read.count, library_version(self.engine), self.written_at)


def can_go_in_parts(scheme: Scheme) -> bool:
    """Tell whether a scheme needs nothing but one indicator after the other."""
    return not scheme.treatment


def _carried(panel: PartedPanel, backend: Backend) -> PartedPanel:
    return replace(panel, read=lambda series: carried(panel.read(series), backend))


def _year(found: Sequence[int], asked: int | None) -> int:
    if asked is not None:
        return asked
    if len(found) != 1:
        raise Refused([Problem("config.which_year", {"years": "、".join(map(str, found))})])
    return found[0]
