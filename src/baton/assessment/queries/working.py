"""Which days are worked, out of the holidays that `org` keeps."""

from datetime import date

from baton.assessment.rules.days import Works
from baton.org.models import Holiday

_FRIDAY = 4


def works() -> Works:
    """Give a function that tells working days; days that are not in the calendar go by their weekday. One query."""
    known = dict(Holiday.objects.values_list("day", "is_working"))

    def worked(day: date) -> bool:
        return known.get(day, day.weekday() <= _FRIDAY)

    return worked
