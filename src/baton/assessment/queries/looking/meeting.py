"""What a meeting on a month needs: what was promised last time and what became of it, what changed, what to ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q

from baton.assessment.choices import ContestState, CorrectionState, ItemKind, ItemState, Light, Movement
from baton.assessment.models import Contest, Correction, LeafResult, Publication, Run, TrackedItem, UnitResult
from baton.assessment.queries.looking.month import Shown
from baton.assessment.queries.numbers import numbers
from baton.assessment.rules.month_scheme import month_before
from baton.core import clock
from baton.core.models import User

_AHEAD = timedelta(days=35)
_ASKED = 8
_DROPPED = 2


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a unit promised of lagging work, and how it stands: `leaf` of the month (None: no figure, or it is closed).

    `kept`: it was caught up, or closed by a decision; None while its day is still to come.
    """

    item: TrackedItem
    leaf: LeafResult | None
    kept: bool | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit that moved beyond its usual variation, and the indicators on which it lost most."""

    row: UnitResult
    places: Decimal
    lost: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask: `code` names its sentence, `params` what it is about."""

    code: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The pack of a meeting. `promised`: due since the last one; `coming`: due before the next.

    `newly_red`: indicators that are red for the first month in a row, by unit and name. `put_right`: figures corrected
    since, `contested`: contests decided since, `open_contests`: those that wait.
    """

    shown: Shown
    since: date
    promised: tuple[Commitment, ...]
    coming: tuple[Commitment, ...]
    caught_up: tuple[TrackedItem, ...]
    moved: tuple[Moved, ...]
    newly_red: tuple[tuple[str, str], ...]
    put_right: int
    contested: int
    open_contests: int
    questions: tuple[Question, ...]


def last_meeting(shown: Shown) -> date:
    """Give the day from which on a pack tells by default: that on which the month before was published, else opened."""
    before = Publication.objects.filter(month__period=month_before(shown.month.period)).order_by("pk").first()
    return clock.day_of(shown.month.opened_at if before is None else before.published_at)


def meeting_of(user: User, shown: Shown, since: date) -> Meeting:
    """Read what a meeting on a month needs, as far as this person sees it."""
    today = clock.today()
    rows = TrackedItem.objects.visible_to(user).select_related("unit", "department").order_by("new_date", "unit__order")
    items = list(rows.filter(Q(state=ItemState.OPEN) | Q(closed_at__date__gt=since)))
    said = [one for one in items if one.measures and one.new_date is not None]
    due = [one for one in said if one.new_date is not None and since < one.new_date <= today]
    ahead = [one for one in said if one.new_date is not None and today < one.new_date <= today + _AHEAD]
    commitments = list(_commitments(shown, [*due, *(one for one in ahead if one.state == ItemState.OPEN)], today))
    moved = tuple(_moved(shown))
    found = Correction.objects.visible_to(user).filter(state=CorrectionState.CONFIRMED, decided_at__date__gt=since)
    contests = Contest.objects.visible_to(user).aggregate(
        answered=Count("pk", filter=Q(answered_at__date__gt=since)),
        waiting=Count("pk", filter=Q(state=ContestState.OPEN)),
    )
    promised = tuple(commitments[: len(due)])
    return Meeting(
        shown=shown,
        since=since,
        promised=promised,
        coming=tuple(commitments[len(due) :]),
        caught_up=tuple(one for one in items if one.state == ItemState.CAUGHT_UP),
        moved=moved,
        newly_red=tuple(_newly_red(shown)),
        put_right=found.count(),
        contested=contests["answered"],
        open_contests=contests["waiting"],
        questions=tuple(_questions(promised, [one for one in items if one.state == ItemState.OPEN], moved))[:_ASKED],
    )


def _commitments(shown: Shown, items: Sequence[TrackedItem], today: date) -> Iterator[Commitment]:
    units, subjects = {one.unit_id for one in items}, {one.subject for one in items}
    rows = LeafResult.objects.filter(run=shown.run, unit__in=units, indicator__in=subjects, part="")
    leaves = {(leaf.unit_id, leaf.indicator): leaf for leaf in rows}
    for one in items:
        closed = one.state != ItemState.OPEN
        leaf = leaves.get((one.unit_id, one.subject)) if one.kind == ItemKind.INDICATOR and not closed else None
        late = one.new_date is not None and one.new_date <= today
        yield Commitment(one, leaf, True if closed else False if late else None)


def _moved(shown: Shown) -> Iterator[Moved]:
    """Give the units that moved beyond their usual variation; what is usual is no news."""
    rows = UnitResult.objects.filter(run=shown.run, movement__in=(Movement.BETTER, Movement.WORSE))
    told = list(rows.select_related("unit").order_by("group", "rank"))
    lost = _lost(shown, [row.unit_id for row in told if row.movement == Movement.WORSE])
    for row in told:
        yield Moved(row, _places(row), lost.get(row.unit_id, ()))


def _places(row: UnitResult) -> Decimal:
    if row.rank is None or row.rank_before is None:
        return Decimal(0)
    return row.rank_before - row.rank


def _lost(shown: Shown, units: list[int]) -> dict[int, tuple[tuple[str, Decimal], ...]]:
    """Give by unit the indicators on which it lost most points since the month before."""
    period = month_before(shown.month.period)
    before = Publication.objects.filter(month__period=period, withdrawn_at__isnull=True).values_list("run", flat=True)
    run = Run.objects.filter(pk__in=before).first()
    if run is None or not units:
        return {}
    points: dict[tuple[int, str], dict[int, Decimal]] = {}
    rows = LeafResult.objects.filter(run__in=(run, shown.run), unit__in=units, part="", points__isnull=False)
    for number, unit, indicator, given in rows.values_list("run", "unit", "indicator", "points"):
        points.setdefault((unit, indicator), {})[number] = given or Decimal(0)
    found: dict[int, list[tuple[str, Decimal]]] = {}
    for (unit, indicator), by_run in points.items():
        if len(by_run) > 1 and by_run[shown.run.pk] < by_run[run.pk]:
            name = shown.indicators[indicator].name if indicator in shown.indicators else indicator
            found.setdefault(unit, []).append((name, by_run[run.pk] - by_run[shown.run.pk]))
    return {unit: tuple(sorted(some, key=lambda one: -one[1])[:_DROPPED]) for unit, some in found.items()}


def _newly_red(shown: Shown) -> Iterator[tuple[str, str]]:
    rows = LeafResult.objects.filter(run=shown.run, light=Light.RED, behind=1).select_related("unit")
    for one in rows.order_by("unit__order", "indicator"):
        known = shown.indicators.get(one.indicator)
        yield one.unit.name, one.indicator if known is None else known.name


def _questions(
    promised: Sequence[Commitment], open_now: Sequence[TrackedItem], moved: Sequence[Moved]
) -> Iterator[Question]:
    """Ask after broken promises first, then after what recurs, then after falls; each rests on a fact of the pack."""
    for one in promised:
        if one.kept is False:
            given = {"unit": one.item.unit.name, "title": one.item.title, "day": str(one.item.new_date)}
            yield Question("meeting.ask_promise", {**given, "measures": one.item.measures})
    times = numbers()["recurring_times"]
    for item in sorted(open_now, key=lambda one: -one.times):
        if item.times >= times:
            yield Question("meeting.ask_again", {"unit": item.unit.name, "title": item.title, "times": item.times})
    for fallen in moved:
        if fallen.lost:
            what = "、".join(name for name, _ in fallen.lost)
            yield Question("meeting.ask_fall", {"unit": fallen.row.unit.name, "indicators": what})
    for item in sorted(open_now, key=lambda one: one.opened_at):
        if not item.measures:
            yield Question("meeting.ask_silent", {"unit": item.unit.name, "title": item.title})
