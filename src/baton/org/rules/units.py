"""What may become of a unit, on plain values; every contradiction is told, not only the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baton.words import Place, Problem


@dataclass(frozen=True, slots=True)
class Life:
    """A unit as the rules see it. `named_since`: first day of the name of today, None: as long as the unit."""

    code: str
    name: str
    begins: date | None = None
    ends: date | None = None
    named_since: date | None = None

    def exists(self, on: date) -> bool:
        """Whether the unit is there on a day."""
        return (self.begins is None or self.begins <= on) and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that a split leaves: one that is there already, or a new one with its code and name."""

    code: str
    name: str
    there: Life | None = None


def rename_problems(unit: Life, name: str, on: date, document: str, today: date) -> list[Problem]:
    """Say what stands against a new name from `on`: names are those of today, so a day to come must wait."""
    found = _document(document) + _within(unit, on)
    if not name:
        found.append(Problem("org.name_missing", {}, Place(field="name")))
    elif name == unit.name:
        found.append(Problem("org.rename_to_the_same", {"name": name}, Place(field="name")))
    if unit.named_since is not None and on <= unit.named_since:
        params = {"name": unit.name, "since": unit.named_since.isoformat()}
        found.append(Problem("org.rename_before_the_last", params, Place(field="on")))
    if on > today:
        found.append(Problem("org.day_to_come", {"today": today.isoformat()}, Place(field="on")))
    return found


def merge_problems(units: Sequence[Life], into: Life, on: date, document: str) -> list[Problem]:
    """Say what stands against units being no more from `on`, when another takes over."""
    found = _document(document)
    if not units:
        found.append(Problem("org.merge_of_nothing", {}, Place(field="units")))
    for unit in units:
        if unit.code == into.code:
            found.append(Problem("org.merged_into_itself", {"name": unit.name}, Place(field="into")))
        found += _within(unit, on)
    if not into.exists(on):
        params = {"name": into.name, "day": on.isoformat()}
        found.append(Problem("org.not_there_on_the_day", params, Place(field="into")))
    return found


def split_problems(unit: Life, parts: Sequence[Part], on: date, document: str) -> list[Problem]:
    """Say what stands against a unit being no more from `on`, when at least two others take over."""
    found = _document(document) + _within(unit, on)
    if len({part.code for part in parts}) < 2:
        found.append(Problem("org.split_into_fewer_than_two", {}, Place(field="part-1-code")))
    seen: set[str] = set()
    for number, part in enumerate(parts, 1):
        code, name = Place(field=f"part-{number}-code"), Place(field=f"part-{number}-name")
        if not part.code:
            found.append(Problem("org.code_missing", {}, code))
        elif part.code == unit.code:
            found.append(Problem("org.split_into_itself", {"name": unit.name}, code))
        elif part.code in seen:
            found.append(Problem("org.split_twice", {"code": part.code}, code))
        elif part.there is not None and not part.there.exists(on):
            params = {"name": part.there.name, "day": on.isoformat()}
            found.append(Problem("org.not_there_on_the_day", params, code))
        elif part.there is not None and part.name not in ("", part.there.name):
            found.append(Problem("org.code_is_another", {"code": part.code, "name": part.there.name}, name))
        elif part.there is None and not part.name:
            found.append(Problem("org.name_missing", {}, name))
        seen.add(part.code)
    return found


def _document(document: str) -> list[Problem]:
    return [] if document else [Problem("org.document_missing", {}, Place(field="document"))]


def _within(unit: Life, on: date) -> list[Problem]:
    """Say whether a unit has a day before `on`, and is still there on the eve."""
    if unit.begins is not None and on <= unit.begins:
        params = {"name": unit.name, "begins": unit.begins.isoformat()}
        return [Problem("org.day_before_it_began", params, Place(field="on"))]
    if unit.ends is not None and on > unit.ends:
        params = {"name": unit.name, "ended": unit.ends.isoformat()}
        return [Problem("org.has_ended_already", params, Place(field="on"))]
    if unit.ends is not None:
        params = {"name": unit.name, "ended": unit.ends.isoformat()}
        return [Problem("org.end_is_settled", params, Place(field="on"))]
    return []
