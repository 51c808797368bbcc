"""A zip package (xlsx, xlsb, ods) opened with care: sizes before unpacking, no document types, no encryption.

A package may lie about its sizes. Each part is therefore unpacked here to at most its declared size and checked
against its checksum before any other library unpacks it; the declared sizes are summed up beforehand. XML with a
document type is refused as a whole: office programs never write one, and entity bombs need one.
"""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from baton.sheets.limits import Limits
from baton.words import Place, Problem, Refused

_ENCRYPTED = 0x1
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype", b"<!entity")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package; `read` gives a part's bytes once they are known to be harmless."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    place: Place

    def read(self, name: str) -> bytes:
        """Unpack one part; raises Refused when it is damaged, and KeyError when there is none of that name."""
        try:
            data = self.archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise Refused([Problem("sheets.broken_file", {"reason": f"{name}: {error}"}, self.place)]) from error
        if not name.endswith(".bin"):
            self._refuse_document_type(name, data)
        return data

    def find(self, name: str) -> str | None:
        """Give a part's real name, which may differ in case from the one that other parts use for it."""
        if name in self.names:
            return name
        lowered = name.lower()
        return next((known for known in self.names if known.lower() == lowered), None)

    def _refuse_document_type(self, name: str, data: bytes) -> None:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4].count(0) > 1:
            data = data.replace(b"\x00", b"")
        if b"!" in data and any(mark in data for mark in _DECLARATIONS):
            raise Refused([Problem("sheets.document_type", {"part": name}, self.place)])


def open_package(data: bytes, limits: Limits, place: Place) -> Package:
    """Open a package and check what its directory says; raises Refused with everything that is too large or locked."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise Refused([Problem("sheets.broken_file", {"reason": str(error)}, place)]) from error
    entries = archive.infolist()
    names = frozenset(entry.filename for entry in entries)
    problems = []
    if len(names) != len(entries):
        problems.append(Problem("sheets.broken_file", {"reason": "two parts of one name"}, place))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        problems.append(Problem("sheets.password", {}, place))
    if len(entries) > limits.parts:
        problems.append(Problem("sheets.too_many_parts", {"given": len(entries), "limit": limits.parts}, place))
    problems += _too_large(sum(entry.file_size for entry in entries), len(data), limits, place)
    if problems:
        raise Refused(problems)
    return Package(archive, names, place)


def _too_large(unpacked: int, packed: int, limits: Limits, place: Place) -> list[Problem]:
    mebi = 1 << 20
    if unpacked > limits.unpacked_bytes:
        params = {"given": f"{unpacked / mebi:.0f}", "limit": f"{limits.unpacked_bytes / mebi:.0f}"}
        return [Problem("sheets.unpacked_too_large", params, place)]
    if unpacked > limits.ratio_from_bytes and unpacked > packed * limits.ratio:
        params = {"given": f"{unpacked / max(packed, 1):.0f}", "limit": f"{limits.ratio}"}
        return [Problem("sheets.packed_too_tightly", params, place)]
    return []
