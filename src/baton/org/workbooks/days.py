"""Official days by hand: a workbook 放假安排, or lines pasted from a notice; both are read by the same rules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from baton.org.rules.imports import Change, Plan, compared
from baton.org.workbooks.cells import rows_of
from baton.sheets.cells import read_moment
from baton.sheets.cells.text import close, plain
from baton.sheets.table import Column, Holds
from baton.words import Place, Problem

COLUMNS = (
    Column("first", ("日期", "起始日期", "起"), Holds.TEXT),
    Column("last", ("至", "终止日期", "止"), Holds.TEXT, required=False),
    Column("arrangement", ("安排", "休或班"), Holds.UNIT),
    Column("name", ("节日", "名称"), Holds.TEXT),
    Column("source", ("依据", "来源"), Holds.TEXT, required=False),
)
REST, WORK = "休", "班"
_ARRANGEMENTS = {REST: False, "放假": False, "休息": False, "off": False, WORK: True, "上班": True, "work": True}
_LONGEST = 31
"""Days of one line at most: no holiday is longer than a month, so a longer one is a slip in the year."""
_LINE = re.compile(r"(?P<first>\S+?)\s*(?:(?:至|到|~|—|–|--)\s*(?P<last>\d\S*))?\s+(?P<what>\S+)\s+(?P<name>\S.*)\Z")


@dataclass
class Days:
    """Days gathered from a table or from lines, each with the place it came from."""

    source: str = ""
    found: dict[date, tuple[bool, str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, given: Mapping[str, object], place: Mapping[str, Place]) -> None:
        """Read one span of days: `first`, `last`, `arrangement`, `name`, `source`."""
        first, last = self._day(given["first"], place["first"]), self._day(given.get("last", ""), place["last"])
        worked = _ARRANGEMENTS.get(close(str(given["arrangement"])))
        name = plain(str(given["name"]))
        if first is None and str(given["first"]).strip() == "":
            self.problems.append(Problem("org.days_without_day", {}, place["first"]))
        if worked is None:
            params: dict[str, object] = {"given": str(given["arrangement"]) or "—"}
            self.problems.append(Problem("org.days_arrangement", params, place["arrangement"]))
        if not name:
            self.problems.append(Problem("org.days_without_name", {}, place["name"]))
        if first is None or worked is None:
            return
        for day in self._span(first, last or first, place["last"]):
            said = worked, name[:100], plain(str(given.get("source", ""))) or self.source
            if self.found.setdefault(day, said)[0] != worked:
                self.problems.append(Problem("org.days_contradict", {"day": day.isoformat()}, place["first"]))

    def _day(self, given: object, place: Place) -> date | None:
        moment = read_moment(given if isinstance(given, date) else str(given))
        if moment is False:
            self.problems.append(Problem("org.not_a_day", {"given": str(given)}, place))
        return date.fromisoformat(moment[:10]) if moment else None

    def _span(self, first: date, last: date, place: Place) -> Iterator[date]:
        length = (last - first).days + 1
        if length < 1:
            params = {"begins": first.isoformat(), "ends": last.isoformat()}
            self.problems.append(Problem("org.ends_before_it_begins", params, place))
        elif length > _LONGEST:
            too_many = {"first": first.isoformat(), "last": last.isoformat(), "most": _LONGEST}
            self.problems.append(Problem("org.days_too_many", too_many, place))
        else:
            yield from (first + number * timedelta(days=1) for number in range(length))

    def plan(self, known: Mapping[str, Mapping[str, str]], headers: Mapping[str, int]) -> Plan:
        """Give what the days would change."""
        changes: list[Change] = []
        for day, (worked, name, source) in sorted(self.found.items()):
            key, after = day.isoformat(), {"arrangement": WORK if worked else REST, "name": name, "source": source}
            change = compared(key, key, known.get(key), after)
            changes += [change] if change else []
        return Plan(tuple(changes), len(self.found) - len(changes), tuple(self.problems), headers)


def read_days(content: bytes, file: str, known: Mapping[str, Mapping[str, str]]) -> Plan:
    """Try a workbook against the days entered so far (by day, as text)."""
    rows = rows_of(content, file, COLUMNS)
    days = Days(problems=rows.problems)
    for row in rows:
        given = {column.key: rows.table.value(row, column.key) if rows.has(column.key) else "" for column in COLUMNS}
        place = {column.key: rows.place(row, column.key if rows.has(column.key) else "first") for column in COLUMNS}
        days.add(given, place)
    return days.plan(known, {rows.table.sheet.name: rows.table.header[1]})


def read_lines(written: str, known: Mapping[str, Mapping[str, str]]) -> Plan:
    """Try lines such as `2027-02-05至2027-02-11 休 春节`, one span of days each; problems name the line."""
    days = Days()
    for number, line in enumerate(written.splitlines(), 1):
        if not line.strip():
            continue
        place = Place(cell=str(number), field="lines")
        match = _LINE.match(plain(line))
        if match is None:
            days.problems.append(Problem("org.days_line", {"line": number, "given": line.strip()[:60]}, place))
            continue
        given = {
            "first": match["first"],
            "last": match["last"] or "",
            "arrangement": match["what"],
            "name": match["name"],
        }
        days.add(given, {column.key: place for column in COLUMNS})
    return days.plan(known, {})
