"""One verb on many reports at once; what cannot be done is told with its reason, and does not stop the others."""

from collections.abc import Sequence

from django.db import transaction

from baton.assessment.actions.below.once import once
from baton.assessment.actions.submissions import Approved, report_of, step
from baton.assessment.choices import Verb
from baton.core.acting import Actor, acting
from baton.words import Problem, Refused


def act_on_reports(
    *,
    by: Actor,
    reports: Sequence[int],
    verb: Verb,
    without: Sequence[int] = (),
    reason: str = "",
    to: int | None = None,
    key: str = "",
) -> Approved:
    """Do with many reports what a desk can do with one (`submissions.act_on_report`), but with some.

    Each is done whole or not at all. A report named twice is done once.
    """
    with acting(by) as told:
        call = once(by, "act_on_reports", key, list(reports), verb, list(without), reason, to)
        if call.before is not None:
            return Approved(tuple(call.before["done"]), ())
        done: list[int] = []
        left: list[tuple[int, Problem]] = []
        for number in dict.fromkeys(one for one in reports if one not in set(without)):
            said = len(told.entries), len(told.notices)
            try:
                with transaction.atomic():
                    step(told, by, report_of(number), verb, reason, to)
                done.append(number)
            except Refused as refused:
                del told.entries[said[0] :], told.notices[said[1] :]
                left += [(number, problem) for problem in refused.problems]
        call.answer(done=done)
    return Approved(tuple(done), tuple(left))
