"""What a file is, told from its bytes; what its name says must agree. Bombs and macros are refused."""

import re
import zipfile
import zlib
from pathlib import PurePosixPath

from baton.core.choices import FileKind
from baton.sheets.limits import Limits
from baton.sheets.workbook.package import Package, open_package
from baton.words import Place, Problem, Refused

_ENDINGS = {kind: {f".{kind.value}"} for kind in FileKind} | {FileKind.JPG: {".jpg", ".jpeg"}}
_PIXELS = 100_000_000
"""A scan of A3 at 600 dots an inch has 70 million; more is a bomb for whoever opens it."""
_SIZED = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that say how large it is (ITU-T T.81, table B.1)."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CHUNK = 1 << 20


def check_content(data: bytes, name: str) -> FileKind:
    """Give the kind of a file. Raises `Refused` where it is none that is kept, damaged, or not what its name says."""
    place = Place(name)
    kind = _packed(data, place) if data[:4] in (b"PK\x03\x04", b"PK\x05\x06") else _plain(data, place)
    if PurePosixPath(name.lower()).suffix not in _ENDINGS[kind]:
        raise Refused([Problem("services.file_not_its_name", {"name": name, "kind": kind.value}, place)])
    return kind


def _plain(data: bytes, place: Place) -> FileKind:
    if b"%PDF-" in data[:1024] and b"%%EOF" in data[-4096:]:
        return FileKind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        _refuse_huge(int.from_bytes(data[16:20]) * int.from_bytes(data[20:24]), place)
        return FileKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        _refuse_huge(_jpeg_pixels(data), place)
        return FileKind.JPG
    if _is_text(data):
        return FileKind.CSV
    raise Refused([Problem("services.file_kind_unknown", {"name": place.file}, place)])


def _refuse_huge(pixels: int, place: Place) -> None:
    if not 0 < pixels <= _PIXELS:
        raise Refused([Problem("services.picture_too_large", {"given": pixels, "limit": _PIXELS}, place)])


def _jpeg_pixels(data: bytes) -> int:
    """Go from marker to marker to the one with height and width; 0 where there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in _SIZED:
            return int.from_bytes(data[at + 5 : at + 7]) * int.from_bytes(data[at + 7 : at + 9])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return 0


def _is_text(data: bytes) -> bool:
    """Tell text in UTF-8 or GB 18030 that is no page of the web."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = words[:2048].lower()
        return bool(words.strip()) and not _CONTROL.search(words) and "<html" not in head and "<script" not in head
    return False


def _packed(data: bytes, place: Place) -> FileKind:
    package = open_package(data, Limits(), place)
    _unpack_all(package, place)
    names = {name.lower() for name in package.names}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused([Problem("services.file_with_macros", {"name": place.file}, place)])
    if "[content_types].xml" in names and "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "[content_types].xml" in names and "word/document.xml" in names:
        return FileKind.DOCX
    outside = [name for name in package.names if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)]
    if outside:
        raise Refused([Problem("services.zip_leads_outside", {"part": outside[0]}, place)])
    return FileKind.ZIP


def _unpack_all(package: Package, place: Place) -> None:
    """Unpack every part once, piece by piece, to no more than its declared size: a package may lie."""
    for entry in package.archive.infolist():
        try:
            with package.archive.open(entry) as part:
                while part.read(_CHUNK):
                    pass
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            reason = f"{entry.filename}: {error}"
            raise Refused([Problem("sheets.broken_file", {"reason": reason}, place)]) from error


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the compound files of Excel 97 to 2003 begin (MS-CFB, 2.2)."""
_PARTS = (("xl/workbook.bin", FileKind.XLSB), ("xl/workbook.xml", FileKind.XLSX), ("content.xml", FileKind.ODS))


def workbook_kind(data: bytes, name: str) -> FileKind:
    """Give the kind of a workbook that was read before, whatever its name says. Raises `Refused` where it is none."""
    place = Place(name)
    if data.startswith(_OLE):
        return FileKind.XLS
    if data[:4] == b"PK\x03\x04":
        parts = {one.lower() for one in open_package(data, Limits(), place).names}
        for part, kind in _PARTS:
            if part in parts:
                return kind
    elif _is_text(data):
        return FileKind.CSV
    raise Refused([Problem("services.file_kind_unknown", {"name": name}, place)])
