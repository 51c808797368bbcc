"""Until when units report and check for a special assessment, and which figures came in for it and which came late."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Min

from baton.assessment.choices import SpecialStage, SpecialVerdictState
from baton.assessment.models import Figure, Special, SpecialVerdict
from baton.assessment.rules.special_days import Reopened, SpecialDays
from baton.core import clock

type Key = tuple[int, str, str, str]
"""A figure by the unit's number, series, figure and period."""


def days_of(row: Special) -> SpecialDays:
    """Give the days of a special assessment, with what was opened again; lists read that for all of them at once."""
    opened = tuple(Reopened(SpecialStage(one.stage), one.unit_id, one.until) for one in row.reopenings.all())
    return SpecialDays(row.report_until, row.check_until, opened)


def came_in(row: Special) -> Mapping[Key, datetime]:
    """Give when each figure came in for it for the first time."""
    rows = Figure.objects.filter(batch__specials=row).order_by().values_list("unit", "series", "figure", "period")
    return {tuple(key): first for *key, first in rows.annotate(first=Min("batch__at"))}


def late_among(row: Special, came: Mapping[Key, datetime]) -> frozenset[Key]:
    """Give the figures that came for the first time after the last day that was planned.

    What is put right later was not late; a day that was opened again makes nobody punctual.
    """
    return frozenset(key for key, first in came.items() if clock.day_of(first) > row.report_until)


def late_figures(row: Special) -> frozenset[Key]:
    """Give the figures that came late; nothing is asked of the database while none can be."""
    return frozenset() if clock.today() <= row.report_until else late_among(row, came_in(row))


def newest_verdicts(row: Special) -> dict[tuple[str, int], SpecialVerdict]:
    """Give what was said last of each report, by series and number of the unit."""
    return _by_report(row.verdicts.select_related("by", "unit").order_by("pk"))


def returned_reports(row: Special) -> frozenset[tuple[str, int]]:
    """Give the reports, by series and number of the unit, that were sent back and not found right since."""
    newest = _by_report(row.verdicts.order_by("pk"))
    return frozenset(key for key, one in newest.items() if one.state == SpecialVerdictState.RETURNED)


def _by_report(verdicts: Iterable[SpecialVerdict]) -> dict[tuple[str, int], SpecialVerdict]:
    return {(one.series, one.unit_id): one for one in verdicts}
