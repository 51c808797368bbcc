"""Housekeeping at night: files that belong to nobody, records of jobs long done."""

from datetime import timedelta

from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from baton.core import clock, files
from baton.core.acting import SYSTEM, acting
from baton.core.choices import JobState
from baton.core.jobs.work import Work
from baton.core.models import Job
from baton.core.queries.parameters import parameters

_A_DAY = timedelta(days=1)


def sweep_files(work: Work) -> None:
    """Remove from disk what no row names and nobody wrote within a day: uploads whose action did not come about."""
    files.sweep((clock.real_now() - _A_DAY).timestamp())
    work.tell(1, 1)


def prune_jobs(work: Work) -> None:
    """Remove records of jobs that ended so many days ago, and of the library's tasks."""
    length = timedelta(days=parameters(clock.today(), "services")["job_kept_days"])
    ended = (JobState.DONE.value, JobState.FAILED.value, JobState.CANCELLED.value)
    over = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    with acting(SYSTEM):
        Job.objects.filter(state__in=ended, finished_at__lt=clock.now() - length).delete()
        DBTaskResult.objects.filter(status__in=over, finished_at__lt=clock.real_now() - length).delete()
    work.tell(1, 1)
