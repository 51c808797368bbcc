"""Official days by hand: entered whole, taken back whole."""

from collections.abc import Sequence
from datetime import date

from baton.core.acting import Told
from baton.org.actions.imports.kind import Kind
from baton.org.models import Holiday
from baton.org.rules.imports import Change, Plan
from baton.org.workbooks.days import REST, WORK, read_days, read_lines
from baton.sheets.workbook.encoding import decode
from baton.words import Problem, Refused

LINES = ".txt"
"""What is pasted comes as a text file, one span of days a line."""


def known_days() -> dict[str, dict[str, str]]:
    """Give the days entered by hand."""
    return {
        one.day.isoformat(): {
            "arrangement": WORK if one.is_working else REST,
            "name": one.name,
            "source": one.source,
        }
        for one in Holiday.objects.all()
    }


def _read(content: bytes, name: str) -> Plan:
    if not name.lower().endswith(LINES):
        return read_days(content, name, known_days())
    decoded = decode(content)
    return read_lines(decoded.text if decoded else "", known_days())


def _take(changes: Sequence[Change], told: Told) -> None:
    _write(
        {one.key: one.after() for one in changes if one.new}, {one.key: one.after() for one in changes if not one.new}
    )
    _tell(told, "org.days_entered", changes)


def _undo(changes: list[Change], told: Told) -> None:
    now = known_days()
    gone = [one.key for one in changes if any(now.get(one.key, {}).get(k) != v for k, v in one.after().items())]
    if gone:
        raise Refused([Problem("org.undo_day_changed", {"day": day}) for day in gone])
    Holiday.objects.filter(day__in=[one.key for one in changes if one.new]).delete()
    _write({}, {one.key: one.before() for one in changes if not one.new})
    _tell(told, "org.days_taken_back", changes)


def _write(fresh: dict[str, dict[str, str]], changed: dict[str, dict[str, str]]) -> None:
    Holiday.objects.bulk_create(
        Holiday(
            day=date.fromisoformat(day),
            is_working=values["arrangement"] == WORK,
            name=values["name"],
            source=values["source"],
        )
        for day, values in fresh.items()
    )
    for day, values in changed.items():
        fields: dict[str, object] = {key: values[key] for key in ("name", "source") if key in values}
        if "arrangement" in values:
            fields["is_working"] = values["arrangement"] == WORK
        Holiday.objects.filter(day=day).update(**fields)


def _tell(told: Told, action: str, changes: Sequence[Change]) -> None:
    told.did(action, days=[one.key for one in changes])


DAYS = Kind(_read, _take, _undo)
