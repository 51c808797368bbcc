"""How long there is still, in words: working days and hours by the server's clock; colour never says it alone."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localtime

from baton.assessment.rules.days import Works, working_days_between
from baton.core import clock
from baton.web.templatetags.words import page_language
from baton.words import text

_SOON = 2
"""Working days from which on a deadline is near."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """Words, and how pressing it is: `good`, `warn` (near), `bad` (over)."""

    words: str
    tone: str
    day: date


def countdown(closes: date, works: Works) -> Countdown:
    """Say how long there is up to the end of a day."""
    today, language = clock.today(), page_language()
    day = closes.isoformat()
    if closes < today:
        over = working_days_between(closes, today, works)
        return Countdown(text("reporting.due_over", language, day=day, days=over), "bad", closes)
    now = localtime(clock.now())
    midnight = (now + timedelta(1)).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = int((midnight - now).total_seconds() // timedelta(hours=1).total_seconds())
    days = working_days_between(today, closes, works)
    if not days:
        return Countdown(text("reporting.due_in_hours", language, hours=hours), "warn", closes)
    words = text("reporting.due_in_days", language, days=days, hours=hours, day=day)
    return Countdown(words, "warn" if days <= _SOON else "good", closes)
