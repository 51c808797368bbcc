"""What the competent body decided on the grades of a year, with its reasons where it departs from the suggestions."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from baton.assessment.models.annual import AnnualAssessment, AnnualRun, seen_annually
from baton.core.models import User
from baton.org.models import Unit


class AnnualDecisionQuerySet(models.QuerySet["AnnualDecision"]):
    """Decisions."""

    def visible_to(self, user: User) -> Self:
        """Give the decisions on runs that a person sees."""
        seen = seen_annually(user, "run")
        return self if seen is None else self.filter(seen)


class AnnualDecision(models.Model):
    """A decision of the committee (县委考核委员会, 常委会) on all grades of an official run. A later one replaces it.

    `body`: who decided, `document`: number of the minutes or document, `on`: the day of the meeting.
    """

    annual = models.ForeignKey(AnnualAssessment, on_delete=models.PROTECT, related_name="decisions")
    run = models.ForeignKey(AnnualRun, on_delete=models.PROTECT, related_name="decisions")
    body = models.CharField(max_length=100)
    document = models.CharField(max_length=200)
    on = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AnnualDecisionQuerySet.as_manager()

    class Meta:
        """Newest first; it names its document."""

        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(document__gt=""), name="annual_decision_has_a_document"),)

    def __str__(self) -> str:
        """The document."""
        return self.document


class DecidedGrade(models.Model):
    """A unit's grade as decided, beside the one that was suggested (codes, empty: none)."""

    decision = models.ForeignKey(AnnualDecision, on_delete=models.CASCADE, related_name="grades")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decided_grades")
    group = models.CharField(max_length=64)
    suggested = models.CharField(max_length=64, blank=True)
    grade = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        """A unit once; who departs from the suggestion says why."""

        ordering = ("decision", "group", "unit")
        constraints = (
            models.UniqueConstraint(fields=("decision", "unit"), name="decided_grade_once"),
            models.CheckConstraint(
                condition=Q(grade=F("suggested")) | Q(reason__gt=""), name="decided_grade_departs_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        """Unit and grade."""
        return f"{self.unit_id} {self.grade}"
