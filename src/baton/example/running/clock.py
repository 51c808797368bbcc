"""The days on which things happened: the clock set to a moment while something is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

ZONE = ZoneInfo("Asia/Shanghai")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the clock to a moment while something is done."""
    before = settings.CLOCK_OFFSET
    settings.CLOCK_OFFSET = moment - timezone.now()
    try:
        yield
    finally:
        settings.CLOCK_OFFSET = before
