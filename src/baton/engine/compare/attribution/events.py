"""Events that a blend of two cases can answer, in its year."""

from collections.abc import Iterator
from datetime import date

from baton.engine.compare.attribution.parts import Case
from baton.engine.scheme.adjustments import Event
from baton.engine.scheme.model import Scheme


def events_of(case: Case, scheme: Scheme, year: int) -> Iterator[Event]:
    """Give the events of a case that concern units and items of a blend, moved into its year."""
    assessed = {unit.code for unit in scheme.units if unit.group is not None}
    items = {one.code for part in (scheme.bonuses, scheme.deductions, scheme.vetoes) for one in part}
    items |= {one.code for one in scheme.indicators}
    for event in case.panel.events:
        if event.unit in assessed and event.item in items:
            yield event if event.on is None else event.model_copy(update={"on": _in_year(event.on, case.year, year)})


def _in_year(day: date, before: int, after: int) -> date:
    """Move a day from the year of its case to that of a blend; the last of February stays that."""
    if day.year != before or before == after:
        return day
    return day.replace(year=after, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=after)
