"""What lags, and whom it is put to when: the schedule is data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from baton.assessment.rules.days import Works, working_days_after
from baton.org.choices import Role


@dataclass(frozen=True, slots=True)
class Schedule:
    """Working days after an item was opened until each reminder; after `propose_days` consequences are proposed."""

    remind_unit_head_days: int
    remind_department_days: int
    remind_leader_days: int
    propose_days: int

    @property
    def steps(self) -> tuple[tuple[int, Role, int], ...]:
        """Level, role and days of each reminder."""
        return (
            (1, Role.UNIT_HEAD, self.remind_unit_head_days),
            (2, Role.VERIFIER, self.remind_department_days),
            (3, Role.COUNTY_LEADER, self.remind_leader_days),
        )


def reminders_due(
    opened: date, given: Iterable[int], today: date, schedule: Schedule, works: Works
) -> list[tuple[int, Role]]:
    """Give level and role of the reminders whose day has come, missed ones too, and that were not given yet."""
    done = set(given)
    return [
        (level, role)
        for level, role, days in schedule.steps
        if level not in done and working_days_after(opened, days, works) <= today
    ]


def proposal_due(opened: date, today: date, schedule: Schedule, works: Works) -> bool:
    """Whether the day has come on which consequences are proposed."""
    return working_days_after(opened, schedule.propose_days, works) <= today
