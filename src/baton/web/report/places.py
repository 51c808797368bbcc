"""Where in the county's month a page of this room is: its month, its unit, and whether the person may be there."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from baton.assessment.models import Month
from baton.assessment.queries.desk.tasks import REPORTS
from baton.core import clock
from baton.core.queries.parameters import parameter
from baton.org.choices import Role
from baton.org.models import Unit
from baton.web.asking import powers_of, user_of

OFFICE = (Role.OFFICE, Role.OFFICE_HEAD)


@dataclass(frozen=True, slots=True)
class Place:
    """A month of a unit, and on whose behalf somebody enters there: `for_others` is the office."""

    month: Month
    unit: Unit
    for_others: bool


def place_of(request: HttpRequest, period: str, code: str) -> Place:
    """Give the place of a page. Raises `Http404` for what is not there, `PermissionDenied` for who has no business."""
    user, mine = user_of(request), powers_of(request)
    month = Month.objects.visible_to(user).select_related("scheme").filter(period=period).first()
    unit = Unit.objects.visible_to(user).filter(code=code).first()
    if unit is None:
        raise Http404
    reports = any((role, unit.pk) in mine.units for role in REPORTS)
    if not reports and not mine.county & set(OFFICE):
        raise PermissionDenied
    if month is None:
        raise Http404
    return Place(month, unit, not reports)


def by_phone() -> bool:
    """Whether the county has turned on reporting by phone; it is off as shipped (减负: 手机端不作填报)."""
    return bool(parameter("reporting.by_phone", clock.today()))
