"""What the assessment office and its head decide: sources, scores, publications, deductions, consequences."""

from collections.abc import Iterator

from baton.assessment.choices import LedgerKind, LedgerState, MonthState, RunKind, RunState, Stage, TrackStep
from baton.assessment.models import LedgerEntry, Month, Release, Run, TrackedStep, Window
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.inbox.there import There
from baton.assessment.queries.runs import changed_since
from baton.assessment.rules.ledger import confirm_problem
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import Powers


def to_decide(user: User, mine: Powers, months: list[Month], there: There) -> Iterator[ToDo]:
    """Give what waits for the office, and what only its head can do; `months`: those that are not published."""
    head = Role.OFFICE_HEAD in mine.county
    if not (head or Role.OFFICE in mine.county):
        return
    yield from _sources()
    yield from _months(head, months)
    yield from _ledger(user, head)
    if head and there.consequences:
        yield from _consequences()


def _sources() -> Iterator[ToDo]:
    rows = Release.objects.filter(came__isnull=True, expected__lte=clock.today()).select_related("month")
    for one in rows.exclude(month__state=MonthState.PUBLISHED):
        yield ToDo(Do.RELEASE, one.expected, one.month.period, number=one.pk, title=one.source)


def _months(head: bool, months: list[Month]) -> Iterator[ToDo]:
    """Give the months that can be scored, since nobody can report any more, and those that can be put out."""
    open_now = Window.objects.filter(month__in=months, stage=Stage.REPORT, closes__gte=clock.today())
    reporting = set(open_now.values_list("month", flat=True))
    runs = Run.objects.filter(month__in=months, kind=RunKind.OFFICIAL, state=RunState.DONE).order_by("pk")
    newest = {one.month_id: one for one in runs.select_related("month__scheme")}
    for month in months:
        run = newest.get(month.pk)
        if run is not None and not changed_since(run):
            if head:
                yield ToDo(Do.PUBLISH, month.publish_on, month.period, number=run.pk)
        elif month.pk not in reporting:
            yield ToDo(Do.SCORE, month.publish_on, month.period)


def _ledger(user: User, head: bool) -> Iterator[ToDo]:
    rows = LedgerEntry.objects.visible_to(user).exclude(state__in=(LedgerState.CONFIRMED, LedgerState.DROPPED))
    for one in rows.select_related("unit"):
        kind, state = LedgerKind(one.kind), LedgerState(one.state)
        if state is LedgerState.NOTED and kind in (LedgerKind.DEDUCTION, LedgerKind.VETO):
            yield ToDo(Do.ANNOUNCE, None, "", one.unit.name, one.unit_id, 1, one.pk, one.item)
        elif head and not one.waits_for_opinion and not confirm_problem(kind, state, one.reply_until, clock.today()):
            yield ToDo(Do.CONFIRM, None, "", one.unit.name, one.unit_id, 1, one.pk, one.item)


def _consequences() -> Iterator[ToDo]:
    kinds = (TrackStep.PROPOSED, TrackStep.CONFIRMED, TrackStep.DROPPED)
    rows = list(TrackedStep.objects.filter(kind__in=kinds).select_related("item__unit"))
    done = {(one.item_id, one.consequence) for one in rows if one.kind != TrackStep.PROPOSED}
    waiting: dict[int, ToDo] = {}
    for one in rows:
        if one.kind == TrackStep.PROPOSED and (one.item_id, one.consequence) not in done:
            item = one.item
            count = waiting[item.pk].count + 1 if item.pk in waiting else 1
            waiting[item.pk] = ToDo(Do.CONSEQUENCE, None, "", item.unit.name, item.unit_id, count, item.pk, item.title)
    yield from waiting.values()
