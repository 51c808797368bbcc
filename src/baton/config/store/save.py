"""Write a result into a folder, with the provenance that names every file by its digest."""

import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from polars import selectors as cs

from baton import __version__
from baton.config.store.provenance import MANY_YEARS, Run, Slot, provenance, sha256_of
from baton.config.store.tables import adjustments_table, observations_table, standings_table
from baton.engine.panel import Observation
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.text import to_yaml
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
) -> None:
    """Write a year's result into an empty folder; `documents` are the workbook and the report, if there are any.

    To be called inside `new_folder`, so that the folder arrives whole. Raises OSError.
    """
    tables = {
        Slot.LEAVES: sheet.leaves.to_native(),
        Slot.NODES: sheet.nodes.to_native(),
        Slot.STATISTICS: sheet.statistics.to_native(),
        Slot.STANDINGS: standings_table(sheet.standings),
        Slot.ADJUSTMENTS: adjustments_table(sheet.adjustments),
    }
    origins = observations_table(observations)
    if len(origins):
        tables[Slot.OBSERVATIONS] = origins
    folder.mkdir(exist_ok=True)
    for slot, table in tables.items():
        write_table(folder / slot, table)
    (folder / Slot.SCHEME).write_text(to_yaml(sheet.scheme), "utf-8")
    for slot, content in documents.items():
        (folder / slot).write_bytes(content)
    names = sorted(slot for slot in Slot if (folder / slot).exists())
    files = {str(name): sha256_of(folder / name) for name in names}
    _write_json(folder / Slot.PROVENANCE, provenance(sheet, run, files))


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


def write_table(path: Path, table: pl.DataFrame) -> None:
    """Write a table as Parquet; raises OSError with the number of the error that Polars puts into its text."""
    try:
        with path.open("wb") as file:
            table.write_parquet(file, statistics=False)
    except pl.exceptions.PolarsError as error:
        found = _SYSTEM_ERROR.search(str(error))
        if found is None:
            raise
        raise OSError(int(found[1]), os.strerror(int(found[1])), str(path)) from error


def _with_year(table: pl.DataFrame, year: int) -> pl.DataFrame:
    """Put the year before a table, and texts for categories, which are those of one year."""
    return table.select(pl.lit(year).cast(pl.Int64).alias("year"), pl.all()).with_columns(cs.enum().cast(pl.String))


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
