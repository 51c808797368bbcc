"""Mapping files read: every problem by line, and every figure checked against the scheme."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pydantic import ValidationError

from baton.engine.scheme.text.yaml_tree import Route, TreeReader, Unreadable, plain
from baton.sheets.forms import Field
from baton.sheets.reports.checks import parse_check
from baton.sheets.reports.mapping.model import EVENT_FIELDS, LONG_FIELDS, ColumnRule, ReportMapping, TableRule
from baton.words import Place, Problem, Refused


def read_report_mapping(text: str, name: str, fields: Mapping[tuple[str, str], Field]) -> ReportMapping:
    """Read a mapping file (YAML) for the fields of a scheme; raises Refused with every problem by line."""
    reader = TreeReader(text, name)
    try:
        documents = list(reader.documents())
        data, lines = plain(documents[0], name) if documents else ({}, {})
    except Unreadable as error:
        raise Refused([*reader.problems, error.problem]) from error
    if reader.problems:
        raise Refused(reader.problems)
    try:
        mapping = ReportMapping.model_validate(data or {})
    except ValidationError as error:
        found = error.errors()
        raise Refused([_finding(one["loc"], one["msg"], one["input"], lines, name) for one in found]) from error
    problems = list(_unknown(mapping, fields, lines, name))
    if problems:
        raise Refused(problems)
    return mapping


def _place(route: Route, lines: Mapping[Route, int], name: str) -> Place:
    known = next((route[:size] for size in range(len(route), -1, -1) if route[:size] in lines), ())
    return Place(file=name, field=".".join(map(str, route)), line=lines.get(known, 0))


def _finding(route: Route, reason: str, given: object, lines: Mapping[Route, int], name: str) -> Problem:
    params = {"field": ".".join(map(str, route)), "reason": reason, "given": str(given)[:60]}
    return Problem("sheets.mapping_wrong", params, _place(route, lines, name))


def _unknown(
    mapping: ReportMapping, fields: Mapping[tuple[str, str], Field], lines: Mapping[Route, int], name: str
) -> Iterator[Problem]:
    """Find figures, parts of events and checks that mean nothing."""
    keys = {field.key for field in fields.values()}
    figures = {figure for _, figure in fields}
    for number, table in enumerate(mapping.tables):
        for heading, column in table.columns.items():
            known = _known(table, column, keys, figures)
            given = column.field if table.layout in ("events", "long") else column.figure
            if known is not None and given not in known:
                near = get_close_matches(given, sorted(known), n=1)
                params = {"given": given, "heading": heading, "near": near[0] if near else "-"}
                place = _place(("tables", number, "columns", heading), lines, name)
                yield Problem("sheets.mapping_unknown_figure", params, place)
        for check in table.checks:
            parts = parse_check(check)
            unknown = [part for part in parts if part not in table.columns] if parts else [check]
            if unknown:
                params = {"given": check, "unknown": "、".join(unknown)}
                yield Problem("sheets.mapping_check", params, _place(("tables", number, "checks"), lines, name))


def _known(table: TableRule, column: ColumnRule, keys: set[str], figures: set[str]) -> set[str] | None:
    if column.role == "check":
        return None
    if table.layout in ("events", "long"):
        return set(EVENT_FIELDS if table.layout == "events" else LONG_FIELDS)
    return figures if table.layout == "indicators_in_rows" else keys
