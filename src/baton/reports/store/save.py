"""Write a result into a folder, with the provenance that names every file by its digest."""

import json
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from polars import selectors as cs

from baton import __version__
from baton.engine.panel import Observation
from baton.engine.result.sheet import ScoreSheet, Summary
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.text import to_yaml
from baton.reports.store.provenance import MANY_YEARS, Run, Slot, provenance, sha256_of
from baton.reports.store.tables import adjustments_table, observations_table, standings_table
from baton.words import Place, Problem, Refused

_SYSTEM_ERROR = re.compile(r"os error (\d+)")


def place_for_results(target: Path) -> None:
    """Refuse a place for results that holds something else; see `place_for`."""
    place_for(target, Slot.PROVENANCE, {slot.value for slot in Slot})


def place_for(target: Path, mark: str, known: Collection[str]) -> None:
    """Refuse a place that holds something else than what is to be put there, which may be replaced.

    `mark` is the file by which the content is known, `known` are all names it can have (beside folders of years). What
    people put beside it is something else, too. Raises `Refused`.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise Refused([Problem("config.output_is_a_file", {}, Place(file=str(target)))])
    held = sorted(child.name for child in target.iterdir())
    strange = [name for name in held if name not in known and not (name.isdigit() and (target / name).is_dir())]
    if held and (strange or mark not in held):
        named = "、".join((strange or held)[:5])
        raise Refused([Problem("config.output_occupied", {"names": named}, Place(file=str(target)))])


def save_results(
    folder: Path,
    sheet: ScoreSheet,
    run: Run,
    documents: Mapping[Slot, bytes],
    observations: Iterable[Observation] = (),
    events: Sequence[Event] = (),
) -> None:
    """Write a year's result into an empty folder; `documents` are the workbook and the report, if there are any.

    `events`: what its adjustments answer; with them and the observations it is computed again from the folder alone.

    To be called inside `new_folder`, so that the folder arrives whole. Raises OSError.
    """
    folder.mkdir(exist_ok=True)
    write_table(folder / Slot.LEAVES, sheet.leaves.to_native())
    origins = observations_table(observations)
    if len(origins):
        write_table(folder / Slot.OBSERVATIONS, origins)
    if events:
        _write_json(folder / Slot.EVENTS, [one.model_dump(mode="json") for one in events])
    for slot, content in documents.items():
        (folder / slot).write_bytes(content)
    save_summary(folder, sheet, run, len(sheet.leaves))


def save_summary(folder: Path, summary: Summary, run: Run, leaves: int) -> None:
    """Write a year's result into a folder that holds its leaves already, so many of them. Raises OSError."""
    tables = {
        Slot.NODES: summary.nodes.to_native(),
        Slot.STATISTICS: summary.statistics.to_native(),
        Slot.STANDINGS: standings_table(summary.standings),
        Slot.ADJUSTMENTS: adjustments_table(summary.adjustments),
    }
    for slot, table in tables.items():
        write_table(folder / slot, table)
    (folder / Slot.SCHEME).write_text(to_yaml(summary.scheme), "utf-8")
    names = sorted(name for slot in Slot for name in _files_of(folder, slot))
    files = {name: sha256_of(folder / name) for name in names}
    _write_json(folder / Slot.PROVENANCE, provenance(summary, run, leaves, files))


def _files_of(folder: Path, slot: Slot) -> list[str]:
    """Name the file of a slot, or the files in the folder that stands for it; none where it is not there."""
    if (folder / slot).is_dir():
        return [f"{slot}/{file.name}" for file in (folder / slot).iterdir()]
    return [str(slot)] if (folder / slot).exists() else []


def save_years(folder: Path, sheets: Mapping[int, ScoreSheet]) -> None:
    """Write what several years have in common: all leaves and all standings with a column `year`, and the digests."""
    leaves = [_with_year(sheet.leaves.to_native(), year) for year, sheet in sheets.items()]
    standings = [_with_year(standings_table(sheet.standings), year) for year, sheet in sheets.items()]
    write_table(folder / Slot.LEAVES, pl.concat(leaves))
    write_table(folder / Slot.STANDINGS, pl.concat(standings))
    told = {
        "format": MANY_YEARS,
        "baton": __version__,
        "years": {
            str(year): {"digest": one.digest, "scheme_digest": one.scheme_digest, "data_digest": one.data_digest}
            for year, one in sheets.items()
        },
        "files": {str(slot): sha256_of(folder / slot) for slot in (Slot.LEAVES, Slot.STANDINGS)},
    }
    _write_json(folder / Slot.PROVENANCE, told)


def write_table(path: Path, table: pl.DataFrame, **options: Any) -> None:
    """Write a table as Parquet; raises OSError with the number of the error that Polars puts into its text.

    `options` are those of `polars.DataFrame.write_parquet`.
    """
    try:
        with path.open("wb") as file:
            table.write_parquet(file, **({"statistics": False} | options))
    except pl.exceptions.PolarsError as error:
        found = _SYSTEM_ERROR.search(str(error))
        if found is None:
            raise
        raise OSError(int(found[1]), os.strerror(int(found[1])), str(path)) from error


def _with_year(table: pl.DataFrame, year: int) -> pl.DataFrame:
    """Put the year before a table, and texts for categories, which are those of one year."""
    return table.select(pl.lit(year).cast(pl.Int64).alias("year"), pl.all()).with_columns(cs.enum().cast(pl.String))


def _write_json(path: Path, content: Mapping[str, Any] | Sequence[Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
