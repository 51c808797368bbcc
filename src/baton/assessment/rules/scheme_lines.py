"""A scheme line by line: which line a field belongs to, and what differs between two texts."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from baton.engine.compare.schemes import scheme_changes
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import written

type Kind = Literal["added", "removed", "changed"]

_LINE = re.compile(r"((?:grading\.)?[a-z_]+)\[([^\]]+)\](?:\.(.+))?")
SECTIONS = (
    *("basics", "tasks", "groups", "units", "nodes", "indicators"),
    *("treatment", "exemptions", "bonuses", "deductions", "vetoes", "grading.grades"),
)
"""The parts of a scheme in which lines stand, as the scheme language calls them; `basics` is all that is no list."""
EDITABLE = frozenset({"indicators", "tasks", "vetoes", "bonuses", "deductions"})
"""Those whose lines are changed in the page; everything else goes by the workbook."""
_TABLES = frozenset({"points", "weight", "target"})
"""Tables of a line whose entries are fields of their own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of a line before and after, as the scheme file writes it; None where a side lacks it."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is new, gone or changed. `path` names it as problems do: `indicators[M01]`."""

    section: str
    code: str
    name: str
    kind: Kind
    spots: tuple[Spot, ...]

    @property
    def path(self) -> str:
        """Where the line stands in the scheme."""
        return f"{self.section}[{self.code}]" if self.code else self.section


def line_of(field: str) -> str:
    """Give the line that a field belongs to: of `indicators[M01].rule.cap` it is `indicators[M01]`; else `basics`."""
    found = _LINE.match(field)
    return f"{found[1]}[{found[2]}]" if found else "basics"


def names_of_lines(scheme: Scheme) -> dict[str, str]:
    """Give the name of each line by its path."""
    return {path: getattr(line, "name", path) for path, line in _lines(scheme).items()}


def line_changes(before: Scheme, after: Scheme) -> tuple[LineChange, ...]:
    """Give the lines that differ, in the order of the scheme language; a mere change of order is none."""
    names = names_of_lines(before) | names_of_lines(after)
    lines = {False: _lines(before), True: _lines(after)}
    gathered: dict[str, list[Spot]] = {}
    whole: dict[str, Kind] = {}
    for one in scheme_changes(before, after, whole=True):
        path = line_of(one.path)
        found = _LINE.match(one.path)
        field = (found[3] or "") if found else one.path
        spots = gathered.setdefault(path, [])
        if found and not field:
            whole[path] = "added" if one.before is None else "removed"
            spots += _spots(lines[one.before is None].get(path), one.before is None)
        else:
            spots.append(Spot(field, one.before, one.after))
    changes = [_change(path, names, whole.get(path, "changed"), spots) for path, spots in gathered.items()]
    return tuple(sorted(changes, key=lambda one: _rank(one.section)))


def _lines(scheme: Scheme) -> dict[str, object]:
    """Give each line by its path."""
    lists = {section: getattr(scheme, section) for section in SECTIONS if section in type(scheme).model_fields}
    lists["grading.grades"] = scheme.grading.grades
    return {f"{section}[{one.code}]": one for section, lines in lists.items() for one in lines if hasattr(one, "code")}


def _spots(line: object, added: bool) -> Iterator[Spot]:
    """Say what a line that only one side has holds, beside code and name; what has its default is not said."""
    said = written(line)
    for name, value in said.items() if isinstance(said, dict) else ():
        if name not in ("code", "name"):
            inside = value.items() if name in _TABLES and isinstance(value, dict) else [("", value)]
            for key, inner in inside:
                shown = str(inner) if not isinstance(inner, (dict, list)) else json.dumps(inner, ensure_ascii=False)
                yield Spot(f"{name}.{key}" if key else name, *((None, shown) if added else (shown, None)))


def _change(path: str, names: Mapping[str, str], kind: Kind, spots: list[Spot]) -> LineChange:
    section, _, code = path.partition("[")
    return LineChange(section, code.removesuffix("]"), names.get(path, ""), kind, tuple(spots))


def _rank(section: str) -> int:
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)
