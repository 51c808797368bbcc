"""Stopping a job and trying one again: by whoever asked for it."""

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.choices import JobState
from baton.core.jobs.asking import hand_over
from baton.core.models import Job
from baton.words import Problem, Refused


def cancel_job(*, by: Actor, number: int) -> Job:
    """Stop a job: one that waits at once, one that runs after the step at hand. Stopping twice changes nothing."""
    with acting(by) as told:
        job = _mine(by, number)
        if job.state == JobState.WAITING.value:
            job.state, job.finished_at = JobState.CANCELLED.value, clock.now()
        elif job.state == JobState.RUNNING.value and not job.cancel_asked:
            job.cancel_asked = True
        else:
            return job
        job.save(update_fields=["state", "finished_at", "cancel_asked"])
        told.did("services.job_cancelled", job, kind=job.kind)
    return job


def retry_job(*, by: Actor, number: int) -> Job:
    """Try a failed or stopped job again, from where it stopped. Raises `Refused` for one that is under way or done."""
    with acting(by) as told:
        job = _mine(by, number)
        if job.state not in (JobState.FAILED.value, JobState.CANCELLED.value):
            raise Refused([Problem("services.job_not_to_retry")])
        job.state, job.attempts, job.problem, job.finished_at = JobState.WAITING.value, 0, {}, None
        job.save(update_fields=["state", "attempts", "problem", "finished_at"])
        hand_over(job)
        told.did("services.job_retried", job, kind=job.kind)
    return job


def _mine(by: Actor, number: int) -> Job:
    """Find one's own job and lock it against the worker. Raises `Refused` where it is not one's own."""
    rows = (
        Job.objects.select_for_update(no_key=True)
        if by.user is None
        else Job.objects.visible_to(by.user).select_for_update(no_key=True)
    )
    job = rows.filter(pk=number).first()
    if job is None:
        raise Refused([Problem("services.job_unknown")])
    return job
