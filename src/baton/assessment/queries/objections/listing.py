"""The lists of objections: of all without persons, of one's own, to an indicator, to a year."""

from collections.abc import Iterator

from django.db.models import CharField, Count, F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from baton.assessment.choices import WELL_FOUNDED, ObjectionKind, ObjectionState
from baton.assessment.models import AnnualPublication, LedgerEntry, Objection
from baton.core.models import User


def listed(user: User) -> QuerySet[Objection]:
    """Give what stands on the list for all."""
    return _with_period(Objection.objects.listed_for(user).with_results())


def _with_period(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    """Add `result`, the month or the year of the result as text, to sort and narrow by."""
    year = Cast("annual__annual__year", CharField(max_length=4))
    return rows.annotate(result=Coalesce("publication__month__period", year))


def own(user: User) -> QuerySet[Objection]:
    """Give the objections that a person may read, newest first."""
    rows = Objection.objects.visible_to(user).with_results()
    return _with_period(rows.select_related("unit", "about", "department", "figure", "entry"))


def objected(user: User, period: str, about: str, indicator: str = "") -> QuerySet[Objection]:
    """Give the objections to a month's or year's result of a unit, or to an indicator in it, that a person may read."""
    rows = own(user).filter(about__code=about).exclude(state=ObjectionState.WITHDRAWN)
    rows = rows.filter(indicator=indicator) if indicator else rows
    if period.isdecimal():
        return rows.filter(annual__annual__year=int(period))
    return rows.filter(publication__month__period=period)


def objected_in_year(user: User, year: int) -> QuerySet[Objection]:
    """Give the objections to a year's results, of whichever issue, that a person may read."""
    return own(user).filter(annual__annual__year=year).exclude(state=ObjectionState.WITHDRAWN)


def remedied(entry: LedgerEntry) -> QuerySet[Objection]:
    """Give the objections by which an event was put right, or came to be: their numbers and outcomes all may know."""
    rows = Objection.objects.filter(Q(entry=entry) | Q(entry_made=entry), remedy__gt="")
    return rows.order_by("decided_at", "pk")


def changed_by_objections() -> Iterator[tuple[int, int]]:
    """Give the years whose result, as it is made known, objections have changed since, each with how many did."""
    issued = "annual__annual__publications"
    since = {f"{issued}__withdrawn_at__isnull": True, "carried_at__gt": F(f"{issued}__decision__at")}
    rows = Objection.objects.filter(outcome__in=WELL_FOUNDED, **since).exclude(kind=ObjectionKind.OTHER)
    counted = rows.order_by().values_list("annual__annual__year").annotate(count=Count("pk", distinct=True))
    yield from counted.order_by("annual__annual__year")


def against_publishing(year: int) -> dict[str, list[str]]:
    """Give the numbers of the objections to a year that stand against publishing it, by the code of the problem.

    Unanswered ones; those upheld that are to be carried out; and those carried out after the decision that is made
    known, which rests on a run that does not have them.
    """
    rows = Objection.objects.to_year(year).order_by("pk")
    out = AnnualPublication.objects.in_force().filter(annual__year=year).select_related("decision").first()
    found = {
        "annual.objections_wait": rows.waiting(),
        "annual.objections_to_carry": rows.to_carry_out(),
        "annual.objections_changed_it": rows.none() if out is None else rows.changed_after(out.decision.at),
    }
    return {code: numbers for code, one in found.items() if (numbers := list(one.values_list("number", flat=True)))}
