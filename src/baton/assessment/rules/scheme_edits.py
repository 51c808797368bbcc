"""Changes to a scheme, each giving a new one: a year later, amended from a day on, one line changed, one line more."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import ValidationError

from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.structure import Index, check
from baton.engine.scheme.text import written
from baton.engine.scheme.text.translate import problems_of
from baton.words import Problem, Refused, Severity


def checked(data: dict[str, Any]) -> Scheme:
    """Read a scheme from its data; raises `Refused` with every field that does not hold, by its path."""
    try:
        return Scheme.model_validate(data)
    except ValidationError as error:
        raise Refused(problems_of(error, data, {}, "")) from None


def data_of(scheme: Scheme) -> dict[str, Any]:
    """Give a scheme as its file says it, for changing."""
    data = written(scheme)
    assert isinstance(data, dict)
    return data


def for_year(scheme: Scheme, year: int) -> Scheme:
    """Make a scheme out of one of an earlier year: its code, name and days name the new one, its document is open."""
    before = scheme.effective_from.year

    def later(text: str) -> str:
        return re.sub(rf"(?<!\d){before}(?!\d)", str(year), text)

    changes = {"code": later(scheme.code), "name": later(scheme.name), "version": "1", "document_number": ""}
    if changes["code"] == scheme.code:
        changes["code"] = f"{scheme.code}-{year}"
    days = {"effective_from": date(year, 1, 1).isoformat(), "effective_to": date(year, 12, 31).isoformat()}
    return checked(data_of(scheme) | changes | days)


def amended(scheme: Scheme, effective_from: date) -> Scheme:
    """Make the next version of a scheme, in force from a day on; its text is the old one until somebody changes it."""
    version = str(int(scheme.version) + 1) if scheme.version.isdecimal() else f"{scheme.version}.1"
    changes = {"version": version, "effective_from": effective_from.isoformat(), "document_number": ""}
    return checked(data_of(scheme) | changes)


def with_line(scheme: Scheme, section: str, code: str, changes: Mapping[str, Any]) -> Scheme:
    """Change fields of the line of a section with a code; a field given as None goes back to its default."""
    data = data_of(scheme)
    for line in data.get(section, ()):
        if line["code"] == code:
            for name, value in changes.items():
                line.pop(name, None)
                if value is not None:
                    line[name] = value
            return checked(data)
    raise Refused([Problem("workshop.line_unknown", {"code": code})])


def with_new_line(scheme: Scheme, section: str, line: Mapping[str, Any]) -> Scheme:
    """Add a line behind the last one under its parent, or at the end of a section.

    Raises `Refused` where its code is taken.
    """
    data = data_of(scheme)
    lines = list(data.get(section, ()))
    if any(one["code"] == line["code"] for one in lines):
        raise Refused([Problem("workshop.code_taken", {"code": line["code"]})])
    parent = line.get("parent")
    beside = [number for number, one in enumerate(lines, 1) if parent is not None and one.get("parent") == parent]
    lines.insert(beside[-1] if beside else len(lines), dict(line))
    return checked(data | {section: lines})


def next_code(scheme: Scheme, like: Indicator | None = None) -> str:
    """Suggest a code that is not taken: the one after that of an indicator (None: of the last that is nobody's own)."""
    lists = (scheme.nodes, scheme.indicators, scheme.bonuses, scheme.deductions, scheme.vetoes)
    taken = {one.code for several in lists for one in several}
    last = (like or next((one for one in reversed(scheme.indicators) if not one.units), scheme.indicators[-1])).code
    stem = last.rstrip("0123456789")
    digits = last[len(stem) :]
    number = int(digits or 0)
    while (code := f"{stem}{'' if digits else '-'}{number + 1:0{len(digits)}d}") in taken:
        number += 1
    return code


def unfit(before: Scheme, after: Scheme, line: str) -> list[Problem]:
    """Give what of a line (`indicators[M01]`) keeps a scheme from being computed, and did not before."""
    known = {(one.code, one.place.field) for one in check(before)}
    return [
        one
        for one in check(after)
        if one.severity is Severity.ERROR
        and f"{one.place.field}.".startswith(f"{line}.")
        and (one.code, one.place.field) not in known
    ]


def without_line(scheme: Scheme, section: Literal["tasks", "indicators"], code: str) -> Scheme:
    """Take a line out. Raises `Refused` for a task on which indicators still hang, with their names."""
    if section == "tasks":
        hung = [one.name for one in scheme.indicators if code in one.hooks]
        if hung:
            raise Refused([Problem("workshop.task_in_use", {"count": len(hung), "names": "、".join(hung[:5])})])
    data = data_of(scheme)
    kept = [one for one in data.get(section, ()) if one["code"] != code]
    if len(kept) == len(data.get(section, ())):
        raise Refused([Problem("workshop.line_unknown", {"code": code})])
    return checked(data | {section: kept})


def own_places(scheme: Scheme) -> dict[str, str]:
    """Give by unit the node under which its own targets stand: that of the own targets its group has already."""
    index = Index(scheme)
    of_group: dict[str, str] = {}
    for one in scheme.indicators:
        if len(one.units) == 1:
            unit = index.units.get(one.units[0])
            if unit is not None and unit.group is not None:
                of_group.setdefault(unit.group, one.parent)
    return {unit.code: of_group[unit.group] for unit in scheme.units if unit.group in of_group}


def own_target(scheme: Scheme, unit: str, given: Mapping[str, Any], parent: str, points: Decimal) -> Indicator:
    """Make the indicator of a target that a department sets itself: how much of it is reached, reported by the unit.

    `given`: name, definition, value, measure, hook. Its code is the node's, the unit's and the next free number.
    """
    group = next((one.group for one in scheme.units if one.code == unit), None)
    if group is None:
        raise Refused([Problem("workshop.unit_not_assessed", {"unit": unit})])
    alike = [one for one in scheme.indicators if one.parent == parent and one.units]
    pattern = next((one for one in alike if one.units == (unit,)), next(iter(alike), None))
    line = {
        "code": _free(f"{parent}-{unit}-", (one.code for one in scheme.indicators)),
        "name": given["name"],
        "parent": parent,
        "points": {group: str(points)},
        "units": [unit],
        "unit": given["measure"],
        "rule": {"kind": "completion"},
        "target": {"value": str(given["value"])},
        "missing": "zero",
        "reporter": "unit",
        "evidence": "required",
        "lead": None if pattern is None else pattern.lead,
        "hooks": [given["hook"]],
        "definition": given["definition"],
    }
    return Indicator.model_validate(line)


def _free(stem: str, taken: Iterable[str]) -> str:
    there = set(taken)
    return next(f"{stem}{number}" for number in range(1, len(there) + 2) if f"{stem}{number}" not in there)
