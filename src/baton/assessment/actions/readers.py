"""The list of who may see results before they are out: kept by the head of the office, each with reason and days."""

from datetime import date, timedelta

from baton.assessment.actions.below.doors import require_head
from baton.assessment.models import ResultReader
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.models import User
from baton.org.choices import COUNTY_WIDE, Role
from baton.words import Place, Problem, Refused


def add_reader(
    *, by: Actor, user: int | None = None, role: Role | None = None, until: date | None = None, reason: str
) -> ResultReader:
    """Put a person, or everybody with a county-wide role, on the list from today on. Raises `Refused`."""
    require_head(by)
    problems = [] if reason.strip() else [Problem("assessment.reason_lacking", {}, Place(field="reason"))]
    person = None if user is None else User.objects.filter(pk=user, is_active=True).first()
    if (person is None) == (role is None) or (role is not None and role not in COUNTY_WIDE):
        problems.append(Problem("office.reader_lacking", {}, Place(field="who")))
    if until is not None and until < clock.today():
        problems.append(Problem("assessment.day_is_past", {}, Place(field="until")))
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        row = ResultReader.objects.create(
            user=person,
            role="" if role is None else role.value,
            valid_from=clock.today(),
            valid_to=until,
            reason=reason.strip()[:200],
        )
        who = role.value if person is None and role is not None else str(person)
        told.did("office.reader_added", row, who=who, reason=row.reason)
    return row


def end_reader(*, by: Actor, reader: int) -> ResultReader:
    """Take somebody off the list from today on; whoever came on it today is as if never there. Ending twice is once."""
    require_head(by)
    with acting(by) as told:
        row = ResultReader.objects.select_for_update(no_key=True).filter(pk=reader).first()
        if row is None:
            raise Refused([Problem("office.reader_unknown")])
        yesterday = clock.today() - timedelta(1)
        if row.valid_to is None or row.valid_to > yesterday:
            row.valid_to = yesterday
            row.save(update_fields=["valid_to"])
            told.did("office.reader_ended", row, who=row.role or str(row.user_id))
    return row
