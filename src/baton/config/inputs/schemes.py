"""Scheme files: YAML with one or more dated versions, or a scheme workbook."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import Source, read, version_for
from baton.sheets.scheme_book import SchemeBook
from baton.sheets.scheme_book import read_scheme as read_scheme_book
from baton.sheets.workbook.encoding import decode
from baton.words import Place, Problem, Refused

YAML = frozenset({".yaml", ".yml"})
WORKBOOK = frozenset({".xlsx", ".xlsm"})


@dataclass(frozen=True)
class SchemeFile:
    """The versions of a scheme in a file; `sources` know the lines of a YAML file or the cells of a workbook."""

    path: Path
    sources: tuple[Source | SchemeBook, ...]

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """All versions."""
        return tuple(source.scheme for source in self.sources)

    @property
    def latest(self) -> Scheme:
        """The newest version."""
        return max(self.schemes, key=lambda scheme: scheme.effective_from)

    def at(self, year: int) -> Scheme:
        """Give the version in force at the end of a year; raises `Refused` if none is."""
        return version_for(self.schemes, year)

    def located(self, scheme: Scheme, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Add file and line or cell to problems that name a field of a version."""
        source = next(one for one in self.sources if one.scheme is scheme)
        return tuple(
            source.locate([problem])[0] if not problem.place.file and _in_scheme(problem.place.field) else problem
            for problem in problems
        )


def _in_scheme(field: str) -> bool:
    """Tell a field of a scheme (`vetoes[V4].basis`) from a figure (`D02/M15`)."""
    return re.split(r"[.\[]", field)[0] in Scheme.model_fields


def read_scheme(path: Path) -> SchemeFile:
    """Read a scheme file; raises `Refused` with everything that is wrong with it."""
    if not path.is_file():
        raise Refused([Problem("config.not_found", {"given": str(path)})])
    suffix = path.suffix.lower()
    if suffix in WORKBOOK:
        return SchemeFile(path, (read_scheme_book(path),))
    if suffix not in YAML:
        raise Refused([Problem("config.scheme_kind", {"given": path.suffix or "-"}, Place(file=path.name))])
    decoded = decode(path.read_bytes())
    if decoded is None:
        raise Refused([Problem("config.long_encoding", {}, Place(file=path.name))])
    return SchemeFile(path, read(decoded.text, path.name))
