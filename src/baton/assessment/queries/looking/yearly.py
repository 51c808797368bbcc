"""Units that are scored once a year only: no month has a score, a place or anything to report for them."""

from collections.abc import Collection
from dataclasses import dataclass

from baton.assessment.models import Month, PastResult
from baton.assessment.queries.earlier import past_of_unit
from baton.assessment.queries.looking.month import Shown
from baton.assessment.rules.month_scheme import monthly_roots
from baton.core.models import User
from baton.engine.scheme.model import Scheme
from baton.org.models import Unit


@dataclass(frozen=True, slots=True)
class Yearly:
    """A unit that is scored once a year, its group, and what is held of earlier years."""

    unit: Unit
    group: str
    past: tuple[PastResult, ...] = ()


def yearly_groups(scheme: Scheme) -> dict[str, str]:
    """Give the groups (code: name) no node of whose tree is scored every month."""
    monthly = monthly_roots(scheme)
    return {group.code: group.name for group in scheme.groups if group.code not in monthly}


def yearly_unit(user: User, shown: Shown, code: str) -> Yearly | None:
    """Give a unit that is scored once a year; None for any other."""
    groups = yearly_groups(shown.scheme)
    group = next((one.group for one in shown.scheme.units if one.code == code), None)
    unit = Unit.objects.visible_to(user).filter(code=code).first() if group in groups else None
    if unit is None or group is None:
        return None
    return Yearly(unit, groups[group], tuple(past_of_unit(unit, shown.month.period)))


def yearly_of(user: User, units: Collection[int], month: Month | None) -> list[Yearly]:
    """Give those of a person's units (numbers) that a month's scheme scores once a year."""
    groups = {} if month is None or not units else yearly_groups(month.scheme.scheme)
    if month is None or not groups:
        return []
    of = {one.code: one.group for one in month.scheme.scheme.units if one.group in groups}
    rows = Unit.objects.visible_to(user).filter(pk__in=units, code__in=of)
    return [Yearly(unit, groups[of[unit.code] or ""]) for unit in rows]
