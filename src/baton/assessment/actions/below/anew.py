"""A month that was scored is scored anew when a figure of it changes: asked for with the change, done by a worker."""

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Batch, Run
from baton.core.acting import Told
from baton.core.choices import JobState
from baton.core.jobs.asking import ask
from baton.core.models import Job

JOB = "assessment.job_anew"


def ask_anew(told: Told, batch: Batch, year: str) -> None:
    """Ask for scoring anew where a month of the year has a result, if no job that will see the change waits already.

    A waiting job is held until this change is written, so that it begins after it; where another change holds it
    already there is one more job, which finds nothing left to do. So no change waits for another.
    """
    kinds = (RunKind.TRIAL, RunKind.OFFICIAL)
    if Run.objects.filter(month__period__startswith=year, kind__in=kinds, state=RunState.DONE).exists():
        waiting = Job.objects.filter(kind=JOB, about=year, state=JobState.WAITING)
        if waiting.select_for_update(skip_locked=True, no_key=True).first() is None:
            ask(told, JOB, about=year, key=f"{JOB} {batch.pk}", by_itself=True)
