"""What a file really is, told from its first bytes and never from the ending of its name."""

from enum import StrEnum

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x00", b"\x09\x02", b"\x09\x04")
_TEXT_ENDINGS = (".csv", ".txt", ".tsv", ".tab")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Kind(StrEnum):
    """The kinds a file can turn out to be; those from ZIP on are refused by name."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    CSV = "csv"
    ZIP = "zip"
    OLD_EXCEL = "old_excel"
    HTML = "html"
    XML_2003 = "xml_2003"
    TEXT = "text"


def packed_kind(names: frozenset[str]) -> Kind:
    """Tell the kind of a zip package from the names of its parts."""
    lowered = {name.lower() for name in names}
    if any(name.startswith("xl/") and name.endswith(".bin") and "workbook" in name for name in lowered):
        return Kind.XLSB
    if "[content_types].xml" in lowered and "content.xml" not in lowered:
        return Kind.XLSM if any(name.endswith("vbaproject.bin") for name in lowered) else Kind.XLSX
    return Kind.ODS if "content.xml" in lowered else Kind.ZIP


def kind_of(data: bytes, name: str) -> Kind:
    """Tell the kind of an unpacked file; a zip package comes back as ZIP and is looked into by `packed_kind`."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return Kind.ZIP
    if data.startswith(_OLE):
        return Kind.XLS
    if data[:2] in _OLD_EXCEL and data[2:4] in (b"\x04\x00", b"\x06\x00"):
        return Kind.OLD_EXCEL
    return _text_kind(data, name)


def _text_kind(data: bytes, name: str) -> Kind:
    head = data[:2048].replace(b"\x00", b"").lower() if data[:2] in _UTF16 else data[:2048].lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Kind.XML_2003
    if b"<html" in head or b"<table" in head or b"mime-version:" in head:
        return Kind.HTML
    ending = name.lower().rpartition(".")[1] + name.lower().rpartition(".")[2]
    return Kind.CSV if ending in _TEXT_ENDINGS else Kind.TEXT
