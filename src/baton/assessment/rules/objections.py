"""Days of an objection, and who has the turn."""

from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import ObjectionState
from baton.assessment.rules.days import Works, working_days_after, working_days_between


@dataclass(frozen=True, slots=True)
class ObjectionDays:
    """Working days: to object after a result is out, for the department's opinion, to answer, to remind before."""

    objection_days: int
    objection_opinion_days: int
    objection_answer_days: int
    objection_remind_days: int

    def lodge_until(self, published: date, works: Works) -> date:
        """Give the last day to object; the day of publication does not count."""
        return working_days_after(published, self.objection_days, works)

    def answer_until(self, lodged: date, works: Works) -> date:
        """Give the day by which the written answer is owed."""
        return working_days_after(lodged, self.objection_answer_days, works)

    def opinion_until(self, assigned: date, answer: date, works: Works) -> date:
        """Give the day by which the department owes its opinion: never after that of the answer."""
        return min(working_days_after(assigned, self.objection_opinion_days, works), max(answer, assigned))

    def reminders(self, due: date, today: date, works: Works) -> int:
        """Give how many reminders there should have been: one shortly before the day, one after it."""
        if today > due:
            return 2
        return 1 if working_days_between(today, due, works) <= self.objection_remind_days else 0


def may_decide(state: ObjectionState, opinion_until: date | None, today: date) -> bool:
    """Whether it can be decided: once the opinion is there, or the department has let its day pass."""
    if state is ObjectionState.ASSIGNED:
        return opinion_until is not None and opinion_until < today
    return state is ObjectionState.OPINED


def may_give_opinion(department: int, objecting: int, about: int) -> bool:
    """Whether a department may be asked: nobody judges what it objects to itself, nor a figure of its own."""
    return department not in (objecting, about)
