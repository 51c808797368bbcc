"""The days of a special assessment: until when each unit reports and checks, with what was opened again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import SpecialStage
from baton.assessment.rules.special import stage_of


@dataclass(frozen=True, slots=True)
class Reopened:
    """Days that were opened again up to `until`; `unit` by number, None: for all."""

    stage: SpecialStage
    unit: int | None
    until: date


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """The planned last days to report and to check, and what was opened again."""

    report_until: date
    check_until: date
    reopened: tuple[Reopened, ...] = ()

    def reports_until(self, unit: int | None = None) -> date:
        """Give the last day on which a unit reports; without one, the last on which any does."""
        return self._last(SpecialStage.REPORT, unit, self.report_until)

    def checks_until(self, unit: int | None = None) -> date:
        """Give the last day on which a unit checks; without one, the last on which any does."""
        return self._last(SpecialStage.CHECK, unit, self.check_until)

    @property
    def all_report_until(self) -> date:
        """The last day on which everybody reports."""
        return self.reports_until(0)

    @property
    def all_check_until(self) -> date:
        """The last day on which every unit checks."""
        return self.checks_until(0)

    def stage(self, today: date) -> SpecialStage:
        """Say what an open assessment waits for as a whole."""
        return stage_of(self.reports_until(), self.checks_until(), today)

    def checks_after(self, until: date, closes: date) -> date:
        """Give until when units check after reports were opened again: as many days as planned, within the item's."""
        return min(until + (self.check_until - self.report_until), closes)

    def _last(self, stage: SpecialStage, unit: int | None, planned: date) -> date:
        return max([planned, *self._opened(stage, unit)])

    def _opened(self, stage: SpecialStage, unit: int | None) -> Iterator[date]:
        for one in self.reopened:
            if one.stage is stage and (unit is None or one.unit in (None, unit)):
                yield one.until
