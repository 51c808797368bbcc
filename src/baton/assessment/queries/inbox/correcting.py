"""Corrections that wait for a second person, and published results that no longer say what the figures say."""

from collections.abc import Iterator

from baton.assessment.choices import CorrectionState
from baton.assessment.models import Correction, Duty, Publication
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.inbox.there import There
from baton.assessment.rules.corrections import checker_of
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers


def to_correct(user: User, mine: Powers, there: There) -> Iterator[ToDo]:
    """Give the corrections that a person confirms or declines; and to the head, what is to be put out anew."""
    office, verifies = bool(mine.county & {Role.OFFICE, Role.OFFICE_HEAD}), mine.units_of(Role.VERIFIER)
    if there.corrections and (office or verifies):
        yield from _to_confirm(user, office, verifies)
    if there.corrected and Role.OFFICE_HEAD in mine.county:
        yield from _to_reissue()


def _to_confirm(user: User, office: bool, verifies: frozenset[int]) -> Iterator[ToDo]:
    rows = Correction.objects.visible_to(user).filter(state=CorrectionState.OPEN).exclude(by=user)
    waiting = list(rows.select_related("about__unit", "month__scheme"))
    duties = {
        (one.scheme_id, one.series, one.unit_id): one
        for one in Duty.objects.filter(unit__in={row.about.unit_id for row in waiting})
    }
    for row in waiting:
        duty = duties.get((row.month.scheme_id, row.about.series, row.about.unit_id))
        if duty is None:
            continue
        checker = checker_of(duty.reporter_id, duty.verifier_id, duty.unit_id)
        if checker in verifies or (office and checker is None):
            names = {one.series_code: one.name for one in row.month.scheme.scheme.indicators}
            title = names.get(row.about.series, row.about.series)
            unit = row.about.unit
            yield ToDo(Do.CORRECTION, None, row.about.period, unit.name, unit.pk, 1, row.pk, title)


def _to_reissue() -> Iterator[ToDo]:
    """Give the published months whose year has a corrected figure that their result does not have yet."""
    confirmed = Correction.objects.filter(state=CorrectionState.CONFIRMED)
    made = list(confirmed.values_list("about__period", "made"))
    if not made:
        return
    rows = Publication.objects.filter(withdrawn_at__isnull=True).select_related("month", "run")
    for one in rows.order_by("month__period"):
        period = one.month.period
        new = [at for at, number in made if at[:4] == period[:4] and at <= period and (number or 0) > one.run.until]
        if new:
            yield ToDo(Do.REISSUE, None, period, count=len(new), number=one.pk)
