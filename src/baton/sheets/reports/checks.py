"""Equations between the cells of a row: counts of ballots that must agree, parts that must give the whole."""

import re
from collections.abc import Mapping
from decimal import Decimal

from baton.sheets.cells.figure import written
from baton.words import Place, Problem

_CHECK = re.compile(r"\s*(?P<left>[^=<>≥≤]+?)\s*(?P<sign>=|>=|≥|<=|≤)\s*(?P<right>[^=<>≥≤]+?)\s*\Z")


def parse_check(check: str) -> tuple[str, ...]:
    """Name the headings of an equation such as `收回 = 有效 + 无效`, the left one first; empty if it is none."""
    match = _CHECK.match(check)
    return (match["left"], *(part.strip() for part in match["right"].split("+"))) if match else ()


def check_row(check: str, values: Mapping[str, Decimal | None], place: Place) -> Problem | None:
    """Check a row; None where it agrees, or where a cell has no figure and so nothing can be compared."""
    match = _CHECK.match(check)
    left, *right = parse_check(check)
    given, parts = values.get(left), [values.get(part) for part in right]
    if match is None or given is None or any(part is None for part in parts):
        return None
    total = sum((part for part in parts if part is not None), Decimal(0))
    sign = match["sign"].replace("≥", ">=").replace("≤", "<=")
    agrees = {"=": given == total, ">=": given >= total, "<=": given <= total}[sign]
    if agrees:
        return None
    params = {"check": check, "left": left, "given": written(given), "sum": written(total)}
    return Problem("sheets.check_fails", params, place)
