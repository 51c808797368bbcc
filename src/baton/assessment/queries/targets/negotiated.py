"""Which figures of a year are targets that units negotiate, so that nobody is asked to type them."""

from collections.abc import Collection

from baton.assessment.models import Month, Target


def negotiated(month: Month, series: Collection[str]) -> frozenset[tuple[str, str, str, str]]:
    """Give them by unit (code), series, figure and period; one query."""
    rows = Target.objects.filter(year=month.year, series__in=series).order_by()
    keys = rows.values_list("unit__code", "series", "figure_name")
    return frozenset((*key, str(month.year)) for key in keys)
