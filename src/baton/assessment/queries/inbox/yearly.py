"""What an annual assessment asks for: a decision, publicity, publication; of units, a look during publicity."""

from collections.abc import Iterator

from baton.assessment.choices import RunKind, RunState, TallyState
from baton.assessment.models import AnnualAssessment, AnnualDecision, AnnualPublication, AnnualRun, Tally
from baton.assessment.models.sight import OFFICE
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.objections.listing import against_publishing, changed_by_objections
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers

_SIGNS = (Role.UNIT_HEAD, Role.LEADER_IN_CHARGE)


def of_the_year(user: User, mine: Powers) -> Iterator[ToDo]:
    """Give what waits for the head of the office, and what unit heads look at while it is up for publicity."""
    if Role.OFFICE_HEAD in mine.county:
        yield from _for_the_head()
    if mine.county & OFFICE:
        yield from _to_confirm(user)
        for year, count in changed_by_objections():
            yield ToDo(Do.ANNUAL_REISSUE, None, str(year), count=count)
    if mine.units_of(*_SIGNS):
        today = clock.today()
        rows = AnnualPublication.objects.visible_to(user).in_force()
        running = rows.filter(published_at__isnull=True, opens__lte=today, closes__gte=today).select_related("annual")
        for one in running:
            yield ToDo(Do.ANNUAL_LOOK, one.closes, str(one.annual.year))


def _to_confirm(user: User) -> Iterator[ToDo]:
    """Give the counted sheets that another person of the office confirms."""
    rows = Tally.objects.visible_to(user).filter(state=TallyState.WAITING).exclude(by=user)
    for row in rows.select_related("annual__scheme"):
        form = row.annual.scheme.form
        title = form.fields_in(row.series)[0].indicator.name
        yield ToDo(Do.TALLY, None, str(row.annual.year), number=row.pk, title=title)


def _for_the_head() -> Iterator[ToDo]:
    """Give one thing a year that is not published: the next."""
    annuals = list(AnnualAssessment.objects.all())
    out = {one.annual_id: one for one in AnnualPublication.objects.in_force()} if annuals else {}
    waiting = [one for one in annuals if one.pk not in out or out[one.pk].published_at is None]
    if not waiting:
        return
    runs = AnnualRun.objects.filter(annual__in=waiting, kind=RunKind.OFFICIAL, state=RunState.DONE).order_by("pk")
    newest = dict(runs.values_list("annual", "pk"))
    decided = dict(AnnualDecision.objects.filter(annual__in=waiting).order_by("pk").values_list("annual", "run"))
    for one in waiting:
        known, year = out.get(one.pk), str(one.year)
        if known is not None:
            if clock.today() > known.closes and not against_publishing(one.year):
                yield ToDo(Do.ANNUAL_PUBLISH, None, year)
        elif one.pk in newest:
            settled = decided.get(one.pk) == newest[one.pk]
            yield ToDo(Do.ANNUAL_ANNOUNCE if settled else Do.ANNUAL_DECIDE, None, year)
