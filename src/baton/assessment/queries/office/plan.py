"""What a verb would do with many reports, before it is done: how many it would change, and which it cannot and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baton.assessment.choices import SubmissionState, Verb
from baton.assessment.models import Month
from baton.assessment.queries.office.verify import Report, reports
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Assignment
from baton.org.queries import powers
from baton.words import Problem

BESIDE = (Verb.COPY, Verb.REMIND)
TO_SOMEBODY = (Verb.TRANSFER, Verb.COUNTERSIGN, Verb.COPY)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen: reports that would change, and those that cannot be, each with its reason."""

    verb: Verb
    would: tuple[Report, ...]
    cannot: tuple[tuple[Report, Problem], ...]


def plan(user: User, month: Month, verb: Verb, numbers: Sequence[int]) -> Plan:
    """Look at what a verb would do with some reports; numbers of others are passed over."""
    would, cannot = [], []
    for report in reports(user, month, numbers):
        problem = against(user, report, verb)
        if problem is None:
            would.append(report)
        else:
            cannot.append((report, problem))
    return Plan(verb, tuple(would), tuple(cannot))


def against(user: User, report: Report, verb: Verb) -> Problem | None:
    """Say what stands against a verb on a report; None where nothing does."""
    if report.submission.state == SubmissionState.APPROVED:
        return Problem("assessment.report_approved")
    if verb is Verb.RECALL:
        return None if _recallable(user, report) else Problem("assessment.nothing_to_recall")
    if verb in BESIDE:
        return None
    if not report.mine:
        return Problem("assessment.not_your_turn", {"unit": report.submission.unit.name})
    return None if verb in report.verbs else Problem("assessment.verb_out_of_place")


def _recallable(user: User, report: Report) -> bool:
    """Whether the last step is this person's own and can be taken back."""
    taken = [one for one in report.submission.steps.all() if one.verb not in BESIDE]
    return bool(taken) and taken[-1].by_id == user.pk and taken[-1].verb in (Verb.SUBMIT, Verb.APPROVE)


def colleagues(user: User) -> list[User]:
    """Give whom a person can put a report to: who verifies in the same departments, and that person's own office."""
    today = clock.today()
    units = powers(user, today).units_of(Role.VERIFIER)
    rows = Assignment.objects.visible_to(user).on(today).filter(unit__in=units).exclude(user=user)
    return _each_once(row.user for row in rows.select_related("user") if row.user.is_active)


def _each_once(users: Iterable[User]) -> list[User]:
    return sorted({one.pk: one for one in users}.values(), key=lambda one: one.name)
