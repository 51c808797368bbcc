"""A year that was scored is scored anew when what it rests on changed by an objection: asked for, done by a worker."""

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import AnnualRun
from baton.core.acting import Told
from baton.core.choices import JobState
from baton.core.jobs.asking import ask
from baton.core.models import Job

JOB = "annual.job_score"


def ask_year_anew(told: Told, year: int, reason: str) -> None:
    """Ask for an official run of a year beside those there are, with the reason, if the year has an official result.

    A waiting job is held until this change is written, so that it begins after it; another change finds it held, and
    asks for one more.
    """
    if not AnnualRun.objects.filter(annual__year=year, kind=RunKind.OFFICIAL, state=RunState.DONE).exists():
        return
    waiting = Job.objects.filter(kind=JOB, about=str(year), state=JobState.WAITING)
    if waiting.select_for_update(skip_locked=True, no_key=True).first() is None:
        given = {"year": year, "kind": RunKind.OFFICIAL.value, "reason": reason}
        ask(told, JOB, given, about=str(year), by_itself=True)
