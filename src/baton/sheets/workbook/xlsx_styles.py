"""Which styles of an xlsx package carry which number format."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from baton.sheets.workbook.number_format import BUILT_IN, shown_by


@dataclass(frozen=True, slots=True)
class Styles:
    """Number formats by style number (the `s` of a cell); `telling` only those that change a number's meaning."""

    formats: Mapping[int, str]
    telling: Mapping[int, str]


NO_STYLES = Styles({}, {})
"""The styles of a package that has none."""


def local(tag: str) -> str:
    """Give a tag without its namespace; transitional and strict packages differ in nothing else here."""
    return tag.rpartition("}")[2]


def read_styles(data: bytes) -> Styles:
    """Read the part `xl/styles.xml`; raises ET.ParseError or ValueError when it is damaged."""
    codes: dict[int, str] = dict(BUILT_IN)
    formats: dict[int, str] = {}
    for part in ET.fromstring(data):
        if local(part.tag) == "numFmts":
            codes.update({int(entry.get("numFmtId", "-1")): entry.get("formatCode", "") for entry in part})
        elif local(part.tag) == "cellXfs":
            formats = {number: codes.get(int(entry.get("numFmtId") or 0), "") for number, entry in enumerate(part)}
    return Styles(formats, {number: code for number, code in formats.items() if code and shown_by(code).telling})
