"""Reads of jobs, each starting at who asks."""

from django.db.models import QuerySet

from baton.core.models import Job, User


def jobs_of(user: User) -> QuerySet[Job]:
    """Give the jobs that a person asked for, newest first."""
    return Job.objects.visible_to(user)
