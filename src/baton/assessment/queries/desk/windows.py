"""The windows in which a unit reports a month, by the source they wait for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import Stage
from baton.assessment.models import Month, Window
from baton.assessment.rules.windows import closed_because
from baton.core import clock
from baton.org.models import Unit
from baton.words import Problem


@dataclass(frozen=True, slots=True)
class Until:
    """Until when a window is open, and why it is not (None: it is). `waits_for`: a source that has not come yet."""

    closes: date
    closed: Problem | None
    waits_for: str = ""


def until_of(window: Window, day: date | None = None, reopened: Collection[date] | None = None) -> Until:
    """Say until when a window is open on a day (None: today); wants its release at hand.

    A window that waits for a source that has not come stays open, and its day moves with the source. `reopened`: the
    days up to which it was opened again; None where its reopenings are at hand.
    """
    today, release = day or clock.today(), window.release
    waits = release is not None and release.came is None
    if reopened is None:
        reopened = [one.until for one in window.reopenings.all()]
    closes = max([window.closes, *reopened, *([today] if waits and window.opens <= today else [])])
    closed = closed_because(window.opens, max(window.closes, today) if waits else window.closes, reopened, today)
    return Until(closes, closed, release.source if release is not None and waits else "")


def report_windows(month: Month, unit: Unit) -> dict[str, Until]:
    """Give the windows in which a unit reports a month, by source; under the empty text the one that waits for none."""
    rows = Window.objects.filter(month=month, stage=Stage.REPORT, unit=unit)
    rows = rows.select_related("release").prefetch_related("reopenings")
    return {row.release.source if row.release else "": until_of(row) for row in rows}


def no_window() -> Until:
    """Stand for a window that was never opened."""
    return Until(clock.today(), Problem("assessment.window_none"))
