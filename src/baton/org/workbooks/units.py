"""The workbook 单位: one unit a row, villages and communities too; read into what it would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from baton.org.rules.imports import Change, Plan, compared
from baton.org.workbooks.cells import Rows, rows_of
from baton.sheets.cells.text import close
from baton.sheets.table import Column, Holds
from baton.sheets.units import Match, UnitNames
from baton.words import Problem

COLUMNS = (
    Column("code", ("代码", "单位代码"), Holds.TEXT),
    Column("name", ("名称", "单位名称", "全称"), Holds.UNIT),
    Column("short_name", ("简称",), Holds.TEXT, required=False),
    Column("aliases", ("别名", "其他写法"), Holds.TEXT, required=False),
    Column("kind", ("类别", "性质"), Holds.TEXT, required=False),
    Column("parent", ("上级单位", "上级"), Holds.TEXT, required=False),
    Column("valid_from", ("起始日期", "起"), Holds.TEXT, required=False),
    Column("valid_to", ("终止日期", "止"), Holds.TEXT, required=False),
    Column("note", ("备注", "说明事项"), Holds.TEXT, required=False),
)
FIELDS = tuple(column.key for column in COLUMNS if column.key != "code")
LENGTHS = {"code": 64, "name": 200, "short_name": 100, "kind": 64, "note": 400}
"""What the database holds, in characters."""


@dataclass(frozen=True, slots=True)
class _Named:
    code: str
    name: str
    short_name: str
    aliases: Sequence[str] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: Sequence[str] = ()


def read_units(content: bytes, file: str, known: Mapping[str, Mapping[str, str]]) -> Plan:
    """Try a workbook against the units that are known (by code, every field as text).

    Raises `Refused` where there is no such table at all; everything else is a problem at its cell.
    """
    rows = rows_of(content, file, COLUMNS)
    given = {row: _values(rows, row) for row in rows}
    _doubles(rows, given)
    _parents(rows, given, known)
    _circles(rows, given, known)
    changes: list[Change] = []
    for row, values in given.items():
        code = values["code"]
        after = {field: values[field] for field in FIELDS if rows.has(field)}
        before = known.get(code)
        if before is not None and after["name"] and before["name"] != after["name"]:
            rows.say("org.row_renames", row, "name", code=code, name=before["name"])
        change = compared(code, values["name"], before, after)
        changes += [change] if change else []
    headers = {rows.table.sheet.name: rows.table.header[1]}
    return Plan(tuple(changes), len(given) - len(changes), tuple(rows.problems), headers)


def _values(rows: Rows, row: int) -> dict[str, str]:
    values = {key: rows.text(row, key) for key in (*LENGTHS, "parent")}
    for key, code in (("code", "org.row_without_code"), ("name", "org.row_without_name")):
        if not values[key]:
            rows.say(code, row, key)
    for key, most in LENGTHS.items():
        if len(values[key]) > most:
            rows.say("org.row_too_long", row, key, given=len(values[key]), most=most)
    aliases = rows.text(row, "aliases").replace("，", "、").replace(",", "、").replace("；", "、").replace(";", "、")
    values["aliases"] = "、".join(sorted({one.strip() for one in aliases.split("、")} - {""}))
    begins, ends = rows.day(row, "valid_from"), rows.day(row, "valid_to")
    if begins and ends and ends < begins:
        rows.say("org.ends_before_it_begins", row, "valid_to", begins=begins.isoformat(), ends=ends.isoformat())
    values["valid_from"], values["valid_to"] = begins.isoformat() if begins else "", ends.isoformat() if ends else ""
    return values


def _doubles(rows: Rows, given: Mapping[int, Mapping[str, str]]) -> None:
    """Report codes that stand in two rows, and names that two units under one parent share."""
    codes: dict[str, int] = {}
    names: dict[tuple[str, str], int] = {}
    for row, values in given.items():
        code = close(values["code"])
        if code and codes.setdefault(code, row) != row:
            rows.say("org.row_code_twice", row, "code", code=values["code"], first=rows.place(codes[code], "code").cell)
        name = close(values["name"]), close(values["parent"])
        there = names.setdefault(name, row)
        if values["name"] and there != row and not values["valid_to"] and not given[there]["valid_to"]:
            rows.say("org.row_name_twice", row, "name", name=values["name"], first=rows.place(there, "name").cell)


def _parents(rows: Rows, given: Mapping[int, dict[str, str]], known: Mapping[str, Mapping[str, str]]) -> None:
    """Replace what stands for the unit above by its code; near names are suggested, never taken."""
    units = {code: _Named(code, one["name"], one["short_name"]) for code, one in known.items()}
    units |= {one["code"]: _Named(one["code"], one["name"], one["short_name"]) for one in given.values() if one["code"]}
    names = UnitNames(units.values())
    for row, values in given.items():
        if not values["parent"]:
            continue
        found = names.find(values["parent"])
        if isinstance(found, Match):
            values["parent"] = found.code
        else:
            rows.problems.append(Problem(found.code, found.params, rows.place(row, "parent")))
            values["parent"] = ""


def _circles(rows: Rows, given: Mapping[int, Mapping[str, str]], known: Mapping[str, Mapping[str, str]]) -> None:
    """Report units that would come to stand below themselves."""
    above = {code: one["parent"] for code, one in known.items()}
    if rows.has("parent"):
        above |= {one["code"]: one["parent"] for one in given.values()}
    for row, values in given.items():
        at, seen = above.get(values["code"], ""), set()
        while at and at not in seen and at != values["code"]:
            seen.add(at)
            at = above.get(at, "")
        if at and at == values["code"]:
            rows.say("org.row_below_itself", row, "parent", name=values["name"])
