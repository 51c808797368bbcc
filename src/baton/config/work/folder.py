"""The folder of results in the making: one year, or a folder per year and what the years have in common."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from baton.config.engines.choose import EngineName, library_version
from baton.config.inputs import Data
from baton.engine.result.sheet import ScoreSheet
from baton.engine.robustness.result import Robustness
from baton.reports.report import report_docx
from baton.reports.store import Run, Slot, new_folder, place_for_results, save_results, save_years
from baton.reports.workbook import results_workbook
from baton.words import Language


@contextmanager
def results_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of `target` when the block ends well.

    Raises `Refused` at once where `target` holds something else than results, so that nothing is computed in vain.
    """
    place_for_results(target)
    with new_folder(target) as folder:
        yield folder


@dataclass(frozen=True)
class Kept:
    """Where results are kept, and what is known of the run."""

    folder: Path
    data: Data
    engine: EngineName
    options: Mapping[str, Any]
    written_at: datetime | None
    language: Language

    def keep(
        self,
        sheet: ScoreSheet,
        *,
        one_of_many: bool = False,
        documents: bool = True,
        robustness: Robustness | None = None,
    ) -> None:
        """Write a year's result; the documents say how sure ranks are where `robustness` is given."""
        folder = self.folder / str(sheet.year) if one_of_many else self.folder
        run = Run(
            inputs=self.data.inputs,
            options=self.options,
            problems=self.data.problems,
            observations=self.data.count,
            engine_library=library_version(self.engine),
            written_at=self.written_at,
        )
        of_year = [one for one in self.data.observations if one.period.startswith(str(sheet.year))]
        made = {}
        if documents:
            made = {
                Slot.WORKBOOK: results_workbook(sheet, self.language, of_year, robustness=robustness),
                Slot.REPORT: report_docx(sheet, self.language, observations=of_year, robustness=robustness),
            }
        save_results(folder, sheet, run, made, of_year)

    def finish(self, sheets: Mapping[int, ScoreSheet]) -> None:
        """Write what several years have in common."""
        if len(sheets) > 1:
            save_years(self.folder, sheets)
