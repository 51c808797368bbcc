"""A scheme out of a file that somebody brings, a scheme workbook or YAML, with every problem by cell or line."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from baton.engine.lint import lint
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import Source, read
from baton.sheets.scheme_book import SchemeBook, read_scheme
from baton.sheets.workbook.encoding import decode
from baton.words import Place, Problem, Refused, Severity

_TEXTS, _BOOKS = frozenset({".yaml", ".yml"}), frozenset({".xlsx", ".xlsm"})
_REVISION = re.compile(r"-r(\d{1,6})(?!\d)")


@dataclass(frozen=True, slots=True)
class SchemeRead:
    """What a file says. `scheme` None: it could not be read, and `problems` say why. `book`: it can be marked."""

    scheme: Scheme | None
    problems: tuple[Problem, ...]
    book: bool

    @property
    def errors(self) -> int:
        """How many problems forbid publishing, or reading."""
        return sum(one.severity is Severity.ERROR for one in self.problems)


def read_scheme_file(name: str, content: bytes, look: Callable[[Scheme], Iterable[Problem]] = lint) -> SchemeRead:
    """Read a scheme file and look over what it says; nothing raises, whatever is wrong is among the problems.

    `look`: what is looked for, each finding with its place in the scheme.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _TEXTS | _BOOKS:
        return SchemeRead(None, (Problem("workshop.file_kind", {"given": suffix or name}, Place(file=name)),), False)
    try:
        source = read_scheme(content, name) if suffix in _BOOKS else _read_text(name, content)
    except Refused as refused:
        return SchemeRead(None, refused.problems, suffix in _BOOKS)
    found = source.locate(look(source.scheme))
    return SchemeRead(source.scheme, found, suffix in _BOOKS)


def _read_text(name: str, content: bytes) -> Source | SchemeBook:
    decoded = decode(content)
    if decoded is None:
        raise Refused([Problem("workshop.file_encoding", {}, Place(file=name))])
    found = read(decoded.text, name)
    if len(found) > 1:
        raise Refused([Problem("workshop.several_versions", {"count": len(found)}, Place(file=name))])
    return found[0]


def workbook_name(code: str, revision: int) -> str:
    """Name the workbook of a revision, so that it says which one it is when it comes back."""
    plain = re.sub(r"[^\w.-]", "-", code)
    return f"{plain}-r{revision}.xlsx"


def revision_in(name: str) -> int | None:
    """Give the number of the revision that a workbook was made of, as its name says; None where it does not say."""
    found = _REVISION.search(name)
    return int(found[1]) if found else None
