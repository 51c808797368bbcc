"""Evidence files of a folder, named by what is in them: one file under two names is one file."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from baton.reports.store.provenance import sha256_of
from baton.sheets.cells.text import close
from baton.sheets.records import Record
from baton.words import Place, Problem, Refused, Severity

_DIGEST = re.compile(r"(?:sha-?256:)?([0-9a-f]{64})\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Evidence:
    """SHA-256 by what the records call a file; `problems` name what could not be looked into."""

    digests: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def look_at_evidence(
    records: Iterable[Record], folder: Path | None, told: Callable[[int, int], None] = lambda done, total: None
) -> Evidence:
    """Find the files that records name in a folder and below it, and take their SHA-256.

    A name may have its folder before it. Without a folder only what is a SHA-256 itself is known. Raises `Refused` for
    a folder that is not there, and for one in which none of the files lies.
    """
    count, first = Counter[str](), dict[str, Place]()
    for one in records:
        for name in one.evidence:
            count[name] += 1
            first.setdefault(name, one.place)
    digests = {name: match[1].lower() for name in count if (match := _DIGEST.match(name.strip()))}
    files = [name for name in count if name not in digests]
    if folder is None:
        return Evidence(digests, tuple(_without_folder(files, first)))
    if not folder.is_dir():
        raise Refused([Problem("config.not_found", {"given": str(folder)})])
    index = _Index(folder)
    problems: list[Problem] = []
    for done, name in enumerate(files):
        told(done, len(files))
        found = index.digest(name)
        if isinstance(found, str):
            digests[name] = found
        else:
            code, params = found
            place = first[name]
            problems.append(Problem(code, {"given": name, "rows": count[name], **params}, place, Severity.WARNING))
    if files and all(one.code == "config.evidence_missing" for one in problems) and len(problems) == len(files):
        raise Refused([Problem("config.evidence_none_there", {"given": str(folder), "files": len(files)})])
    return Evidence(digests, tuple(problems))


def _without_folder(files: list[str], first: Mapping[str, Place]) -> Iterable[Problem]:
    if files:
        params = {"files": len(files), "given": files[0]}
        yield Problem("config.evidence_not_looked_at", params, first[files[0]], Severity.NOTICE)


class _Index:
    """The files of a folder by name and by path; links that lead elsewhere are not followed."""

    def __init__(self, folder: Path) -> None:
        self._by_path: dict[str, Path] = {}
        self._by_name: dict[str, list[Path]] = {}
        self._known: dict[Path, str] = {}
        for path in sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()):
            self._by_path[_alike(path.relative_to(folder).as_posix())] = path
            self._by_name.setdefault(_alike(path.name), []).append(path)

    def digest(self, name: str) -> str | tuple[str, dict[str, object]]:
        """Give the SHA-256 of a file, or the code and parameters of why there is none."""
        wanted = _alike(name.replace("\\", "/").removeprefix("./"))
        at_path = self._by_path.get(wanted)
        paths = [at_path] if at_path else self._by_name.get(wanted, [])
        if not paths:
            return "config.evidence_missing", {}
        if any(path.stat().st_size == 0 for path in paths):
            return "config.evidence_empty", {}
        digests = {self._digest(path) for path in paths}
        if len(digests) > 1:
            return "config.evidence_ambiguous", {"count": len(digests), "folder": PurePosixPath(paths[0]).parent.name}
        return digests.pop()

    def _digest(self, path: Path) -> str:
        if path not in self._known:
            self._known[path] = sha256_of(path)
        return self._known[path]


def _alike(name: str) -> str:
    """Bring a name to the form in which names are compared; systems differ in capitals and in accents."""
    return close(unicodedata.normalize("NFC", name))
