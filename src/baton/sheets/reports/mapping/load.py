"""Mapping files read: every problem by line, and every figure checked against the scheme."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from baton.sheets.forms import Field
from baton.sheets.mapping_file import Locate, read_mapping_file
from baton.sheets.reports.checks import parse_check
from baton.sheets.reports.mapping.model import EVENT_FIELDS, LONG_FIELDS, ColumnRule, ReportMapping, TableRule
from baton.words import Problem, Refused


def read_report_mapping(text: str, name: str, fields: Mapping[tuple[str, str], Field]) -> ReportMapping:
    """Read a mapping file (YAML) for the fields of a scheme; raises Refused with every problem by line."""
    mapping, locate = read_mapping_file(text, name, ReportMapping)
    problems = list(_unknown(mapping, fields, locate))
    if problems:
        raise Refused(problems)
    return mapping


def _unknown(mapping: ReportMapping, fields: Mapping[tuple[str, str], Field], locate: Locate) -> Iterator[Problem]:
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
                place = locate(("tables", number, "columns", heading))
                yield Problem("sheets.mapping_unknown_figure", params, place)
        for check in table.checks:
            parts = parse_check(check)
            unknown = [part for part in parts if part not in table.columns] if parts else [check]
            if unknown:
                params = {"given": check, "unknown": "、".join(unknown)}
                yield Problem("sheets.mapping_check", params, locate(("tables", number, "checks")))


def _known(table: TableRule, column: ColumnRule, keys: set[str], figures: set[str]) -> set[str] | None:
    if column.role == "check":
        return None
    if table.layout in ("events", "long"):
        return set(EVENT_FIELDS if table.layout == "events" else LONG_FIELDS)
    return figures if table.layout == "indicators_in_rows" else keys
