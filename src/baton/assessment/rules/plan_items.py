"""What an item of the plan must say before it can be proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baton.assessment.choices import PlanKind, Rhythm
from baton.words import Place, Problem


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item as it is proposed; organiser and units by number. A day that was not given is None."""

    kind: PlanKind
    title: str
    organiser: int
    units: Sequence[int]
    opens: date | None
    closes: date | None
    rhythm: Rhythm = Rhythm.ONCE
    visits: bool = False
    basis: str = ""
    reason: str = ""

    @property
    def days(self) -> tuple[date, date]:
        """First and last day. Raises `ValueError` where one is not given."""
        if self.opens is None or self.closes is None:
            raise ValueError
        return self.opens, self.closes


def lacking(given: Proposal, off_plan: bool, today: date) -> list[Problem]:
    """Give everything that stands against an item. `off_plan`: its year's plan is approved, so it needs a reason."""
    problems = []
    if not given.title.strip():
        problems.append(Problem("plans.title_lacking", {}, Place(field="title")))
    if not given.basis.strip():
        problems.append(Problem("plans.basis_lacking", {}, Place(field="basis")))
    problems += _days(given, today)
    if not given.units:
        problems.append(Problem("plans.units_lacking", {}, Place(field="units")))
    if off_plan and not given.reason.strip():
        problems.append(Problem("plans.reason_lacking", {"year": (given.opens or today).year}, Place(field="reason")))
    return problems


def _days(given: Proposal, today: date) -> list[Problem]:
    if given.opens is None or given.closes is None:
        missing = [name for name, day in (("opens", given.opens), ("closes", given.closes)) if day is None]
        return [Problem("units.day_missing", {}, Place(field=name)) for name in missing]
    problems = []
    if given.closes < given.opens:
        params = {"opens": given.opens.isoformat(), "closes": given.closes.isoformat()}
        problems.append(Problem("plans.ends_before_it_begins", params, Place(field="closes")))
    elif given.closes.year != given.opens.year:
        problems.append(Problem("plans.over_two_years", {}, Place(field="closes")))
    if given.closes < today:
        problems.append(Problem("assessment.day_is_past", {}, Place(field="closes")))
    return problems
