"""What steps of an objection share: the row they change, whom they tell."""

from collections.abc import Iterable

from baton.assessment.actions.below import places
from baton.assessment.actions.below.people import OF_UNIT, county_people, people_in
from baton.assessment.choices import ObjectionState
from baton.assessment.models import Objection
from baton.core.acting import Told
from baton.core.models import User
from baton.org.choices import Role
from baton.words import Problem, Refused

OFFICE_PEOPLE = (Role.OFFICE, Role.OFFICE_HEAD)


def locked(number: int, *states: ObjectionState) -> Objection:
    """Give an objection to be changed, where it is in one of some states. Raises `Refused`."""
    rows = Objection.objects.with_results().select_related("unit", "about", "figure", "entry")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=number).first()
    if row is None or ObjectionState(row.state) not in states:
        raise Refused([Problem("objections.not_open")])
    return row


def concerned(row: Objection) -> list[User]:
    """Give whoever the objection is to be told about: the unit that objects, and the one whose figure it is."""
    return [*people_in([row.unit], *OF_UNIT, Role.VERIFIER), *people_in([row.about], *OF_UNIT)]


def tell_office(told: Told, row: Objection, code: str) -> None:
    """Tell the assessment office of a step."""
    tell(told, county_people(*OFFICE_PEOPLE), row, code)


def tell(told: Told, people: Iterable[User], row: Objection, code: str) -> None:
    """Tell people of a step; without a word of what it says."""
    period = row.issued.period
    told.tell(people, code, link=places.objection(row.pk), unit=row.unit.name, period=period, number=row.number)
