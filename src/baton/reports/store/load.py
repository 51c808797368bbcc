"""Read a folder of results back, and say what is no longer as it was written."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from baton.engine.result.digest import result_digest
from baton.engine.result.sheet import ScoreSheet
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.digest import digest
from baton.engine.scheme.text import from_yaml
from baton.reports.store.provenance import DOCUMENTS, MANY_YEARS, ONE_YEAR, Slot, sha256_of
from baton.reports.store.tables import adjustments_of, standings_of
from baton.reports.store.write import recover
from baton.words import Place, Problem, Refused, Severity

_NEEDED = {"year", "scheme", "engine", "data_digest", "digest", "files"}


def load_results(folder: Path) -> ScoreSheet:
    """Read the result of a year; raises `Refused` where the folder holds none or a file of it was changed.

    Every data file is compared with its SHA-256 in the provenance, and the digests of scheme and result are computed
    again from what was read.
    """
    told = read_provenance(folder)
    problems = list(_changed(folder, told, documents=False))
    if problems:
        raise Refused(problems)
    (scheme,) = from_yaml((folder / Slot.SCHEME).read_text("utf-8"), Slot.SCHEME)
    sheet = ScoreSheet(
        scheme=scheme,
        year=told["year"],
        leaves=_frame(folder / Slot.LEAVES),
        nodes=_frame(folder / Slot.NODES),
        statistics=_frame(folder / Slot.STATISTICS),
        standings=standings_of(pl.read_parquet(folder / Slot.STANDINGS)),
        adjustments=adjustments_of(pl.read_parquet(folder / Slot.ADJUSTMENTS)),
        scheme_digest=told["scheme"]["digest"],
        data_digest=told["data_digest"],
        engine_version=told["engine"]["version"],
        digest=told["digest"],
        engine=told["engine"]["name"],
    )
    found = {
        "scheme": (digest(scheme), sheet.scheme_digest),
        "result": (result_digest(sheet.leaves, sheet.nodes, sheet.standings), sheet.digest),
    }
    problems = [
        Problem("config.digest_differs", {"what": what, "found": computed, "told": written}, Place(file=str(folder)))
        for what, (computed, written) in found.items()
        if computed != written
    ]
    if problems:
        raise Refused(problems)
    return sheet


def load_years(folder: Path) -> Iterator[ScoreSheet]:
    """Read the results of all years in a folder, oldest first; of one year where it holds one. Raises `Refused`."""
    years = sorted(int(one.name) for one in folder.iterdir() if one.name.isdigit()) if folder.is_dir() else []
    for place in [folder / str(year) for year in years] or [folder]:
        yield load_results(place)


def read_provenance(folder: Path) -> dict[str, Any]:
    """Read the provenance of a year's result; raises `Refused` where there is none that can be used."""
    recover(folder)
    path = folder / Slot.PROVENANCE
    place = Place(file=str(folder))
    try:
        told = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise Refused([Problem("config.no_results", {}, place)]) from None
    except ValueError:
        raise Refused([Problem("config.provenance_broken", {}, Place(file=str(path)))]) from None
    if isinstance(told, dict) and told.get("format") == ONE_YEAR and told.keys() >= _NEEDED:
        return told
    if isinstance(told, dict) and told.get("format") == MANY_YEARS:
        years = sorted(told.get("years", ()))
        raise Refused([Problem("config.choose_a_year", {"first": years[0], "last": years[-1]}, place)])
    raise Refused([Problem("config.provenance_broken", {}, Place(file=str(path)))])


def changed_documents(folder: Path) -> tuple[Problem, ...]:
    """Name the workbook or the report if somebody changed it; the result itself does not depend on them."""
    return tuple(_changed(folder, read_provenance(folder), documents=True))


def _changed(folder: Path, told: Mapping[str, Any], documents: bool) -> Iterator[Problem]:
    for name, written in told["files"].items():
        if (name in DOCUMENTS) is not documents:
            continue
        path = folder / name
        severity = Severity.WARNING if documents else Severity.ERROR
        if not path.is_file():
            yield Problem("config.file_missing", {}, Place(file=str(path)), severity)
        elif sha256_of(path) != written:
            code = "config.document_changed" if documents else "config.file_changed"
            yield Problem(code, {}, Place(file=str(path)), severity)


def _frame(path: Path) -> nw.DataFrame[Any]:
    return nw.from_native(pl.read_parquet(path), eager_only=True)


def events_of(folder: Path) -> tuple[Event, ...]:
    """Give the events that lie beside a result; none where it has none, or came from workbooks that hold them.

    That the file is as it was written, `load_results` has checked. Raises `Refused` for what is no list of events.
    """
    path = folder / Slot.EVENTS
    if not path.is_file():
        return ()
    try:
        return tuple(Event.model_validate(one) for one in json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise Refused([Problem("config.events_broken", {"reason": str(error)}, Place(file=str(path)))]) from error
