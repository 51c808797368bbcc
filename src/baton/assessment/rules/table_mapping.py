"""An office's own table of indicators mapped by hand: what each column is, as a mapping file says it, and back."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from baton.assessment.rules.scheme_edits import checked, data_of
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_flow, written
from baton.sheets.line_form import options_of
from baton.sheets.line_form.options import MODELS
from baton.sheets.scheme_table import SchemeTable
from baton.words import Place, Problem, Refused

LEVELS = 3
ROLES = (
    *(f"{name}{level}" for level in range(1, LEVELS + 1) for name in ("level", "weight", "points")),
    *("name", "points", "unit", "target", "source"),
)
"""What a column can be: name, weight or full points of a level of the tree; or something of the indicator itself."""
RULES = 5
"""Rows for rules on the page; a file may have more."""
KINDS = tuple(
    kind
    for kind in MODELS["rule"]
    if (options := options_of("rule", kind)) is not None
    and kind != "rank_points"
    and not any(one.required for one in options)
)
"""Kinds of rules that can do without options (排名赋分 cannot: it wants a step or a table); the form does the rest."""
_LEVEL = re.compile(r"([一二三四])级(?:指标)?(?:名称)?$")
_MARKS = {
    "name": re.compile(r"指标名称|考核指标|考核内容|考核事项|工作任务|评价指标"),
    "unit": re.compile(r"计量单位|^单位$"),
    "target": re.compile(r"目标"),
    "source": re.compile(r"来源|提供单位|责任单位|牵头"),
    "weight": re.compile(r"权重"),
    "points": re.compile(r"分值|满分|基本分|标准分|^分$|得分"),
}


def guess(labels: Mapping[int, str]) -> dict[int, str]:
    """Suggest what the columns are by their headings, each role once; a person looks over it."""
    levels = {column: label for column, label in labels.items() if _LEVEL.search(label)}
    names = [column for column, label in labels.items() if _MARKS["name"].search(label) and column not in levels]
    ordered = list(levels)
    name = names[0] if names else ordered.pop() if ordered else None
    found = {column: f"level{number}" for number, column in enumerate(ordered[:LEVELS], 1)}
    if name is not None:
        found[name] = "name"
    for column, label in labels.items():
        if column in found:
            continue
        role = next((role for role in _MARKS if role != "name" and _MARKS[role].search(label)), "")
        if role in ("weight", "points"):
            role = _beside(found, column, role)
        if role and role not in found.values():
            found[column] = role
    return found


def _beside(found: Mapping[int, str], column: int, role: str) -> str:
    """Give the role of points or weights by what stands left of them: of a level, or of the indicator."""
    left = [found[one] for one in sorted(found) if one < column and (found[one] == "name" or "level" in found[one])]
    if not left or left[-1] == "name":
        return "points"
    return f"{role}{left[-1].removeprefix('level')}"


def mapping_of(given: Mapping[str, str], labels: Mapping[int, str], units: tuple[str, ...]) -> SchemeTable:
    """Make the mapping that a form says; raises `Refused` with every problem at its field."""
    problems: list[Problem] = []
    roles: dict[str, str] = {}
    for column, label in labels.items():
        role = given.get(f"role-{column}", "")
        if role in roles:
            problems.append(Problem("workshop.role_twice", {"label": label}, Place(field=f"role-{column}")))
        elif role in ROLES:
            roles[role] = label
    first = min(labels, default=0)
    lacking = [role for role in ("name", "points") if role not in roles]
    problems += [Problem(f"workshop.role_lacks_{role}", {}, Place(field=f"role-{first}")) for role in lacking]
    if not units:
        problems.append(Problem("workshop.table_units_lacking", {}, Place(field="units")))
    rules = list(_rules(given, set(labels.values()), problems))
    if problems:
        raise Refused(problems)
    return _validated(
        {
            "code": given.get("code", "").strip(),
            "name": given.get("name", "").strip(),
            "effective_from": f"{given.get('year', '').strip()}-01-01",
            "full": given.get("full", "").strip() or "100",
            "units": list(units),
            "levels": _levels(roles),
            "leaf": _leaf(roles, given),
            "passed_rows": _passed(roles, given),
            "rules": rules,
        }
    )


def _levels(roles: Mapping[str, str]) -> list[dict[str, str]]:
    found = []
    for level in range(1, LEVELS + 1):
        if f"level{level}" in roles:
            parts = {"name": f"level{level}", "weight": f"weight{level}", "points": f"points{level}"}
            found.append({name: roles[role] for name, role in parts.items() if role in roles})
    return found


def _leaf(roles: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    leaf = {name: roles[name] for name in ("name", "points", "unit", "target", "source") if name in roles}
    return leaf | ({"without_points": "leave_out"} if given.get("without_points") == "leave_out" else {})


def _passed(roles: Mapping[str, str], given: Mapping[str, str]) -> dict[str, list[str]]:
    words = [word for word in re.split(r"[、，,\s]+", given.get("passed", "")) if word]
    return {roles[role]: words for role in ("level1", "name") if role in roles} if words else {}


def _rules(given: Mapping[str, str], labels: set[str], problems: list[Problem]) -> Iterator[dict[str, Any]]:
    """Read the rows of rules; one without a condition holds for every row that no rule above it holds for."""
    for number in range(1, RULES + 1):
        kind = given.get(f"kind-{number}", "")
        if kind not in KINDS:
            continue
        heading, pattern = given.get(f"when-{number}", ""), given.get(f"like-{number}", "").strip()
        if heading in labels and not pattern:
            problems.append(Problem("workshop.rule_pattern_lacking", {}, Place(field=f"like-{number}")))
        rule: dict[str, Any] = {"kind": kind}
        if kind == "attain" and (line := given.get(f"line-{number}", "").strip()):
            rule["line"] = line
        use: dict[str, Any] = {"rule": rule}
        if given.get(f"direction-{number}") == "lower":
            use["direction"] = "lower"
        yield {"when": {heading: [pattern]}, "use": use} if heading in labels else {"use": use}
    if not any(given.get(f"kind-{number}") in KINDS for number in range(1, RULES + 1)):
        problems.append(Problem("vocabulary.no_kind", {}, Place(field="kind-1")))


def _validated(data: dict[str, Any]) -> SchemeTable:
    try:
        return SchemeTable.model_validate(data)
    except ValidationError as error:
        fields = {"effective_from": "year", "leaf": "role-0"}
        raise Refused(
            Problem(
                "workshop.table_field_wrong",
                {"given": str(one["input"])[:40] or "—"},
                Place(field=fields.get(str(one["loc"][0]), str(one["loc"][0]))),
            )
            for one in error.errors()
        ) from None


def text_of(mapping: SchemeTable) -> str:
    """Write a mapping as the file that the command line reads, too."""
    data = written(mapping)
    assert isinstance(data, dict)
    return "\n".join(to_flow({name: value}) for name, value in data.items()) + "\n"


def fields_of(mapping: SchemeTable, labels: Mapping[int, str]) -> dict[str, str]:
    """Give what the form shows of a mapping over the headings of a table."""
    leaf = {role: getattr(mapping.leaf, role) for role in ("name", "points", "unit", "target", "source")}
    roles = {heading: role for role, heading in leaf.items() if heading}
    for number, level in enumerate(mapping.levels[:LEVELS], 1):
        parts = {level.name: "level", level.weight: "weight", level.points: "points"}
        roles |= {heading: f"{name}{number}" for heading, name in parts.items() if heading}
    found = {f"role-{column}": roles.get(label, "") for column, label in labels.items()}
    found["without_points"] = mapping.leaf.without_points
    found["full"] = str(mapping.full)
    found["passed"] = "、".join(next(iter(mapping.passed_rows.values()), ()))
    for number, rule in enumerate(mapping.rules[:RULES], 1):
        found |= dict(_rule_fields(number, rule.when, rule.use))
    return found


def _rule_fields(number: int, when: Mapping[str, tuple[str, ...]], use: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    heading, patterns = next(iter(when.items()), ("", ("",)))
    rule = use.get("rule", {})
    yield f"when-{number}", heading
    yield f"like-{number}", patterns[0]
    yield f"kind-{number}", str(rule.get("kind", ""))
    yield f"line-{number}", str(rule.get("line", ""))
    yield f"direction-{number}", str(use.get("direction", ""))


def with_units(scheme: Scheme, codes: Mapping[str, str]) -> Scheme:
    """Give the units of a scheme out of a table the codes that the county's list has for their names."""
    data = data_of(scheme)
    units = [unit | {"code": codes.get(unit["name"], unit["code"])} for unit in data["units"]]
    return checked(data | {"units": units})
