"""A call for targets taken back, as far as nobody has done anything with it: a slip is not to stay for the year."""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import require_office
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.choices import TargetState
from baton.assessment.models import Target
from baton.assessment.queries.targets.lists import untouched
from baton.core.acting import Actor, acting
from baton.words import Place, Problem, Refused


def take_back_call(*, by: Actor, call: int, reason: str) -> int:
    """Take back the targets of a call that nobody has drafted, proposed or asked to change; gives how many.

    Those that were taken over go as well, and their figures stay; the rest stays as it is. By the office, with a
    reason that units are told. Raises `Refused` without one, and where nothing is left to take back.
    """
    require_office(by)
    if not reason.strip():
        raise Refused([Problem("targets.reason_lacking", {}, Place(field=f"reason-{call}"))])
    with acting(by) as told:
        rows = Target.objects.filter(pk__in=untouched(call).values("pk")).select_related("unit", "call")
        found = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
        if not found:
            raise Refused([Problem("targets.nothing_to_take_back")])
        for row in found:
            told.did("targets.did_take_back", row, reason=reason.strip()[:400])
        asked = {row.unit_id for row in found if row.state == TargetState.OPEN}
        year, why = found[0].year, reason.strip()[:200]
        told.tell(people_in(asked, *OF_UNIT), "targets.notice_taken_back", link=places.targets(), year=year, reason=why)
        Target.objects.filter(pk__in=[row.pk for row in found]).delete()
    return len(found)
