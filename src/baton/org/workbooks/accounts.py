"""The workbook 账号: one person a row, with the unit and the roles that are asked for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from baton.org.choices import ADMINISTRATORS, COUNTY_WIDE, Role
from baton.org.rules.imports import Change, Plan
from baton.org.workbooks.cells import Rows, rows_of
from baton.sheets.cells.text import close
from baton.sheets.table import Column, Holds
from baton.words import Language, Place, Problem, text

COLUMNS = (
    Column("name", ("姓名",), Holds.TEXT),
    Column("username", ("账号", "登录名"), Holds.TEXT),
    Column("unit", ("单位", "所在单位"), Holds.UNIT),
    Column("title", ("职务", "岗位"), Holds.TEXT, required=False),
    Column("roles", ("角色",), Holds.TEXT, required=False),
    Column("email", ("邮箱", "电子邮箱"), Holds.TEXT, required=False),
)
ASKED_FOR = tuple(role for role in Role if role not in ADMINISTRATORS)
"""Roles that a workbook may ask for; the three powers are given one by one."""
USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,63}\Z")
"""Sign-in names are typed on every kind of keyboard: letters, digits, dot, dash and underscore, two at least."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_LENGTHS = {"name": 100, "title": 200, "email": 254}


@dataclass(frozen=True, slots=True)
class Account:
    """An account that is there: its person's name, unit (code), and roles that it has or that are asked for."""

    username: str
    name: str
    unit: str
    roles: frozenset[str] = frozenset()


@dataclass
class _Reading:
    rows: Rows
    known: Mapping[str, Account]
    unit_code: Callable[[str, Place], str | Problem]
    seen: dict[str, int] = field(default_factory=dict)

    def change(self, row: int) -> Change | None:
        """Read one row; None where it says what is known."""
        rows, values = self.rows, self.values(row)
        username = values["username"]
        first = self.seen.setdefault(username.lower(), row)
        if username and first != row:
            rows.say("org.account_twice", row, "username", username=username, first=rows.place(first, "username").cell)
        roles, there = self.roles(row), self.known.get(username.lower())
        if there is None:
            after = {**values, "roles": "、".join(roles)}
            del after["username"]
            return Change(username, values["name"], True, {key: ("", value) for key, value in after.items()})
        if values["name"] and values["name"] != there.name:
            rows.say("org.account_is_anothers", row, "username", username=username, name=there.name)
        if values["unit"] and values["unit"] != there.unit:
            rows.say("org.account_elsewhere", row, "unit", username=username, unit=there.unit or "—")
        more = [role for role in roles if role not in there.roles]
        return Change(username, there.name, False, {"roles": ("", "、".join(more))}) if more else None

    def values(self, row: int) -> dict[str, str]:
        """Read the cells but the roles."""
        rows = self.rows
        found = {
            "name": rows.needed(row, "name", "org.account_without_name").replace(" ", ""),
            "username": rows.needed(row, "username", "org.account_without_username"),
            "title": rows.text(row, "title"),
            "email": rows.text(row, "email"),
        }
        if found["username"] and not USERNAME.match(found["username"]):
            rows.say("org.account_username", row, "username", given=found["username"])
        if found["email"] and not _EMAIL.match(found["email"]):
            rows.say("org.account_email", row, "email", given=found["email"])
        for key, most in _LENGTHS.items():
            if len(found[key]) > most:
                rows.say("org.row_too_long", row, key, given=len(found[key]), most=most)
        unit = self.unit_code(rows.text(row, "unit"), rows.place(row, "unit"))
        if isinstance(unit, Problem):
            rows.problems.append(unit)
        return {**found, "unit": "" if isinstance(unit, Problem) else unit}

    def roles(self, row: int) -> list[str]:
        """Read the roles, separated by commas of either kind, by their words in either language."""
        found = []
        given = self.rows.text(row, "roles")
        for words in re.split(r"[、,，;；]", given):
            role = role_words().get(close(words))
            if role is not None and role in ADMINISTRATORS:
                self.rows.say("org.account_power", row, "roles", given=words)
            elif role is not None:
                found.append(role.value)
            elif words.strip():
                choices = "、".join(text(f"org.role_{one.value}") for one in ASKED_FOR)
                self.rows.say("org.account_role", row, "roles", given=words.strip(), choices=choices)
        return list(dict.fromkeys(found))


def role_words() -> dict[str, Role]:
    """Give every role by its words, in both languages, as texts are compared."""
    return {close(text(f"org.role_{role.value}", language)): role for role in Role for language in Language}


def read_accounts(
    content: bytes, file: str, known: Mapping[str, Account], unit_code: Callable[[str, Place], str | Problem]
) -> Plan:
    """Try a workbook against the accounts that are there, by sign-in name in small letters.

    `unit_code` finds a unit by any of its names. Raises `Refused` where there is no such table at all.
    """
    rows = rows_of(content, file, COLUMNS)
    reading = _Reading(rows, known, unit_code)
    found = [reading.change(row) for row in rows]
    changes = tuple(one for one in found if one is not None)
    headers = {rows.table.sheet.name: rows.table.header[1]}
    return Plan(changes, len(found) - len(changes), tuple(rows.problems), headers)


def unit_of_role(role: str, unit: int) -> int | None:
    """Give the unit (its number) that a role asked for in a unit is tied to; county-wide roles are tied to none."""
    return None if Role(role) in COUNTY_WIDE else unit
