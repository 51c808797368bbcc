"""Which figures of a year are entered from counted sheets, so that nobody is asked to type them."""

from collections.abc import Collection

from baton.assessment.choices import TallyState
from baton.assessment.models import TallyLine


def tallied(year: int, series: Collection[str]) -> frozenset[tuple[str, str]]:
    """Give them by unit (code) and series, those that wait for a second person too; one query."""
    rows = TallyLine.objects.filter(tally__annual__year=year, tally__series__in=series)
    counting = rows.filter(tally__state__in=(TallyState.WAITING, TallyState.CONFIRMED)).order_by()
    return frozenset(counting.values_list("unit__code", "tally__series"))
