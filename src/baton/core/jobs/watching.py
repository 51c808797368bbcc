"""Finding jobs whose worker died: back into the queue, or failed after so many attempts. Nobody's work is lost."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from baton.core import clock
from baton.core.acting import SYSTEM, acting
from baton.core.choices import JobState
from baton.core.jobs.asking import hand_over
from baton.core.jobs.holding import lease
from baton.core.jobs.running import again, end
from baton.core.models import Job
from baton.core.queries.parameters import parameters


def look_after() -> int:
    """Go through jobs that nobody holds any more; gives how many were found.

    A lease further ahead than any can be was made before the clock was set back, and counts as run out.
    """
    found = 0
    limit = parameters(clock.today(), "services")["job_attempts"]
    for job in _silent():
        found += 1
        _give_up_task(job)
        if job.attempts < limit:
            again(job.pk, job.holder, timedelta(0))
        else:
            end(job.pk, job.holder, JobState.FAILED, {"code": "services.job_lost", "params": {"attempts": limit}})
    for job in _forgotten():
        found += 1
        with acting(SYSTEM):
            hand_over(job)
    return found


def _silent() -> QuerySet[Job]:
    now, length = clock.now(), lease()
    over = Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * length)
    return Job.objects.filter(over, state=JobState.RUNNING.value)


def _forgotten() -> list[Job]:
    """Give waiting jobs whose task was taken by a worker that died before it took the job."""
    waiting = {job.task: job for job in Job.objects.filter(state=JobState.WAITING.value)}
    rows = DBTaskResult.objects.filter(pk__in=[number for number in waiting if number])
    alive = rows.filter(status=TaskResultStatus.READY) | rows.filter(
        status=TaskResultStatus.RUNNING, started_at__gt=clock.real_now() - lease()
    )
    kept = set(alive.values_list("pk", flat=True))
    return [job for number, job in waiting.items() if number not in kept]


def _give_up_task(job: Job) -> None:
    """The library leaves the task of a dead worker running for ever."""
    if job.task is None:
        return
    rows = DBTaskResult.objects.filter(pk=job.task, status=TaskResultStatus.RUNNING)
    rows.update(status=TaskResultStatus.FAILED, finished_at=clock.real_now(), exception_class_path="worker died")
