"""Lagging work as its pages show it: the list, one item with its steps, what may be done with it by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from baton.assessment.choices import Consequence, ItemState, Light, TrackStep
from baton.assessment.models import SchemeVersion, TrackedItem, TrackedStep
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.numbers import numbers
from baton.core import clock
from baton.core.models import User
from baton.engine.scheme.adjustments import Deduction
from baton.org.choices import Role
from baton.org.models import Assignment
from baton.org.queries import powers

ANSWER = (Role.REPORTER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD)


def items(user: User) -> QuerySet[TrackedItem]:
    """Give the items that a person may see."""
    return TrackedItem.objects.visible_to(user).select_related("unit", "department", "owner", "month")


def light_of(item: TrackedItem, today: date) -> Light:
    """Give the light of an item: green once it is closed, yellow while its new date is ahead, red otherwise."""
    if item.state != ItemState.OPEN:
        return Light.GREEN
    return Light.YELLOW if item.new_date is not None and item.new_date >= today else Light.RED


def recurs(item: TrackedItem, times: int) -> bool:
    """Whether the same work lags again, as often as the county calls recurring."""
    return item.times >= times


def recurring_from() -> int:
    """Give from how many times on lagging recurs."""
    return numbers()["recurring_times"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A consequence that was proposed, and how a person decided (None: not yet)."""

    consequence: Consequence
    decided: TrackedStep | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item, its steps, the consequences proposed, and what this person may do."""

    item: TrackedItem
    light: Light
    steps: tuple[TrackedStep, ...]
    proposed: tuple[Proposed, ...]
    deductions: tuple[Deduction, ...]
    owners: tuple[User, ...]
    answers: bool
    decides: bool
    recurring: bool

    @property
    def open(self) -> bool:
        """Whether it is still followed."""
        return self.item.state == ItemState.OPEN


def item_page(user: User, number: int) -> ItemPage | None:
    """Give an item; None where there is none that this person may see."""
    item = items(user).select_related("closed_by").filter(pk=number).first()
    if item is None:
        return None
    mine = powers(user, clock.today())
    steps = tuple(item.steps.select_related("by", "ledger"))
    decides = mine.has(Role.OFFICE_HEAD)
    answers = item.state == ItemState.OPEN and any(unit == item.unit_id for unit in mine.units_of(*ANSWER))
    return ItemPage(
        item=item,
        light=light_of(item, clock.today()),
        steps=steps,
        proposed=tuple(_proposed(steps)),
        deductions=_deductions() if decides else (),
        owners=_owners(item) if answers else (),
        answers=answers,
        decides=decides,
        recurring=recurs(item, recurring_from()),
    )


def _proposed(steps: tuple[TrackedStep, ...]) -> Iterator[Proposed]:
    decided = {one.consequence: one for one in steps if one.kind in (TrackStep.CONFIRMED, TrackStep.DROPPED)}
    for one in steps:
        if one.kind == TrackStep.PROPOSED:
            yield Proposed(Consequence(one.consequence), decided.get(one.consequence))


def _deductions() -> tuple[Deduction, ...]:
    scheme = SchemeVersion.objects.on(clock.today()).first()
    return () if scheme is None else tuple(scheme.scheme.deductions)


def _owners(item: TrackedItem) -> tuple[User, ...]:
    """Give who of the unit can answer for an item."""
    rows = Assignment.objects.filter(unit=item.unit, role__in=ANSWER).on(clock.today()).select_related("user")
    return tuple(sorted({row.user for row in rows if row.user.is_active}, key=lambda one: one.name))


def follows_all(user: User) -> bool:
    """Whether a person sees the lagging work of the whole county."""
    return sight_of(user).everything
