"""When a month is reported, verified and checked; which window lets whom change a figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import Stage
from baton.assessment.rules.days import Works, day_after, on_working_day, working_days_after
from baton.words import Problem

_AFTER_REPORTING = (Stage.VERIFY, Stage.CHECK)


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of a window, both included."""

    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class MonthDays:
    """The days of the calendar as the county decided them (`parameters.toml`): days of the following month."""

    report_first_day: int
    report_last_day: int
    verify_last_day: int
    check_last_day: int
    publish_day: int
    days_after_release: int

    def window(self, stage: Stage, month: str, works: Works) -> Days:
        """Give the days of a stage of a month for figures that wait for nobody; each stage begins where one ended.

        Holidays that move the end of a stage leave the next one a working day at least.
        """
        last = {
            Stage.REPORT: self.report_last_day,
            Stage.VERIFY: self.verify_last_day,
            Stage.CHECK: self.check_last_day,
        }
        first = {
            Stage.REPORT: self.report_first_day,
            Stage.VERIFY: self.report_last_day + 1,
            Stage.CHECK: self.verify_last_day + 1,
        }
        opens = day_after(month, first[stage])
        closes = on_working_day(day_after(month, self.report_last_day), works)
        for after in _AFTER_REPORTING[: _AFTER_REPORTING.index(stage) + 1] if stage in _AFTER_REPORTING else ():
            closes = max(on_working_day(day_after(month, last[after]), works), working_days_after(closes, 1, works))
        return Days(min(opens, closes), closes)

    def after_release(self, stage: Stage, came: date, works: Works) -> date:
        """Give the last day of a stage for figures that come from above on a day; stages after the first have as long.

        Who is told a day later than expected has a day longer: a late source is nobody's fault.
        """
        last = working_days_after(on_working_day(came, works), self.days_after_release, works)
        return last if stage is Stage.REPORT else working_days_after(last, max(1, self.days_after_release), works)

    def publish(self, month: str, works: Works) -> date:
        """Give the day on which the month's result is due."""
        return on_working_day(day_after(month, self.publish_day), works)


def closed_because(opens: date, closes: date, reopened: Iterable[date], today: date) -> Problem | None:
    """Say why a window does not let anybody change figures today; None where it is open."""
    if today < opens:
        return Problem("assessment.window_not_open", {"opens": opens.isoformat()})
    last = max([closes, *reopened])
    return Problem("assessment.window_closed", {"closes": last.isoformat()}) if today > last else None
