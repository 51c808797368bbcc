"""Running one job: take it, hold it, do it, and write down how it ended."""

import logging
import secrets
from datetime import timedelta

from django.db.models import F
from django.tasks import task

from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.core.choices import JobState
from baton.core.jobs.holding import held, lease
from baton.core.jobs.kinds import kind_of
from baton.core.jobs.work import Cancelled, Lost, Work
from baton.core.models import Job
from baton.core.queries.parameters import parameters
from baton.words import Problem, Refused, Word

_LOG = logging.getLogger(__name__)


@task
def run_job(number: int) -> None:
    """Run a job that waits; one that is done, cancelled or taken by another is left alone."""
    holder = secrets.token_hex(16)
    job = _taken(number, holder)
    if job is None:
        return
    work = Work(number, holder, job.params, Actor(job.by), job.done)
    try:
        with held(number, holder):
            kind_of(job.kind).run(work)
    except Lost:
        _LOG.warning("job %s went to another worker", number)
    except Cancelled:
        _end(work, JobState.CANCELLED)
    except Refused as refused:
        first = refused.problems[0]
        _end(work, JobState.FAILED, {"code": first.code, "params": {k: str(v) for k, v in first.params.items()}})
    except Exception:
        _fault(work, job)
    else:
        _end(work, JobState.DONE)


def _taken(number: int, holder: str) -> Job | None:
    now = clock.now()
    waiting = Job.objects.filter(pk=number, state=JobState.WAITING.value)
    taken = waiting.update(
        state=JobState.RUNNING.value,
        holder=holder,
        lease_until=now + lease(),
        attempts=F("attempts") + 1,
        started_at=now,
        problem={},
    )
    return Job.objects.select_related("by").get(pk=number) if taken else None


def _fault(work: Work, job: Job) -> None:
    """Try again a little later, or fail with a number by which the log tells what happened."""
    reference = secrets.token_hex(4)
    _LOG.exception("job %s (%s), reference %s", job.pk, job.kind, reference)
    if job.attempts < parameters(clock.today(), "services")["job_attempts"]:
        again(job.pk, work.holder, timedelta(seconds=10 * job.attempts))
        return
    _end(work, JobState.FAILED, _shape(Problem("services.job_fault", {"reference": reference})))


def again(number: int, holder: str, pause: timedelta) -> bool:
    """Put a running job back into the queue; False where it is no longer that holder's."""
    with acting(SYSTEM):
        mine = Job.objects.filter(pk=number, holder=holder, state=JobState.RUNNING.value)
        if not mine.update(state=JobState.WAITING.value, holder="", lease_until=None):
            return False
        queued = run_job.using(run_after=clock.real_now() + pause).enqueue(number)
        Job.objects.filter(pk=number).update(task=queued.id)
        return True


def _shape(problem: Problem) -> dict[str, object]:
    return {"code": problem.code, "params": dict(problem.params)}


def _end(work: Work, state: JobState, problem: dict[str, object] | None = None) -> None:
    end(work.number, work.holder, state, problem or {}, work.link)


def end(number: int, holder: str, state: JobState, problem: dict[str, object], link: str = "") -> None:
    """Write down how a job ended, and tell whoever asked for it; nothing where it is no longer that holder's."""
    with acting(SYSTEM) as told:
        mine = Job.objects.filter(pk=number, holder=holder, state=JobState.RUNNING.value)
        ended = {"holder": "", "lease_until": None, "finished_at": clock.now(), "cancel_asked": False}
        if not mine.update(state=state.value, problem=problem, link=link, **ended):
            return
        job = Job.objects.select_related("by").get(pk=number)
        if job.by is not None and state is not JobState.CANCELLED:
            code = "services.notice_job_done" if state is JobState.DONE else "services.notice_job_failed"
            told.tell([job.by], code, link=link or "/jobs", job=Word(job.kind), about=job.about)
