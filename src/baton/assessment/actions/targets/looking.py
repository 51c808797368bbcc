"""The detectors look at the year before a target is built on it; in the background, since all units are compared."""

from collections.abc import Callable

from baton.assessment.actions.below.doors import require_office
from baton.assessment.choices import TargetState
from baton.assessment.models import TargetCall, TargetFlag
from baton.assessment.queries.targets.suspicions import flags_before
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.jobs.work import Work

LOOK = "targets.job_look"


def look_at_year_before(
    *, by: Actor, call: int, progress: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Flag what of the year before a call's targets is worth checking; gives how many flags are new.

    By the office, or the system for it. Again, it adds nothing: a kind is raised once per target, and what is fixed
    already is not asked about. `progress` as `engine.integrity.find` tells it; what it raises ends the work.
    """
    require_office(by)
    row = TargetCall.objects.select_related("scheme").get(pk=call)
    keys = set(row.targets.order_by().values_list("series", "figure_name"))
    found = flags_before(row.scheme, keys, row.year, progress)
    with acting(by) as told:
        open_ = (
            row.targets.exclude(state=TargetState.FIXED)
            .select_related("unit")
            .select_for_update(of=("self",), no_key=True)
        )
        known = set(TargetFlag.objects.filter(target__call=row).order_by().values_list("target", "kind"))
        made = TargetFlag.objects.bulk_create(
            TargetFlag(
                target=one,
                kind=flag.kind,
                months=list(flag.months),
                strength=flag.strength,
                evidence=flag.evidence,
                raised_at=clock.now(),
            )
            for one in open_
            for flag in found.get((one.unit.code, one.series), ())
            if (one.pk, flag.kind) not in known
        )
        told.did("targets.did_look", row, count=len(made))
    return len(made)


def look_in_background(work: Work) -> None:
    """Look, as the job that a call asked for."""
    look_at_year_before(by=work.actor, call=int(work.params["call"]), progress=work.tell)
