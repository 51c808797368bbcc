"""Tracked items: opened and closed by a month's lights, told to the people whose they are."""

from collections.abc import Iterator, Mapping
from datetime import date

from baton.assessment.choices import ItemKind, ItemState, Light, TrackStep
from baton.assessment.models import Duty, LeafResult, Run, TrackedItem, TrackedStep
from baton.core import clock
from baton.core.acting import Told
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit

type Subject = tuple[int, str]
"""Number of the unit, code of the indicator."""


def lagging(run: Run, months: int) -> dict[Subject, int]:
    """Give what has been red for so many months, with how many; of an indicator in parts the longest counts."""
    rows = LeafResult.objects.filter(run=run, light=Light.RED, behind__gte=months)
    found: dict[Subject, int] = {}
    for unit, indicator, behind in rows.values_list("unit", "indicator", "behind"):
        found[unit, indicator] = max(behind, found.get((unit, indicator), 0))
    return found


def recovered(run: Run) -> set[Subject]:
    """Give what is not red any more: scored, and no part of it is red."""
    rows = LeafResult.objects.filter(run=run).exclude(light=Light.NONE).values_list("unit", "indicator", "light")
    scored = {(unit, indicator) for unit, indicator, _ in rows}
    return scored - {(unit, indicator) for unit, indicator, light in rows if light == Light.RED}


def open_items(told: Told, run: Run, found: Mapping[Subject, int]) -> list[TrackedItem]:
    """Open an item for whatever lags and has none yet; whose it is and who is responsible the scheme says."""
    names = {one.code: one.name for one in run.month.scheme.scheme.indicators}
    open_now = TrackedItem.objects.filter(state=ItemState.OPEN, kind=ItemKind.INDICATOR)
    there = set(open_now.values_list("unit", "subject"))
    departments = _departments(run)
    made = []
    for unit, indicator in sorted(set(found) - there):
        before = TrackedItem.objects.filter(unit=unit, subject=indicator, opened_at__year=run.month.year).count()
        item = TrackedItem.objects.create(
            kind=ItemKind.INDICATOR.value,
            unit_id=unit,
            subject=indicator,
            title=names.get(indicator, indicator),
            department=departments.get((unit, indicator)),
            month=run.month,
            behind=found[unit, indicator],
            times=before + 1,
            opened_at=clock.now(),
        )
        write_step(item, TrackStep.OPENED)
        told.did("assessment.item_opened", item, unit=item.unit.code, subject=indicator, behind=item.behind)
        made.append(item)
    for item in open_now.filter(unit__in={unit for unit, _ in found}):
        behind = found.get((item.unit_id, item.subject), item.behind)
        if behind != item.behind:
            item.behind = behind
            item.save(update_fields=["behind"])
    return made


def open_task(
    told: Told, unit: int, code: str, title: str, due: date, department: int | None
) -> tuple[TrackedItem, bool]:
    """Open an item for a task that has passed its date, and say whether it is new: it may be tracked already."""
    before = TrackedItem.objects.filter(unit=unit, kind=ItemKind.TASK, subject=code)
    item, is_new = TrackedItem.objects.get_or_create(
        unit_id=unit,
        kind=ItemKind.TASK.value,
        subject=code,
        state=ItemState.OPEN.value,
        defaults={
            "title": title[:200],
            "due": due,
            "department_id": department,
            "times": before.filter(opened_at__year=clock.today().year).count() + 1,
            "opened_at": clock.now(),
        },
    )
    if is_new:
        write_step(item, TrackStep.OPENED, told.by.user)
        told.did("assessment.item_opened", item, unit=item.unit.code, subject=code, due=due.isoformat())
    return item, is_new


def _departments(run: Run) -> dict[Subject, Unit | None]:
    """Give who is responsible for each indicator of each unit: whoever verifies its figures."""
    rows = Duty.objects.filter(scheme=run.scheme_id).select_related("verifier", "reporter")
    by_series = {(one.unit_id, one.series): one.verifier or one.reporter for one in rows}
    series = {one.code: one.series_code for one in run.month.scheme.scheme.indicators}
    units = {unit for unit, _ in by_series}
    return {(unit, code): by_series.get((unit, name)) for unit in units for code, name in series.items()}


def close_recovered(told: Told, run: Run) -> list[TrackedItem]:
    """Close the items whose figures have caught up."""
    well = recovered(run)
    rows = TrackedItem.objects.filter(state=ItemState.OPEN, kind=ItemKind.INDICATOR).select_related("unit")
    closed = [item for item in rows if (item.unit_id, item.subject) in well]
    for item in closed:
        item.state, item.closed_at = ItemState.CAUGHT_UP.value, clock.now()
        item.save(update_fields=["state", "closed_at"])
        write_step(item, TrackStep.CLOSED)
        told.did("assessment.item_closed_by", item, state=item.state, run=run.digest)
    return closed


def write_step(item: TrackedItem, kind: TrackStep, by: User | None = None, **fields: object) -> TrackedStep:
    """Write down what happened to an item."""
    return TrackedStep.objects.create(item=item, kind=kind.value, by=by, at=clock.now(), **fields)


def people_of(item: TrackedItem, role: Role) -> Iterator[User]:
    """Give whom an item is put to: a role in the unit, in the responsible department, or leaders of the county."""
    where = {Role.UNIT_HEAD: item.unit_id, Role.VERIFIER: item.department_id}.get(role)
    users = User.objects.filter(is_active=True, assignments__role=role.value)
    on = clock.today()
    users = users.filter(assignments__valid_from__lte=on).exclude(assignments__valid_to__lt=on)
    if role is not Role.COUNTY_LEADER:
        users = users.filter(assignments__unit=where)
    yield from users.distinct()
