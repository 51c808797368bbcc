"""Reporting workbooks of a call, read with the mapping and the register that lie beside them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from baton.config.inputs.files import Found
from baton.engine.scheme.model import Scheme
from baton.sheets.forms import fields_of
from baton.sheets.reports import NO_MAPPING, Import, ReportMapping, read_register, read_report_mapping, read_reports
from baton.sheets.workbook.encoding import decode
from baton.words import Place, Problem, Refused

type Progress = Callable[[int, int, str], None]
_FILES_PER_PROCESS = 25
"""Below this many files a further process costs more than it saves (measured: 0.5 s to start, 0.02 s a file)."""


def read_workbooks(
    books: Sequence[Path], found: Found, scheme: Scheme, progress: Progress, periods: Sequence[str] | None = None
) -> Import:
    """Read workbooks on all cores; raises `Refused` only for a mapping or a register that cannot be used."""
    mapping = _mapping(found.mapping, scheme)
    register = {name: arrival for path in found.registers for name, arrival in read_register(path).items()}
    workers = max(1, min(os.cpu_count() or 1, len(books) // _FILES_PER_PROCESS))
    return read_reports(books, scheme, mapping, register=register, periods=periods, workers=workers, progress=progress)


def _mapping(path: Path | None, scheme: Scheme) -> ReportMapping:
    if path is None:
        return NO_MAPPING
    decoded = decode(path.read_bytes())
    if decoded is None:
        raise Refused([Problem("config.long_encoding", {}, Place(file=path.name))])
    return read_report_mapping(decoded.text, path.name, fields_of(scheme))
