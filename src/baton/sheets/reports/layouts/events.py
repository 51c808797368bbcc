"""Events: one row per bonus, deduction or veto, read by the columns of their parts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Literal

from baton.engine.scheme.adjustments import Bonus, Deduction, Event, Veto
from baton.engine.scheme.indicators import Indicator
from baton.sheets.cells import Wanted, absent, read_number
from baton.sheets.cells.text import close, plain
from baton.sheets.reports.context import Context
from baton.sheets.reports.model import FileTaken, TakenEvent
from baton.sheets.workbook import Sheet, Value
from baton.words import Place, Problem, Severity

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[T\s]\s*\d{1,2}:\d\d(?::\d\d)?)?\Z")
_YES, _NO = frozenset({"是", "√", "已认定", "认定", "yes", "y"}), frozenset({"否", "×", "未认定", "不认定", "no", "n"})


def read_events(
    context: Context, sheet: Sheet, columns: Mapping[str, int], rows: Iterable[int], taken: FileTaken
) -> None:
    """Read events into what a file gave; `columns` gives the column of each part; no unit and no item: a blank row."""
    for row in rows:
        reader = _Row(context, sheet, columns, row, taken)
        if reader.text("unit") or reader.text("item"):
            event = reader.event()
            if event is not None:
                taken.events.append(TakenEvent(event, reader.place("item")))
                taken.units.add(event.unit)


def read_day(raw: Value) -> date | Literal[False] | None:
    """Read a day: a date cell or 2025-06-30, 2025.6.30, 2025年6月30日; None for none, False for what is no day.

    A time of day behind it is passed over.
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    given = plain(str(raw))
    if absent(given) is not None:
        return None
    match = _DAY.match(given)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else False
    except ValueError:
        return False


@dataclass(slots=True)
class _Row:
    """One row being read; `sound` turns false with the first problem."""

    context: Context
    sheet: Sheet
    columns: Mapping[str, int]
    row: int
    taken: FileTaken
    sound: bool = True

    def place(self, part: str) -> Place:
        """Give the place of a part, that of the unit where the table has no such column."""
        return self.sheet.place(self.row, self.columns.get(part, self.columns["unit"]))

    def value(self, part: str) -> Value:
        """Give the raw value of a part; empty where the table has no such column."""
        return self.sheet.value(self.row, self.columns[part]) if part in self.columns else ""

    def text(self, part: str) -> str:
        """Give a part as text, empty for marks of nothing; a whole number loses its .0."""
        raw = self.value(part)
        if isinstance(raw, float) and raw.is_integer():
            return str(int(raw))
        words = plain(str(raw))
        return "" if absent(words) is not None else words

    def refuse(self, problem: Problem) -> None:
        """Note a problem of the row."""
        self.taken.problems.append(problem)
        self.sound = False

    def event(self) -> Event | None:
        """Read the whole row; None if any part of it is refused."""
        on = self.day("on")
        unit = self.unit(on)
        item = self.code("item", self._items())
        event_parts = {
            "quantity": self.number("quantity"),
            "points": self.number("points"),
            "share": self.number("share"),
        }
        indicator = self.code("indicator", {one.code: one.name for one in self.context.scheme.indicators})
        confirmed = self.confirmed()
        self.told(item, confirmed)
        share = event_parts["share"]
        if share is not None and not 0 < share <= 1:
            params = {"given": self.text("share"), "field": "份额", "allowed": "0—1"}
            self.refuse(Problem("sheets.not_on_list", params, self.place("share")))
        if not self.sound or unit is None or not item:
            return None
        return Event(
            unit=unit,
            item=item,
            matter=self.text("matter"),
            level=self.text("level"),
            quantity=event_parts["quantity"],
            points=event_parts["points"],
            share=Decimal(1) if share is None else share,
            indicator=indicator or None,
            on=on,
            document=self.text("document"),
            confirmed=confirmed,
            note=self.text("note"),
        )

    def _items(self) -> dict[str, str]:
        scheme = self.context.scheme
        items: tuple[Bonus | Deduction | Veto | Indicator, ...] = (
            *scheme.indicators,
            *scheme.bonuses,
            *scheme.deductions,
            *scheme.vetoes,
        )
        return {item.code: item.name for item in items}

    def unit(self, on: date | None) -> str | None:
        """Find the unit as it is called at the end of the year of the event."""
        year = f"{(on or self.context.scheme.effective_from).year}"
        code, problems = self.context.unit(self.text("unit"), year, self.place("unit"))
        self.taken.problems += problems
        self.sound &= code is not None
        return code

    def code(self, part: str, known: Mapping[str, str]) -> str:
        """Read a code, a name, or both with a blank between (`B1 受表彰奖励`)."""
        given = self.text(part)
        if not given and part != "item":
            return ""
        found = [code for code, name in known.items() if close(given) in (close(code), close(name), close(code + name))]
        if len(found) == 1:
            return found[0]
        labels = [f"{code} {name}" for code, name in known.items()]
        near = get_close_matches(given, [*known, *known.values(), *labels], n=3)
        params = {"given": given or "—", "near": "、".join(near) or "-"}
        self.refuse(Problem("sheets.event_unknown_code", params, self.place(part)))
        return ""

    def number(self, part: str) -> Decimal | None:
        """Read a number, None where there is none."""
        read = read_number(self.value(part), Wanted(), "", self.place(part))
        if isinstance(read, Problem):
            self.refuse(read)
            return None
        return read.value

    def day(self, part: str) -> date | None:
        """Read a day."""
        day = read_day(self.value(part))
        if day is False:
            self.refuse(Problem("sheets.not_a_day", {"given": self.text(part)}, self.place(part)))
        return day or None

    def confirmed(self) -> bool:
        """Read whether the event was confirmed; a table without the column holds confirmed events only."""
        if "confirmed" not in self.columns:
            return True
        word = close(self.text("confirmed"))
        if word not in _YES | _NO:
            params = {"given": self.text("confirmed") or "—", "field": "是否认定", "allowed": "是、否"}
            self.refuse(Problem("sheets.not_on_list", params, self.place("confirmed")))
        return word in _YES

    def told(self, item: str, confirmed: bool) -> None:
        """Warn where a deduction or veto is confirmed though the form does not say that the unit was told before."""
        scheme = self.context.scheme
        against = {one.code for one in scheme.deductions} | {one.code for one in scheme.vetoes}
        if confirmed and item in against and "notified" in self.columns and self.day("notified") is None:
            params = {"item": item, "unit": self.text("unit")}
            place = self.place("notified")
            self.taken.problems.append(Problem("sheets.event_not_notified", params, place, Severity.WARNING))
