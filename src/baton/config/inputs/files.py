"""Which files a call means: folders opened, with the mapping file and the register that lie in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from baton.sheets.reports import reports_in
from baton.sheets.reports.folder import ENDINGS
from baton.words import Place, Problem, Refused

PARQUET = ".parquet"


@dataclass(frozen=True)
class Found:
    """The files, and beside them a mapping and registers of arrivals where there are any."""

    files: tuple[Path, ...]
    mapping: Path | None
    registers: tuple[Path, ...]


def find_files(paths: Sequence[Path], mapping: Path | None) -> Found:
    """List the files; `mapping` (None: not named) goes before one that lies in a folder.

    In folders, files of other kinds, hidden files and the lock files of office programs are passed over. Raises
    `Refused` for what is not there, for files of no known kind, and where two folders bring mappings of their own.
    """
    files: dict[Path, None] = {}
    mappings: list[Path] = []
    registers: list[Path] = []
    problems = []
    for path in paths:
        if path.is_dir():
            folder = reports_in(path)
            tables = sorted(one for one in path.rglob(f"*{PARQUET}") if not one.name.startswith("."))
            files |= dict.fromkeys((*folder.files, *tables))
            mappings += [folder.mapping] if folder.mapping else []
            registers += [folder.register] if folder.register else []
        elif not path.exists():
            problems.append(Problem("config.not_found", {"given": str(path)}))
        elif path.suffix.lower() not in {*ENDINGS, PARQUET}:
            problems.append(Problem("config.data_kind", {"given": path.suffix or path.name}, Place(file=str(path))))
        else:
            files[path] = None
    if mapping is not None and not mapping.is_file():
        problems.append(Problem("config.not_found", {"given": str(mapping)}))
    if mapping is None and len(mappings) > 1:
        problems.append(Problem("config.several_mappings", {"found": "、".join(map(str, mappings))}))
    if not files and not problems:
        problems.append(Problem("config.no_data", {"given": "、".join(map(str, paths))}))
    if problems:
        raise Refused(problems)
    return Found(tuple(files), mapping or next(iter(mappings), None), tuple(registers))
