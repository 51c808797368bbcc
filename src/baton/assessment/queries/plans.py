"""The plan of assessments as people see it: its items, the limits and where they come from, and what to think over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from baton.assessment.choices import PlanKind, PlanState, Rhythm
from baton.assessment.models import AnnualPlan, PlanItem, Special
from baton.assessment.models.sight import sight_of
from baton.assessment.rules.plans import Often, Overlap, Planned, over_limit, overlaps, too_often
from baton.core import clock
from baton.core.choices import Certainty
from baton.core.models import Parameter, User
from baton.core.queries.parameters import parameters, shipped
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers

PROPOSES = (Role.VERIFIER, Role.UNIT_HEAD, Role.LEADER_IN_CHARGE)
AREA = "plans"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit with what it rests on, and how certain that is."""

    code: str
    value: int
    source: str
    certainty: Certainty

    @property
    def certainty_code(self) -> str:
        """The words for how certain it is."""
        return f"account.certainty_{self.certainty.lower()}"


@dataclass(frozen=True, slots=True)
class Warnings:
    """What is worth a thought while planning; nothing of it forbids. Units and organisers by number."""

    overlaps: tuple[Overlap, ...]
    organisers: Mapping[int, tuple[Planned, ...]]
    often: tuple[Often, ...]
    units: Mapping[int, Unit]

    @property
    def any(self) -> bool:
        """Whether there is anything to think over."""
        return bool(self.overlaps or self.organisers or self.often)

    def of(self, number: int) -> "Warnings":
        """Give those that one item takes part in."""
        return Warnings(
            tuple(one for one in self.overlaps if number in (one.first.number, one.second.number)),
            {unit: items for unit, items in self.organisers.items() if any(one.number == number for one in items)},
            tuple(one for one in self.often if any(item.number == number for item in one.items)),
            self.units,
        )


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item with its units, what is worth a thought about it, and what this person can do."""

    row: PlanItem
    units: tuple[Unit, ...]
    warnings: Warnings
    changes: bool
    decides: bool
    cancels: bool
    special: int | None
    opens: bool


def items_of(user: User) -> QuerySet[PlanItem]:
    """Give the items that a person may see, with how many units each comes to."""
    rows = PlanItem.objects.visible_to(user).annotate(count=Count("units"))
    return rows.select_related("organiser", "proposed_by", "decided_by")


def plan_of(user: User, year: int) -> AnnualPlan | None:
    """Give the approved plan of a year; None while it is being drawn up, or to whoever has no business here."""
    return AnnualPlan.objects.filter(year=year).first() if sight_of(user).anything else None


def years_of(user: User) -> list[int]:
    """Give the years that have items this person sees, and this year; the latest first."""
    found = PlanItem.objects.visible_to(user).order_by().values_list("year", flat=True).distinct()
    return sorted({*found, clock.today().year}, reverse=True)


def planned(rows: Iterable[PlanItem]) -> list[Planned]:
    """Give items as the rules see them; two queries for all."""
    given = list(rows)
    pairs = PlanItem.units.through.objects.filter(planitem__in=[row.pk for row in given])
    units: dict[int, set[int]] = {}
    for item, unit in pairs.values_list("planitem_id", "unit_id"):
        units.setdefault(item, set()).add(unit)
    return [
        Planned(
            row.pk,
            row.title,
            row.organiser_id,
            row.opens,
            row.closes,
            Rhythm(row.rhythm),
            frozenset(units.get(row.pk, ())),
        )
        for row in given
    ]


def numbers_on(day: date) -> dict[str, Any]:
    """Give the limits as they hold on a day."""
    return parameters(day, AREA)


def limits(day: date) -> list[Limit]:
    """Give the limits with source and certainty: the county's own where it decided one, else what the house ships."""
    codes = [code for code in shipped() if code.startswith(f"{AREA}.")]
    own = {row.code: row for row in Parameter.objects.filter(code__in=codes, effective_from__lte=day)}
    found = []
    for code in codes:
        rests = own.get(code) or shipped()[code][-1]
        found.append(Limit(code, rests.value, rests.source, Certainty(rests.certainty)))
    return found


def warnings_of(user: User, year: int) -> Warnings:
    """Give what is worth a thought about a year's items that this person sees."""
    seen = PlanItem.objects.visible_to(user).standing().filter(year=year)
    return warned(planned(seen), numbers_on(clock.today()))


def warned(items: list[Planned], numbers: Mapping[str, int]) -> Warnings:
    """Give what is worth a thought about some items."""
    pairs = tuple(overlaps(items))
    organisers = over_limit(items, numbers["items_per_department"])
    often = tuple(too_often(items, numbers["checks_per_quarter"]))
    wanted = {*organisers, *(one.unit for one in often)}
    return Warnings(pairs, organisers, often, Unit.objects.in_bulk(wanted) if wanted else {})


def organisers_for(user: User) -> list[Unit]:
    """Give the units for which a person may propose items: all for the office, else their own."""
    units = Unit.objects.on(clock.today())
    if not sight_of(user).office:
        units = units.filter(pk__in=powers(user, clock.today()).units_of(*PROPOSES))
    return list(units)


def item_page(user: User, number: int) -> ItemPage | None:
    """Give an item; None where there is none that this person may see."""
    row = items_of(user).filter(pk=number).first()
    if row is None:
        return None
    mine, office = powers(user, clock.today()), sight_of(user).office
    proposes = office or mine.has_in(row.organiser_id, *PROPOSES)
    open_ = row.state in (PlanState.PROPOSED, PlanState.RETURNED)
    special = Special.objects.visible_to(user).filter(item=row).values_list("pk", flat=True).first()
    head = mine.has(Role.OFFICE_HEAD)
    return ItemPage(
        row=row,
        units=tuple(row.units.order_by("order", "code")),
        warnings=warnings_of(user, row.year).of(row.pk),
        changes=proposes and open_,
        decides=head and row.state == PlanState.PROPOSED,
        special=special,
        opens=office and special is None and row.kind == PlanKind.ASSESSMENT and row.state == PlanState.APPROVED,
        cancels=special is None and (proposes or head) and row.state in (PlanState.PROPOSED, PlanState.APPROVED),
    )
