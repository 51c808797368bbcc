"""The rows of one scheme put together: nodes by their levels, an indicator per row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from baton.engine.rules import Needs, Rule
from baton.engine.terms import plain
from baton.sheets.cells import Wanted, read_number
from baton.sheets.scheme_table.model import Level, SchemeTable
from baton.words import Place, Problem, Severity

ROOT, GROUP, UNIT = "S", "G", "U"
_RULE: TypeAdapter[Any] = TypeAdapter(Rule)


@dataclass(frozen=True)
class Row:
    """A row of the table: texts and places by heading."""

    texts: Mapping[str, str]
    places: Mapping[str, Place]


@dataclass
class Builder:
    """Builds one scheme. `places` gives the cell of every node and indicator by its code."""

    code: str
    rows: Sequence[Row]
    mapping: SchemeTable
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    nodes: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)
    indicators: list[dict[str, Any]] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether an error keeps the scheme from being built."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def data(self) -> dict[str, Any]:
        """Give the scheme as plain data."""
        mapping = self.mapping
        name = self.rows[0].texts[mapping.name_from] if mapping.name_from else mapping.name
        self._node((), ROOT, name, self._combine(0), plain(mapping.full))
        passed = [row for row in self.rows if not self._leaf(row)]
        if passed:
            params = {"code": self.code, "count": len(passed), "heading": mapping.leaf.points}
            place = passed[0].places[mapping.leaf.points]
            self.problems.append(Problem("sheets.scheme_table_left_out", params, place, Severity.NOTICE))
        units = mapping.units or (name,)
        return {
            "code": self.code,
            "name": name,
            "organisation": mapping.organisation,
            "document_number": mapping.document_number,
            "effective_from": mapping.effective_from,
            "tasks": [task.model_dump() for task in mapping.tasks],
            "groups": [{"code": GROUP, "name": name, "root": ROOT}],
            "units": [{"code": f"{UNIT}{n}", "name": one, "group": GROUP} for n, one in enumerate(units, 1)],
            "nodes": list(self.nodes.values()),
            "indicators": self.indicators,
        }

    def _combine(self, depth: int) -> dict[str, str]:
        """Say how a node combines the level below it."""
        levels = self.mapping.levels
        return {"kind": "arithmetic" if depth < len(levels) and levels[depth].weight else "sum"}

    def _node(self, path: tuple[str, ...], code: str, name: str, combine: Any, full: str | None) -> dict[str, Any]:
        made = self.nodes[path] = {"code": code, "name": name or "-", "combine": combine}
        if full is not None:
            made["full"] = full
        return made

    def _leaf(self, row: Row) -> bool:
        """Take a row; False where it is no part of the scheme: it has no points."""
        leaf = self.mapping.leaf
        name, points = row.texts[leaf.name], self._number(row, leaf.points)
        if points is None:
            if not name or leaf.without_points == "leave_out":
                return False
            if not row.texts[leaf.points]:
                self._wrong(row, leaf.points, "sheets.scheme_table_half", name=name)
            return True
        if not name:
            self._wrong(row, leaf.name, "sheets.scheme_table_half", name=row.texts[leaf.points])
            return True
        parent = self._above(row)
        code = f"{parent['code'].removeprefix(ROOT)}.{sum(i['parent'] == parent['code'] for i in self.indicators) + 1}"
        self.places[code.lstrip(".")] = row.places[leaf.points]
        used = self._used(row)
        if used is not None:
            own = {"code": code.lstrip("."), "name": name, "parent": parent["code"], "points": {"*": plain(points)}}
            own |= {"unit": row.texts[leaf.unit]} if leaf.unit else {}
            own |= {"hooks": self.mapping.hooks} if self.mapping.hooks else {}
            own |= {"source": row.texts[leaf.source]} if leaf.source else {}
            self.indicators.append(own | used)
        return True

    def _above(self, row: Row) -> dict[str, Any]:
        """Give the node right above a row, making those of its levels that are new."""
        above = self.nodes[()]
        path: tuple[str, ...] = ()
        for depth, level in enumerate(self.mapping.levels, 1):
            path = (*path, row.texts[level.name])
            if path not in self.nodes:
                above = self._new(row, path, depth, level, above)
            above = self.nodes[path]
        return above

    def _new(self, row: Row, path: tuple[str, ...], depth: int, level: Level, above: dict[str, Any]) -> dict[str, Any]:
        siblings = sum(len(one) == depth and one[:-1] == path[:-1] for one in self.nodes)
        code = f"{above['code'].removeprefix(ROOT)}.{siblings + 1}".lstrip(".")
        full = self._number(row, level.points) if level.points else self.mapping.full if level.weight else None
        made = self._node(path, code, path[-1], self._combine(depth), None if full is None else plain(full))
        made["parent"] = above["code"]
        if level.weight:
            weight = self._number(row, level.weight)
            made["weight"] = {"*": plain(weight if weight is not None else Decimal(0))}
        self.places[code] = row.places[level.points or level.weight or level.name]
        return made

    def _number(self, row: Row, heading: str) -> Decimal | None:
        """Read a cell of points or weights; None where it is blank or no number, with a problem for the latter."""
        read = read_number(row.texts[heading], Wanted(), "", row.places[heading])
        if isinstance(read, Problem):
            self.problems.append(read)
            return None
        return read.value

    def _used(self, row: Row) -> dict[str, Any] | None:
        """Give what the first rule that holds says of the row, with its target where the scoring rule needs one."""
        leaf = self.mapping.leaf
        found = next((rule for rule in self.mapping.rules if rule.holds(dict(row.texts))), None)
        if found is None or "rule" not in found.use:
            self._wrong(row, leaf.target or leaf.name, "sheets.scheme_table_no_rule", name=row.texts[leaf.name])
            return None
        try:
            rule = _RULE.validate_python(found.use["rule"])
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            self._wrong(row, leaf.name, "sheets.scheme_table_rule", name=row.texts[leaf.name], reason=reason)
            return None
        used = dict(found.use)
        if leaf.target and row.texts[leaf.target]:
            used.setdefault("definition", f"{leaf.target}：{row.texts[leaf.target]}")
        if Needs.TARGET in rule.needs() and leaf.target and "target" not in used:
            target = self._target(row)
            used |= {} if target is None else {"target": {"value": plain(target)}}
        return used

    def _target(self, row: Row) -> Decimal | None:
        """Read the target in the row's unit of measure; None, with a warning, where it is none."""
        leaf = self.mapping.leaf
        given, unit = row.texts[leaf.target], row.texts[leaf.unit] if leaf.unit else ""
        read = read_number(given, Wanted(unit), "", row.places[leaf.target])
        if not isinstance(read, Problem) and read.value is not None:
            return read.value
        params = {"name": row.texts[leaf.name], "given": given or "-", "unit": unit or "-"}
        place = row.places[leaf.target]
        self.problems.append(Problem("sheets.scheme_table_target_open", params, place, Severity.WARNING))
        return None

    def _wrong(self, row: Row, heading: str, code: str, **params: object) -> None:
        self.problems.append(Problem(code, {"heading": heading, **params}, row.places[heading]))
