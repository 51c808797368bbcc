"""A folder of reports: the workbooks in it, its mapping file and its register of arrivals."""

from dataclasses import dataclass
from pathlib import Path

from baton.sheets.reports.register import REGISTER
from baton.words import Place, Problem, Refused

MAPPING_NAMES = ("对照表.yaml", "映射.yaml", "baton.yaml")
ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"})


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in a folder: `files` sorted by path, `mapping` and `register` None where there is none."""

    files: tuple[Path, ...]
    mapping: Path | None
    register: Path | None


def reports_in(folder: Path) -> Folder:
    """List the reports of a folder and those below it; lock files of Excel and hidden files are passed over.

    Raises Refused where the folder is none, or holds two mapping files.
    """
    if not folder.is_dir():
        raise Refused([Problem("sheets.no_folder", {"given": str(folder)}, Place(str(folder)))])
    every = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(("~$", ".")))
    mappings = [path for path in every if path.name in MAPPING_NAMES]
    if len(mappings) > 1:
        found = "、".join(str(path.relative_to(folder)) for path in mappings)
        raise Refused([Problem("sheets.several_mappings", {"found": found}, Place(str(folder)))])
    register = folder / REGISTER
    files = tuple(path for path in every if path.suffix.lower() in ENDINGS and path.name != REGISTER)
    return Folder(files, mappings[0] if mappings else None, register if register.is_file() else None)
