"""The annual assessment (年度考核) of a year, and its runs: months and year-end together, by the whole scheme."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import RunKind, RunState, pairs
from baton.assessment.models.annual_publication import AnnualPublication
from baton.assessment.models.publication import ResultReader
from baton.assessment.models.scheme import SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.core import clock
from baton.core.models import User


class AnnualQuerySet(models.QuerySet["AnnualAssessment"]):
    """Annual assessments."""

    def visible_to(self, user: User) -> Self:
        """Give all of them to whoever has business here."""
        return self if sight_of(user).anything else self.none()


class AnnualAssessment(models.Model):
    """The assessment of a year, by the version of the scheme that is in force at its end."""

    year = models.PositiveSmallIntegerField(unique=True)
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="annuals")
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = AnnualQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-year",)

    def __str__(self) -> str:
        """The year."""
        return str(self.year)


def seen_annually(user: User, run: str) -> Q | models.Exists | None:
    """Say which annual runs a person sees: None all; else only those that were put up for publicity or published.

    Before that only people on the list of readers do (domain.md, last section, 7).
    """
    if ResultReader.objects.reads(user, clock.today()):
        return None
    if not sight_of(user).anything:
        return Q(pk__in=())
    shown = {"decision__run": models.OuterRef(run), "withdrawn_at__isnull": True}
    return models.Exists(AnnualPublication.objects.filter(**shown, opens__lte=clock.today()))


class AnnualRunQuerySet(models.QuerySet["AnnualRun"]):
    """Annual runs."""

    def visible_to(self, user: User) -> Self:
        """Give what is up for publicity or published to whoever has business here; all others to listed readers."""
        seen = seen_annually(user, "pk")
        return self if seen is None else self.filter(seen)


class AnnualRun(models.Model):
    """A year scored once, never changed afterwards. `events`: the bonuses, deductions and vetoes it was given.

    `until` is the number of the newest figure there was, `problems` say why a run was refused. A third party makes the
    run again from the figures that counted then, `events` and the scheme (`queries.annual.scored.annual_again`).
    """

    annual = models.ForeignKey(AnnualAssessment, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=16, choices=pairs(RunKind))
    state = models.CharField(max_length=16, choices=pairs(RunState), default=RunState.RUNNING.value)
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="annual_runs")
    scheme_digest = models.CharField(max_length=64, blank=True)
    data_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=32, blank=True)
    until = models.BigIntegerField(default=0)
    events = models.JSONField(default=list)
    figures = models.PositiveIntegerField(default=0)
    preliminary = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AnnualRunQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Year and kind."""
        return f"{self.annual_id} {self.kind} {self.pk}"
