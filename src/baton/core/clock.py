"""What time it is. Whoever needs to know asks here, so that a demo and a test can live on a day of their own."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Give the present moment, with its time zone; `CLOCK_OFFSET` (timedelta) of the settings moves it."""
    return timezone.now() + settings.CLOCK_OFFSET


def real_now() -> datetime:
    """Give the moment by the machine's own clock, unmoved: for sessions and queues of libraries, which go by it."""
    return timezone.now()


def today() -> date:
    """Give the present day in the county's time zone."""
    return timezone.localtime(now()).date()


def day_of(moment: datetime) -> date:
    """Give the day of a moment in the county's time zone."""
    return timezone.localtime(moment).date()


def minute_of(moment: datetime) -> str:
    """Give a moment as sentences say it: day and minute in the county's time zone, `2026-10-09 12:30`."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
