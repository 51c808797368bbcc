"""Asking for a job, within the transaction of the change that wants it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from baton.core import clock
from baton.core.acting import Told
from baton.core.choices import JobState
from baton.core.jobs.kinds import kind_of
from baton.core.jobs.running import run_job
from baton.core.models import Job


def ask(
    told: Told,
    kind: str,
    params: Mapping[str, Any] | None = None,
    *,
    about: str = "",
    key: str | None = None,
    by_itself: bool = False,
) -> Job:
    """Ask for a job; with a `key` the same work is asked for once, and the job that is there comes back.

    `about` says to people of what it is (a unit, a month). `by_itself`: it follows from what somebody did, who did not
    ask for it and is not told how it ends. Raises `KeyError` for a kind that nobody registered.
    """
    kind_of(kind)
    fields: dict[str, Any] = {"kind": kind, "params": dict(params or {}), "about": about[:200]}
    fields |= {"by": None if by_itself else told.by.user, "created_at": clock.now()}
    if key is None:
        job, new = Job.objects.create(**fields), True
    else:
        job, new = Job.objects.get_or_create(key=key, defaults=fields)
    if new:
        hand_over(job)
    return job


def hand_over(job: Job, after: datetime | None = None) -> None:
    """Put a waiting job into the queue, to be taken now or after a moment (of the machine's clock)."""
    queued = run_job.using(run_after=after).enqueue(job.pk)
    job.task = UUID(queued.id)
    Job.objects.filter(pk=job.pk).update(task=job.task, state=JobState.WAITING.value, holder="", lease_until=None)
