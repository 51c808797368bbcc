"""The running ledger as its pages show it: the items a person may note events of, and the events noted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from baton.assessment.choices import LedgerKind, LedgerState
from baton.assessment.models import LedgerEntry, SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.tasks import units_reporting
from baton.assessment.rules.ledger import Item as SchemeItem
from baton.assessment.rules.ledger import confirm_problem, counts_cases, zeroes
from baton.core import clock
from baton.core.models import User
from baton.engine.scheme.adjustments import ByLevel, ByQuantity, Veto
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers

_CLAIMS = (Role.REPORTER, Role.LEADER_IN_CHARGE, Role.UNIT_HEAD)
ANNOUNCED = (LedgerKind.DEDUCTION, LedgerKind.VETO)
"""What is announced to the unit in writing before it counts."""


@dataclass(frozen=True, slots=True)
class Item:
    """A bonus, deduction or veto item. `levels`: what an event's level may be; `allowed`: the points that may be given.

    `asks`: what an event must say besides: `level`, `quantity`, `points`, `indicator` (that a veto sets to 0), or
    nothing. `indicators`: those it may name, by code.
    """

    kind: LedgerKind
    code: str
    name: str
    basis: str
    asks: str
    levels: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    indicators: Mapping[str, str] = field(default_factory=dict)


def items_on(day: date) -> dict[str, tuple[Item, str]]:
    """Give the items of the scheme in force on a day by code, each with its lead department's code."""
    version = SchemeVersion.objects.on(day).first()
    return {} if version is None else _items(version.scheme)


def _items(scheme: Scheme) -> dict[str, tuple[Item, str]]:
    found = {}
    lists: tuple[tuple[LedgerKind, Iterable[SchemeItem]], ...] = (
        (LedgerKind.DEDUCTION, scheme.deductions),
        (LedgerKind.VETO, scheme.vetoes),
        (LedgerKind.BONUS, scheme.bonuses),
        (LedgerKind.INDICATOR, [one for one in scheme.indicators if counts_cases(one)]),
    )
    for kind, items in lists:
        for one in items:
            found[one.code] = (_item(scheme, kind, one), one.lead or "")
    return found


def _item(scheme: Scheme, kind: LedgerKind, one: SchemeItem) -> Item:
    if isinstance(one, Indicator):
        return Item(kind, one.code, one.name, "", "quantity")
    if zeroes(one):
        names = {indicator.code: indicator.name for indicator in scheme.indicators}
        return Item(kind, one.code, one.name, one.basis, "indicator", indicators=names)
    if isinstance(one, Veto):
        return Item(kind, one.code, one.name, one.basis, "")
    measure = one.measure
    if isinstance(measure, ByLevel):
        return Item(kind, one.code, one.name, one.basis, "level", levels=tuple(measure.levels))
    if isinstance(measure, ByQuantity):
        return Item(kind, one.code, one.name, one.basis, "quantity")
    return Item(kind, one.code, one.name, one.basis, "points", allowed=tuple(str(points) for points in measure.allowed))


def items_for(user: User, day: date) -> list[Item]:
    """Give the items whose events a person may note: those that the person's departments lead; the office all."""
    found = items_on(day)
    if sight_of(user).office:
        return [item for item, _ in found.values()]
    mine = set(Unit.objects.filter(pk__in=units_reporting(user)).values_list("code", flat=True))
    return [item for item, lead in found.values() if lead in mine]


def bonuses_on(day: date) -> list[Item]:
    """Give the bonuses that a unit may claim by the scheme in force on a day."""
    return [item for item, _ in items_on(day).values() if item.kind is LedgerKind.BONUS]


def claiming_units(user: User, day: date) -> list[Unit]:
    """Give the assessed units for which a person may claim: those whose clerk they are, or for which they sign."""
    mine = powers(user, day).units_of(*_CLAIMS)
    return [one for one in assessed_units(user, day) if one.pk in mine]


def assessed_units(user: User, day: date) -> list[Unit]:
    """Give the units that events may be about."""
    version = SchemeVersion.objects.on(day).first()
    codes = [] if version is None else [unit.code for unit in version.scheme.units if unit.group is not None]
    return list(Unit.objects.visible_to(user).filter(code__in=codes))


def entries_of(user: User) -> QuerySet[LedgerEntry]:
    """Give the entries that a person may see, newest first."""
    return LedgerEntry.objects.visible_to(user).select_related("unit", "noted_for", "noted_by", "decided_by")


def in_notice(user: User, row: LedgerEntry) -> list[LedgerEntry]:
    """Give what stands in the written notice of an entry, oldest first; nothing where none was given to its unit.

    What was announced to the same unit under the same number, as far as this person may see it.
    """
    if row.announced_at is None or row.kind not in ANNOUNCED:
        return []
    if not row.notice_number:
        return [row]
    rows = entries_of(user).filter(unit=row.unit_id, notice_number=row.notice_number, announced_at__isnull=False)
    return list(rows.order_by("announced_at", "pk"))


def last_contact(user: User) -> str:
    """Give whom the newest notice says to address, so that nobody types it again."""
    rows = LedgerEntry.objects.visible_to(user).filter(notice_contact__gt="").order_by("-announced_at")
    return rows.values_list("notice_contact", flat=True).first() or ""


def doings_of(user: User, entry: LedgerEntry) -> Mapping[str, bool]:
    """Say what a person can do with an entry now: announce, reply, give an opinion, confirm, drop."""
    mine, state = powers(user, clock.today()), LedgerState(entry.state)
    head, decided = Role.OFFICE_HEAD in mine.county, state in (LedgerState.CONFIRMED, LedgerState.DROPPED)
    answers = mine.units_of(*_CLAIMS)
    runs = entry.reply_until is not None and clock.today() <= entry.reply_until
    blocked = confirm_problem(LedgerKind(entry.kind), state, entry.reply_until, clock.today())
    return {
        "announce": state is LedgerState.NOTED
        and entry.kind in ANNOUNCED
        and bool(mine.county & {Role.OFFICE, Role.OFFICE_HEAD}),
        "reply": state is LedgerState.ANNOUNCED and runs and entry.unit_id in answers,
        "opine": entry.claimed
        and not decided
        and entry.noted_for_id is not None
        and entry.noted_for_id != entry.unit_id
        and mine.has_in(entry.noted_for_id, Role.VERIFIER),
        "confirm": head and blocked is None and not entry.waits_for_opinion,
        "drop": head and not decided,
    }
