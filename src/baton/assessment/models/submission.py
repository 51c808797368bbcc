"""The few figures a unit reports itself: from clerk to leader in charge to unit head to the lead department."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import StepRole, SubmissionState, Verb, pairs
from baton.assessment.models.month import Month, Window
from baton.assessment.models.scheme import Duty
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.org.models import Unit


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Reports of units."""

    def visible_to(self, user: User) -> Self:
        """Give the reports of a person's units and offices, and those whose series they verify."""
        sight = sight_of(user)
        if sight.everything:
            return self
        duty = Duty.objects.filter(
            verifier__in=sight.units, series=models.OuterRef("series"), unit=models.OuterRef("unit")
        )
        mine = Q(unit__in=sight.units) | Q(office__in=sight.units) | Q(holder=user)
        return self.filter(mine | models.Exists(duty))


class Submission(models.Model):
    """A unit's own report of one series for a month, or a part of it that an office or village fills in.

    `whole`: the report that this is a part of, then `office` says whose part. `holder`: the person it was put to
    (转交、加签), in place of whoever has the role. `countersigns`: holder gives it back to the same step. `scan` is the
    SHA-256 of the signed paper form, where the unit works on paper.
    """

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions")
    series = models.CharField(max_length=64)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="submissions")
    whole = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    office = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=pairs(SubmissionState), default=SubmissionState.DRAFT.value)
    holder = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    countersigns = models.BooleanField(default=False)
    late_step = models.CharField(max_length=20, blank=True, choices=pairs(StepRole))
    values = models.JSONField(default=dict)
    scan = models.CharField(max_length=64, blank=True)
    scan_name = models.CharField(max_length=200, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        """A report once, and once per part."""

        ordering = ("-month__period", "unit", "series", "pk")
        constraints = (
            models.UniqueConstraint(fields=("month", "unit", "series", "office"), name="submission_part_once"),
            models.UniqueConstraint(
                fields=("month", "unit", "series"), condition=Q(office__isnull=True), name="submission_once"
            ),
            models.CheckConstraint(
                condition=Q(whole__isnull=True, office__isnull=True) | Q(whole__isnull=False, office__isnull=False),
                name="submission_part_has_an_office",
            ),
        )

    def __str__(self) -> str:
        """Series and unit."""
        return f"{self.series} {self.unit_id}"


class SubmissionStep(models.Model):
    """One thing that a person did with a report, at which step, and whether the step was late then."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="steps")
    role = models.CharField(max_length=20, choices=pairs(StepRole))
    verb = models.CharField(max_length=16, choices=pairs(Verb))
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    late = models.BooleanField(default=False)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        """In order."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """Verb and role."""
        return f"{self.verb} {self.role}"
