"""Which days are worked, by the county's calendar that `org` keeps."""

from datetime import date

from baton.assessment.rules.days import Works
from baton.org.queries.calendar import worked_days

_FRIDAY = 4


def works() -> Works:
    """Give a function that tells working days; one query.

    Days of a year whose holidays nobody has entered yet go by their weekday: a contest in December is answered in
    January, and must not be refused because the State Council has not spoken. The calendar's page tells such years.
    """
    known = worked_days()

    def worked(day: date) -> bool:
        return known.get(day, day.weekday() <= _FRIDAY)

    return worked
