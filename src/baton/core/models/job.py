"""Long work: what was asked, how far it is, who is at it; and the clock that asks for work by itself."""

from typing import Self

from django.db import models

from baton.core.choices import JobState
from baton.core.models.user import User


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs are those of whoever asked."""

    def visible_to(self, user: User) -> Self:
        """Give the jobs that a person asked for."""
        return self.filter(by=user) if user.is_active else self.none()

    def unfinished(self) -> Self:
        """Give the jobs that wait or run."""
        return self.filter(state__in=(JobState.WAITING.value, JobState.RUNNING.value))


class Job(models.Model):
    """One piece of long work, of a kind that an app registered (`baton.core.jobs.kinds`).

    `key` keeps the same work from being asked for twice; `about` says of what it is, for people. Whoever runs it holds
    it by a lease until `lease_until`, under a name of their own (`holder`), and says so again long before. `done` of
    `total` is how far it is, and where it goes on after a stop. `problem` is why it failed: code and parameters of a
    sentence.
    """

    kind = models.CharField(max_length=64)
    params = models.JSONField(default=dict)
    key = models.CharField(max_length=160, null=True, unique=True)
    about = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in JobState], default=JobState.WAITING.value
    )
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    attempts = models.IntegerField(default=0)
    holder = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    task = models.UUIDField(null=True)
    problem = models.JSONField(default=dict)
    link = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("by", "-created_at"), name="job_by"),
            models.Index(fields=("state", "lease_until"), name="job_lease"),
        )

    def __str__(self) -> str:
        """Kind and number."""
        return f"{self.kind} {self.pk}"


class Schedule(models.Model):
    """Up to when a recurring piece of work has been asked for."""

    name = models.CharField(max_length=64, primary_key=True)
    done_until = models.DateTimeField()

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Leader(models.Model):
    """The one worker that asks for recurring work: one row, held by a lease."""

    holder = models.CharField(max_length=32, blank=True)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Who holds it."""
        return self.holder
