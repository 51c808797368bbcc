"""What an import leaves behind: long tables of figures and events, and the account of every file."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from baton.config.screen.values import plain_values
from baton.engine.scheme.adjustments import Event
from baton.engine.terms import plain
from baton.reports.store import new_folder
from baton.reports.store.save import place_for
from baton.sheets.annotate import annotate
from baton.sheets.reports import Import, Receipt
from baton.words import Language, Problem, Severity


class ImportSlot(StrEnum):
    """The files of an import; the first two are what `baton score` reads."""

    FIGURES = "figures.csv"
    EVENTS = "events.csv"
    ACCOUNT = "import.json"


_FIGURES = ("unit", "series", "figure", "period", "value", "preliminary", "version")
_ORIGIN = ("file", "digest", "sheet", "cell", "conversion")
_EVENTS = tuple(Event.model_fields)
type Progress = Callable[[int, int, str], None]


def save_import(target: Path, found: Import, language: Language) -> None:
    """Write an import into a folder, whole or not at all; raises `Refused` where the folder holds something else."""
    place_for(target, ImportSlot.ACCOUNT, set(ImportSlot))
    with new_folder(target) as folder:
        (folder / ImportSlot.FIGURES).write_bytes(_figures(found))
        (folder / ImportSlot.EVENTS).write_bytes(_events(found))
        account = json.dumps(told(found, language), ensure_ascii=False, indent=2, default=str)
        (folder / ImportSlot.ACCOUNT).write_text(account + "\n", "utf-8")


def told(found: Import, language: Language) -> dict[str, Any]:
    """Give the account of an import as plain values."""
    return {
        "counts": {
            "files": len(found.receipts),
            "taken": sum(receipt.taken for receipt in found.receipts),
            "refused": sum(not receipt.taken for receipt in found.receipts),
            "late": sum(receipt.late_days > 0 for receipt in found.receipts),
            "figures": len(found.observations),
            "events": len(found.events),
            "converted": found.conversions,
            "corrected": len(found.corrections),
            "missing": len(found.missing),
            "errors": len(found.errors),
            "problems": len(found.problems),
        },
        "receipts": [_receipt(receipt, language) for receipt in found.receipts],
        "corrections": plain_values(found.corrections, language),
        "missing": plain_values(found.missing, language),
    }


def arrivals_in(path: Path) -> dict[str, tuple[str, str]]:
    """Give by file when it came and when it was due, out of the account of an import in a folder or beside a file.

    Empty where there is no account, or none that this program wrote; files that no register named are left out.
    """
    account = (path if path.is_dir() else path.parent) / ImportSlot.ACCOUNT
    try:
        receipts = json.loads(account.read_text("utf-8"))["receipts"] if account.is_file() else ()
        told = {one["file"]: (one["received"], one["due"]) for one in receipts}
    except (ValueError, KeyError, TypeError):
        return {}
    return {file: (str(came), str(due)) for file, (came, due) in told.items() if came and due}


def annotated(
    files: Sequence[Path], found: Import, language: Language, progress: Progress = lambda done, total, name: None
) -> dict[str, bytes]:
    """Give back every file that has errors or warnings, as a workbook with all of them marked: name and bytes."""
    paths = _by_name(files)
    wanted = {
        name: problems for name, problems in found.problems_by_file().items() if _worth(problems) and name in paths
    }
    headers = {receipt.file: receipt.headers for receipt in found.receipts}
    made = {}
    for number, (name, problems) in enumerate(wanted.items(), 1):
        path = paths[name]
        keeps_kind = path.suffix.lower() in (".xlsx", ".xlsm")
        new_name = name.replace("/", "_") if keeps_kind else f"{name.replace('/', '_')}.xlsx"
        made[new_name] = annotate(path.read_bytes(), problems, language, name, headers.get(name))
        progress(number, len(wanted), name)
    return made


def _worth(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is not Severity.NOTICE for problem in problems)


def _by_name(files: Sequence[Path]) -> Mapping[str, Path]:
    """Find files by the names that problems give them: the file's own, with its folder where names repeat."""
    return {f"{path.parent.name}/{path.name}": path for path in files} | {path.name: path for path in files}


def _receipt(receipt: Receipt, language: Language) -> dict[str, Any]:
    return {**plain_values(receipt, language), "late_days": receipt.late_days}


def _figures(found: Import) -> bytes:
    rows = [
        [
            *(one.unit, one.series, one.figure, one.period, _cell(one.value), _cell(one.preliminary), one.version),
            *(getattr(one.origin, name) for name in _ORIGIN),
        ]
        for one in found.observations
    ]
    return _table((*_FIGURES, "file", "file_sha256", "sheet", "cell", "conversion"), rows)


def _events(found: Import) -> bytes:
    return _table(_EVENTS, [[_cell(getattr(event, name)) for name in _EVENTS] for event in found.events])


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write CSV in UTF-8 with a mark, which office programs need to know the encoding."""
    content = io.StringIO(newline="")
    writer = csv.writer(content)
    writer.writerow(heads)
    writer.writerows(rows)
    return content.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else value
