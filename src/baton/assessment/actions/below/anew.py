"""A month that was scored is scored anew when a figure of it changes: asked for with the change, done by a worker."""

from collections.abc import Collection

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import Batch, Run
from baton.assessment.rules.month_scheme import first_reading
from baton.core.acting import Told
from baton.core.choices import JobState
from baton.core.jobs.asking import ask
from baton.core.models import Job

JOB = "assessment.job_anew"
SCORE = "office.job_score"


def ask_anew(told: Told, batch: Batch, periods: Collection[str]) -> None:
    """Ask for scoring anew where a result reads figures of some periods, if no job that will see the change waits.

    A waiting job is held until this change is written, so that it begins after it; where another change holds it
    already there is one more job, which finds nothing left to do. So no change waits for another.
    """
    for year in sorted({period[:4] for period in periods}):
        first = min(first_reading(period) for period in periods if period[:4] == year)
        _ask(told, batch, year, first)


def ask_official(told: Told, period: str) -> None:
    """Ask for an official result of a month beside the one there is: its scheme was amended by an objection."""
    ask(told, SCORE, {"period": period, "kind": RunKind.OFFICIAL.value}, about=period, by_itself=True)


def _ask(told: Told, batch: Batch, year: str, first: str) -> None:
    results = Run.objects.filter(kind__in=(RunKind.TRIAL, RunKind.OFFICIAL), state=RunState.DONE)
    if results.filter(month__period__startswith=year, month__period__gte=first).exists():
        waiting = Job.objects.filter(kind=JOB, about=year, state=JobState.WAITING)
        if waiting.select_for_update(skip_locked=True, no_key=True).first() is None:
            ask(told, JOB, about=year, key=f"{JOB} {batch.pk} {year}", by_itself=True)
