"""Who answers a contest: whoever verifies the figure, never the unit that contests; else the office."""

from collections.abc import Collection, Iterator

from baton.assessment.choices import ContestState
from baton.assessment.models import Contest, Duty, Month
from baton.assessment.models.sight import sight_of
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import powers


def open_contests(user: User, month: Month) -> Iterator[Contest]:
    """Go through the open contests that a person answers: as verifier of the figure, or of the office."""
    mine, office = powers(user, clock.today()).units_of(Role.VERIFIER), sight_of(user).office
    rows = Contest.objects.visible_to(user).filter(month=month, state=ContestState.OPEN)
    found = list(rows.select_related("about__batch__by", "unit", "by"))
    duties = Duty.objects.filter(
        scheme=month.scheme_id,
        series__in={one.about.series for one in found},
        unit__in={one.unit_id for one in found},
    )
    by_key = {(one.series, one.unit_id): one for one in duties.order_by()}
    for one in found:
        one.month = month
        duty = by_key.get((one.about.series, one.unit_id))
        if office or _judged_in(mine, one, duty):
            yield one


def judges(user: User, contest: Contest) -> bool:
    """Whether a person answers a contest: never one of the unit that contests."""
    if sight_of(user).office:
        return True
    duty = Duty.objects.filter(scheme=contest.month.scheme, series=contest.about.series, unit=contest.unit).first()
    return _judged_in(powers(user, clock.today()).units_of(Role.VERIFIER), contest, duty)


def _judged_in(units: Collection[int], contest: Contest, duty: Duty | None) -> bool:
    return duty is not None and duty.verifier_id in units and duty.verifier_id != contest.unit_id
