"""How little a unit fills in: its own figures of a month, those that are new, those that others report for all."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce

from baton.assessment.choices import MonthState
from baton.assessment.models import Duty, Month
from baton.assessment.rules.expected import Form
from baton.assessment.rules.month_scheme import month_before
from baton.core.models import User
from baton.org.models import Unit

_SHOWN_UNITS = 3


@dataclass(frozen=True, slots=True)
class Burden:
    """Series of a month by who fills them in. `fresh`: own ones that the month before did not ask for."""

    unit: Unit
    period: str
    own: int
    fresh: int
    others: int


def months_at_work(user: User) -> list[Month]:
    """Give the newest month and the one before it, and all others that are not published, newest first."""
    second = Month.objects.order_by("-period").values("period")[1:2]
    at_work = ~Q(state=MonthState.PUBLISHED) | Q(period__gte=Coalesce(Subquery(second), Value("")))
    return list(Month.objects.visible_to(user).filter(at_work).select_related("scheme"))


def burdens_of(user: User, units: frozenset[int], months: Sequence[Month]) -> list[Burden]:
    """Give the burden of a person's assessed units in the newest month; `months`: those of `months_at_work`."""
    if not months or not units:
        return []
    month = months[0]
    duties = Duty.objects.visible_to(user).filter(scheme=month.scheme, unit__in=units).select_related("unit")
    asks = month.scheme.form.asks(month.period)
    before = _asked_before(months)
    found: dict[int, list[Duty]] = {}
    asked: dict[str, set[str]] = {}
    for one in duties.order_by("unit__order"):
        code = one.unit.code
        if code not in asked:
            asked[code] = {ask.field.series for ask in asks if code in ask.among}
        if one.series in asked[code]:
            found.setdefault(one.unit_id, []).append(one)
    return [_burden(month, several, before) for several in list(found.values())[:_SHOWN_UNITS]]


def _asked_before(months: Sequence[Month]) -> Form | None:
    """Give the form of the month before, where it was another one."""
    one = months[1] if len(months) > 1 else None
    known = one is not None and one.period == month_before(months[0].period)
    return one.scheme.form if known and one is not None and one.scheme_id != months[0].scheme_id else None


def _burden(month: Month, duties: list[Duty], before: Form | None) -> Burden:
    own = [one for one in duties if one.reporter_id == one.unit_id]
    fresh = [] if before is None else [one for one in own if not before.fields_in(one.series)]
    return Burden(duties[0].unit, month.period, len(own), len(fresh), len(duties) - len(own))
