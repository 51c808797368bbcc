"""A month that was scored is scored anew when a figure of it changes: asked for with the change, done by a worker."""

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Batch, Run
from baton.core.acting import Told
from baton.core.jobs.asking import ask

JOB = "assessment.job_anew"


def ask_anew(told: Told, batch: Batch, year: str) -> None:
    """Ask for scoring anew where a month of the year has a result; once per batch."""
    kinds = (RunKind.TRIAL, RunKind.OFFICIAL)
    if Run.objects.filter(month__period__startswith=year, kind__in=kinds, state=RunState.DONE).exists():
        ask(told, JOB, about=year, key=f"{JOB} {batch.pk}")
