"""Which months an amendment reaches, and what a month could be moved to."""

from baton.assessment.models import Month, SchemeVersion
from baton.assessment.rules.amending import MonthFate, months_of
from baton.assessment.rules.month_scheme import last_of
from baton.core.models import User
from baton.engine.scheme.model import Scheme


def months_reached(user: User, scheme: Scheme, published: SchemeVersion | None) -> list[MonthFate]:
    """Say of the months of a scheme's year that were opened what a version of it is to them, the oldest first."""
    rows = Month.objects.visible_to(user).filter(period__startswith=f"{scheme.effective_from.year}-")
    names = rows.select_related("scheme").order_by("period")
    given = [(one.period, one.state, one.scheme_id, str(one.scheme)) for one in names]
    own = None if published is None else published.pk
    return months_of(scheme.effective_from, scheme.effective_to, own, given)


def first_to_take(found: list[MonthFate], scheme: Scheme) -> str:
    """Give the first month that is not opened yet and will be scored by a version: the one after the newest opened."""
    newest = max((one.period for one in found), default="")
    first = f"{scheme.effective_from:%Y-%m}"
    if not newest or newest < first:
        return first
    year, number = int(newest[:4]), int(newest[5:])
    following = f"{year}-{number + 1:02d}" if number < 12 else f"{year + 1}-01"
    ends = scheme.effective_to
    return "" if ends is not None and last_of(following) > last_of(f"{ends:%Y-%m}") else following
