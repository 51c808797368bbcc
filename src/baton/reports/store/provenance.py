"""What a folder of results says of itself: by which scheme, from which data, by which engine, and all digests."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from baton import __version__
from baton.engine.result.sheet import Summary
from baton.words import Problem

ONE_YEAR = "baton-result/1"
MANY_YEARS = "baton-results/1"
_BLOCK = 1 << 20


class Slot(StrEnum):
    """The files of a folder of results."""

    PROVENANCE = "provenance.json"
    SCHEME = "scheme.yaml"
    LEAVES = "results.parquet"
    NODES = "nodes.parquet"
    STATISTICS = "statistics.parquet"
    STANDINGS = "standings.parquet"
    ADJUSTMENTS = "adjustments.parquet"
    OBSERVATIONS = "observations.parquet"
    EVENTS = "events.json"
    WORKBOOK = "results.xlsx"
    REPORT = "report.docx"


DOCUMENTS = (Slot.WORKBOOK, Slot.REPORT)
"""What people open and save again, without harm to the result."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read: its name, its SHA-256 and its size in bytes."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of the run beside its result. `written_at` (None: not told) stands in no digest."""

    inputs: Sequence[Input] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    observations: int = 0
    engine_library: str = ""
    written_at: datetime | None = None


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def input_of(path: Path) -> Input:
    """Describe a file that was read."""
    return Input(path.name, sha256_of(path), path.stat().st_size)


def provenance(sheet: Summary, run: Run, leaves: int, files: Mapping[str, str]) -> dict[str, Any]:
    """Give the provenance of a year's result as plain values; `files` are names with their SHA-256."""
    scheme = sheet.scheme
    return {
        "format": ONE_YEAR,
        "baton": __version__,
        "engine": {"name": sheet.engine, "library": run.engine_library, "version": sheet.engine_version},
        "year": sheet.year,
        "scheme": {
            "code": scheme.code,
            "name": scheme.name,
            "version": scheme.version,
            "effective_from": scheme.effective_from.isoformat(),
            "digest": sheet.scheme_digest,
        },
        "data_digest": sheet.data_digest,
        "digest": sheet.digest,
        "counts": {
            "units": len(sheet.standings),
            "indicators": len(scheme.indicators),
            "observations": run.observations,
            "leaves": leaves,
            "nodes": len(sheet.nodes),
            "adjustments": len(sheet.adjustments),
        },
        "files": dict(files),
        "inputs": [asdict(one) for one in run.inputs],
        "problems": [_problem(one) for one in run.problems],
        "options": dict(run.options),
        "written_at": None if run.written_at is None else run.written_at.isoformat(timespec="seconds"),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "params": {name: str(value) for name, value in problem.params.items()},
        "place": problem.place.label(),
    }
