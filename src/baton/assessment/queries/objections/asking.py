"""What may be objected to, by whom, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from baton.assessment.actions.below.doors import REPORTS, SIGNS
from baton.assessment.choices import LedgerKind, LedgerState
from baton.assessment.models import AnnualPublication, AnnualResult, Figure, LedgerEntry, Publication
from baton.assessment.models.objection import Issued, run_of
from baton.assessment.queries.desk.cells import words_of
from baton.assessment.queries.numbers import numbers, objection_days
from baton.assessment.queries.working import works
from baton.assessment.rules.month_scheme import last_of, periods_read
from baton.core import clock
from baton.core.models import User
from baton.engine.scheme.indicators import Indicator
from baton.engine.scheme.model import Scheme
from baton.org.models import Unit
from baton.org.queries import powers

WRITES = (*REPORTS, *SIGNS)
_YEAR = len("2026")


@dataclass(frozen=True, slots=True)
class Choosable:
    """A figure of a result that can be objected to: its row, its name, and what it says."""

    figure: Figure
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the ledger that can be objected to, with the name of its item."""

    entry: LedgerEntry
    name: str


@dataclass(frozen=True, slots=True)
class Objecting:
    """A result that somebody may object to, for which units, until when, and what there is to choose.

    `indicator`: None for an objection to the result as a whole. `late`: the days are over.
    """

    issued: Issued
    about: Unit
    units: Sequence[Unit]
    until: date
    indicator: Indicator | None
    indicators: Sequence[Indicator]
    figures: Sequence[Choosable]
    events: Sequence[Event]

    @property
    def late(self) -> bool:
        """Whether the days to object are over."""
        return clock.today() > self.until

    @property
    def yearly(self) -> bool:
        """Whether it is the result of a year."""
        return isinstance(self.issued, AnnualPublication)


def issued_in_force(period: str) -> Issued | None:
    """Give the result of a month or a year (2025) that is made known; of a year from the first day of publicity on."""
    if period.isdecimal():
        year = int(period) if len(period) == _YEAR else 0
        out = AnnualPublication.objects.in_force().filter(annual__year=year, opens__lte=clock.today())
        return out.select_related("annual", "decision__run__scheme", "decision__run__annual").first()
    rows = Publication.objects.filter(month__period=period, withdrawn_at__isnull=True)
    return rows.select_related("month__scheme", "run__scheme").first()


def lodge_until(issued: Issued) -> date:
    """Give the last day to object: that of publicity (公示), or once it is published, some working days after."""
    published = issued.published_at
    if isinstance(issued, AnnualPublication) and published is None:
        return issued.closes
    assert published is not None
    return objection_days(numbers()).lodge_until(clock.day_of(published), works())


def may_object(user: User) -> frozenset[int]:
    """Give the units for which a person may object, by number."""
    return powers(user, clock.today()).units_of(*WRITES)


def can_object(user: User, issued: Issued | None) -> bool:
    """Whether a person may object to a result today for any unit."""
    if issued is None or not may_object(user):
        return False
    return clock.today() <= lodge_until(issued)


def objecting(user: User, period: str, about: str, code: str = "") -> Objecting | None:
    """Give what a person may object to in a month or year; None where there is nothing, or no unit to do it for.

    For a unit of the result that is objected about, whoever is assessed too may object: its figures move their places.
    """
    issued = issued_in_force(period)
    if issued is None or not type(issued)._default_manager.visible_to(user).filter(pk=issued.pk).exists():
        return None
    mine = may_object(user)
    rows = run_of(issued).units.filter(Q(unit__code=about) | Q(unit__in=mine))
    assessed = [number for (number,) in rows.values_list("unit")]
    known = list(Unit.objects.filter(pk__in=assessed))
    unit = next((one for one in known if one.code == about), None)
    units = sorted((one for one in known if one.pk in mine), key=lambda one: (one.code != about, one.order))
    scheme = run_of(issued).scheme.scheme
    indicator = next((one for one in scheme.indicators if one.code == code), None)
    if unit is None or not units or (code and indicator is None):
        return None
    return Objecting(
        issued=issued,
        about=unit,
        units=units,
        until=lodge_until(issued),
        indicator=indicator,
        indicators=scheme.indicators,
        figures=() if indicator is None else _figures(issued, unit, indicator),
        events=() if indicator is not None else _events(user, issued, unit),
    )


def figures_read(issued: Issued, about: int) -> QuerySet[Figure]:
    """Give the figures about a unit that a result was made of."""
    rows = Figure.objects.as_of(run_of(issued).until).filter(unit=about)
    if isinstance(issued, AnnualPublication):
        return rows.of_year(issued.annual.year)
    return rows.filter(period__in=periods_read(issued.period))


def _figures(issued: Issued, about: Unit, indicator: Indicator) -> tuple[Choosable, ...]:
    """Give the figures of an indicator that the result was made of, the newest first."""
    form, found = run_of(issued).scheme.form, []
    rows = figures_read(issued, about.pk).filter(series=indicator.series_code)
    for one in rows.select_related("unit").order_by("-period", "figure"):
        field = form.fields.get((one.series, one.figure))
        if field is not None:
            found.append(Choosable(one, field.name, words_of(field, one.value) if one.value else "—"))
    return tuple(found)


def events_objectable(user: User, issued: Issued, about: int) -> QuerySet[LedgerEntry]:
    """Give the decided events about a unit that a person may object to: what counts, and claims that do not.

    Of a year whatever the result names, which all see, and what the person sees of the ledger; of a month the latter.
    """
    named: list[int] = []
    ends = last_of(issued.period if "-" in issued.period else f"{issued.period}-12")
    if isinstance(issued, AnnualPublication):
        rows = AnnualResult.objects.filter(run=issued.decision.run_id, unit=about)
        told = [one for given in rows.values_list("adjustments", flat=True) for one in given]
        named = [one["entry"] for one in told if one["entry"] is not None]
    seen = LedgerEntry.objects.visible_to(user).values("pk")
    decided = Q(state=LedgerState.CONFIRMED) | Q(state=LedgerState.DROPPED, kind=LedgerKind.BONUS)
    events = LedgerEntry.objects.filter(decided, Q(pk__in=named) | Q(pk__in=seen), unit=about)
    return events.filter(on__year=ends.year, on__lte=ends).order_by("on", "pk")


def _events(user: User, issued: Issued, about: Unit) -> tuple[Event, ...]:
    names = item_names(run_of(issued).scheme.scheme)
    return tuple(Event(one, names.get(one.item, one.item)) for one in events_objectable(user, issued, about.pk))


def item_names(scheme: Scheme) -> dict[str, str]:
    """Give the names of whatever an event may answer, by code."""
    names = {one.code: one.name for one in scheme.indicators}
    names |= {one.code: one.name for one in scheme.bonuses}
    names |= {one.code: one.name for one in scheme.deductions}
    return names | {one.code: one.name for one in scheme.vetoes}
