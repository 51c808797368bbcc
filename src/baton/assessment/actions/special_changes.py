"""Why two runs of a special assessment differ, worked out in the background and kept."""

from baton.assessment.actions.below.special_changes import ask_for_change_of
from baton.assessment.actions.below.special_doors import special_of
from baton.assessment.models import SpecialChange, SpecialRun
from baton.assessment.queries.special_why import change_between, comparable_runs, work_out
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.jobs.work import Work
from baton.core.models import Job
from baton.words import Place, Problem, Refused


def ask_for_change(*, by: Actor, special: int, first: int, second: int) -> Job:
    """Ask for the change between two runs (numbers) of a special assessment. By whoever may see both.

    Raises `Refused` for runs that this person may not see, and for one run beside itself.
    """
    if by.user is None or first == second:
        raise Refused([Problem("plans.change_of_one", {}, Place(field="second"))])
    row = special_of(special, lock=False)
    runs = {run.pk: run for run in comparable_runs(by.user, row).filter(pk__in=(first, second))}
    if len(runs) < 2:
        raise Refused([Problem("plans.change_unknown", {}, Place(field="first"))])
    with acting(by) as told:
        return ask_for_change_of(told, runs[first], runs[second])


def change_in_background(work: Work) -> None:
    """Work it out, as the job that was asked for; what is there already is left."""
    runs = SpecialRun.objects.select_related("special__item", "special__version")
    first, second = runs.get(pk=int(work.params["first"])), runs.get(pk=int(work.params["second"]))
    work.tell(0, 1)
    if change_between(first, second) is None:
        units = work_out(first, second)
        SpecialChange.objects.get_or_create(first=first, second=second, defaults={"units": units, "at": clock.now()})
    work.tell(1, 1)
    work.link = f"/plan/specials/{first.special_id}/why?first={first.pk}&second={second.pk}"
