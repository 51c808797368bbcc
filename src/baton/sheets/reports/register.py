"""The register of incoming files: when each was due and when it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from baton.sheets.cells.text import close
from baton.sheets.reports.layouts.events import read_day
from baton.sheets.table import Column, Holds, find_table_in
from baton.sheets.workbook import read_workbook
from baton.words import Problem, Refused

REGISTER = "收件登记.csv"
"""The name under which the register lies in the folder of the files."""
_COLUMNS = (
    Column("file", ("文件名", "文件"), Holds.TEXT),
    Column("due", ("应报日期", "应报时间", "截止日期"), Holds.TEXT),
    Column("received", ("收到时间", "收到日期", "收件日期"), Holds.TEXT),
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a file was due and when it came; None where the register does not say."""

    due: date | None
    received: date | None


def read_register(source: Path | bytes, name: str = REGISTER) -> Mapping[str, Arrival]:
    """Read a register by the names of files, without folder and as `close` writes them.

    Raises Refused with every day that cannot be read.
    """
    table = find_table_in(read_workbook(source, name), _COLUMNS)
    found: dict[str, Arrival] = {}
    problems = list(table.problems) if any(one.code == "sheets.column_missing" for one in table.problems) else []
    if problems:
        raise Refused(problems)
    for row in table.rows:
        days = {}
        for key in ("due", "received"):
            day = read_day(table.value(row, key))
            if day is False:
                given = str(table.value(row, key))
                problems.append(Problem("sheets.not_a_day", {"given": given}, table.place(row, key)))
            days[key] = day or None
        found[close(PurePath(str(table.value(row, "file"))).name)] = Arrival(days["due"], days["received"])
    if problems:
        raise Refused(problems)
    return found
