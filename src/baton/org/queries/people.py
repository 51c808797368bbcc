"""Reads of people, their accounts and their roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from baton.core.models import User
from baton.org.choices import LENDS_NOTHING, RequestState, Role
from baton.org.models import Assignment, Person, RoleRequest
from baton.org.queries.access import may

RIGHTS_READERS = frozenset({Role.AUDITOR, Role.AUDIT_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})
"""Who reads the list of all rights: who gives them, and who looks after those who do."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with the roles of their account that the one who asks may see, and roles that are asked for."""

    person: Person
    roles: Sequence[Assignment]
    asked_for: Sequence[RoleRequest]


def person_view(user: User, number: int) -> PersonView | None:
    """Give the page of a person, None where there is none that one may see."""
    rows = Person.objects.visible_to(user).select_related("unit", "user")
    person = rows.filter(pk=number).first()
    if person is None:
        return None
    roles = Assignment.objects.visible_to(user).filter(user=person.user_id).select_related(*_NAMED)
    asked = RoleRequest.objects.visible_to(user).filter(user=person.user_id, state=RequestState.OPEN.value)
    return PersonView(person, list(roles.order_by("-valid_from", "role")), list(asked.select_related("unit")))


_NAMED = ("user", "unit", "granted_by", "delegated_from__user")


def rights(user: User, day: date) -> QuerySet[Assignment]:
    """Give all roles that hold on a day, of open accounts; none to whoever may not read them."""
    if not may(user, *RIGHTS_READERS):
        return Assignment.objects.none()
    return Assignment.objects.on(day).filter(user__is_active=True).select_related(*_NAMED, "user__person__unit")


def open_requests(user: User) -> QuerySet[RoleRequest]:
    """Give the roles that are asked for and not decided, as far as one may see them."""
    rows = RoleRequest.objects.visible_to(user).filter(state=RequestState.OPEN.value)
    return rows.select_related("user__person__unit", "unit", "asked_by", "takes_over__user")


def lendable(user: User, day: date) -> list[Assignment]:
    """Give the roles that a person may lend: own ones that hold, of a kind that is lent."""
    mine = Assignment.objects.filter(user=user, delegated_from__isnull=True).on(day)
    return list(mine.exclude(role__in=LENDS_NOTHING).select_related("unit").order_by("role"))


def lent_by(user: User, day: date) -> list[Assignment]:
    """Give what a person has lent and what has not come back."""
    rows = Assignment.objects.filter(delegated_from__user=user, withdrawn=False, valid_to__gte=day)
    return list(rows.select_related("user", "unit").order_by("valid_to"))


def borrowers(user: User, held: Assignment) -> list[Person]:
    """Give the people to whom a role may be lent: open accounts, of the same unit if it is the role of a unit."""
    rows = Person.objects.filter(user__is_active=True).exclude(user=user).select_related("user", "unit")
    if held.unit_id is not None:
        return list(rows.filter(unit=held.unit_id))
    return list(rows.filter(unit__in=Person.objects.filter(user=user).values("unit")))
