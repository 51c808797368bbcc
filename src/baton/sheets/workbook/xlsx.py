"""The second pass over an xlsx package: what the value reader leaves out, sheet by sheet.

openpyxl could supply all of it and takes about six times as long as reading the values does (6.5 s against 0.8 s for a
million cells), and it cannot open every file that the value reader opens. So this pass reads the parts itself: the list
of sheets and the styles with an XML parser, the sheets by search (`xlsx_sheet`) or, written unusually, with a streaming
parser (`xlsx_parse`). A sheet whose extent is too large is refused here, before the value reader would allot memory
for it. Anything else that is damaged costs only the facts: the sheet is read without them, and a warning says so.
"""

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from xml.parsers import expat

from baton.sheets.limits import Limits, refuse_wide
from baton.sheets.workbook.model import Facts
from baton.sheets.workbook.package import Package
from baton.sheets.workbook.xlsx_parse import parse
from baton.sheets.workbook.xlsx_sheet import extent, facts, written_as_usual
from baton.sheets.workbook.xlsx_styles import NO_STYLES, Styles, local, read_styles
from baton.words import Place, Problem, Refused, Severity

_DAMAGE = (ET.ParseError, expat.ExpatError, ValueError, LookupError)  # LookupError: no such part, or encoding


def second_pass(package: Package, limits: Limits, problems: list[Problem]) -> Mapping[str, Facts]:
    """Give the facts of every worksheet by name; adds warnings to `problems`, raises Refused for what is too large."""
    book, parts = _sheet_parts(package)
    styles = _styles(package, problems)
    for name in package.names:  # the value reader unpacks these, too: no lie about sizes, no document types
        if name.lower().endswith(("sharedstrings.xml", "metadata.xml")):
            package.read(name)
    found: dict[str, Facts] = {}
    refused: list[Problem] = []
    for name, part in parts.items():
        data = package.read(part)
        place = Place(package.place.file, name)
        try:
            found[name] = _facts(data, styles, limits, place)
        except _DAMAGE as error:
            problems.append(Problem("sheets.second_pass_failed", {"reason": str(error)}, place, Severity.WARNING))
        except Refused as refusal:
            refused += refusal.problems
    if refused:
        raise Refused(refused)
    if b"fullCalcOnLoad" in book and any(fact.has_formulas for fact in found.values()):
        problems.append(Problem("sheets.formulas_not_calculated", {}, package.place, Severity.WARNING))
    return found


def _facts(data: bytes, styles: Styles, limits: Limits, place: Place) -> Facts:
    if written_as_usual(data):
        refuse_wide(extent(data, limits.cells), limits, place)
        return facts(data, styles)
    found, size = parse(data, styles)
    refuse_wide(size, limits, place)
    return found


def _styles(package: Package, problems: list[Problem]) -> Styles:
    name = package.find("xl/styles.xml") or next((n for n in package.names if n.lower().endswith("styles.xml")), None)
    if name is None:
        return NO_STYLES
    try:
        return read_styles(package.read(name))
    except _DAMAGE as error:
        warning = Problem("sheets.second_pass_failed", {"reason": f"{name}: {error}"}, package.place, Severity.WARNING)
        problems.append(warning)
        return NO_STYLES


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Give the relations of a part: id to (kind, target part)."""
    folder, name = posixpath.split(part)
    source = package.find(posixpath.join(folder, "_rels", name + ".rels"))
    if source is None:
        return {}
    relations = {}
    for entry in ET.fromstring(package.read(source)):
        target = entry.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        relations[entry.get("Id", "")] = (entry.get("Type", "").rpartition("/")[2], path)
    return relations


def _sheet_parts(package: Package) -> tuple[bytes, dict[str, str]]:
    """Give the workbook part, and each worksheet's name with the name of its part."""
    place = package.place
    try:
        book = next((path for kind, path in _relations(package, "").values() if kind == "officeDocument"), "")
        book_part = package.find(book or "xl/workbook.xml") or ""
        data = package.read(book_part)
        relations = _relations(package, book_part)
        parts = {}
        for element in ET.fromstring(data).iter():
            if local(element.tag) == "sheet":
                identity = next((value for key, value in element.items() if local(key) == "id"), "")
                kind, path = relations.get(identity, ("", ""))
                real = package.find(path)
                if kind == "worksheet" and real is not None:
                    parts[element.get("name", "")] = real
    except _DAMAGE as error:
        raise Refused([Problem("sheets.broken_file", {"reason": f"xl/workbook.xml: {error}"}, place)]) from error
    return data, parts
