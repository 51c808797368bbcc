"""Asking for a month to be scored in the background, with its progress to be seen."""

from baton.assessment.actions.below import anew
from baton.assessment.actions.below.doors import month_of, require_office
from baton.assessment.actions.scores import score_month
from baton.assessment.choices import RunKind
from baton.core.acting import Actor, acting
from baton.core.jobs.asking import ask
from baton.core.jobs.work import Work
from baton.core.models import Job
from baton.words import Problem, Refused

JOB = anew.SCORE


def ask_for_score(*, by: Actor, period: str, kind: RunKind) -> Job:
    """Ask for a preview, trial or official run. Raises `Refused` while one of the month is under way."""
    require_office(by)
    month_of(period)
    with acting(by) as told:
        if Job.objects.unfinished().filter(kind=JOB, about=period).exists():
            raise Refused([Problem("office.score_under_way", {"period": period})])
        job = ask(told, JOB, {"period": period, "kind": kind.value}, about=period)
        told.did("office.score_asked", job, month=period, kind=kind.value)
    return job


def score_in_background(work: Work) -> None:
    """Score, as the job that was asked for; an attempt that was cut off is made again, and gives one run."""
    period, kind = str(work.params["period"]), RunKind(work.params["kind"])
    work.tell(0, 1)
    run = score_month(by=work.actor, period=period, kind=kind, key=f"job {work.number}")
    work.link = f"/office/{period}/runs/{run.pk}"
    work.tell(1, 1)
