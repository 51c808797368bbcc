"""A committee's decision made known: up for publicity first (公示), then published (印发)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from baton.assessment.models.sight import sight_of
from baton.core import clock
from baton.core.models import User


class AnnualPublicationQuerySet(models.QuerySet["AnnualPublication"]):
    """Decisions made known."""

    def visible_to(self, user: User) -> Self:
        """Give those whose publicity has begun, withdrawn ones too, to whoever has business here; the office all."""
        sight = sight_of(user)
        if sight.office:
            return self
        return self.filter(opens__lte=clock.today()) if sight.anything else self.none()

    def in_force(self) -> Self:
        """Give those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class AnnualPublication(models.Model):
    """A decision made known from `opens` to `closes` (both included), and published once these days are over.

    Withdrawn ones stay; what replaces them is a decision of its own.
    """

    annual = models.ForeignKey("assessment.AnnualAssessment", on_delete=models.PROTECT, related_name="publications")
    decision = models.ForeignKey("assessment.AnnualDecision", on_delete=models.PROTECT, related_name="publications")
    issue = models.PositiveSmallIntegerField()
    opens = models.DateField()
    closes = models.DateField()
    contact = models.CharField(max_length=200)
    announced_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    document = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)

    objects = AnnualPublicationQuerySet.as_manager()

    class Meta:
        """Newest first; one is in force per year."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("annual", "issue"), name="annual_publication_issue_once"),
            models.UniqueConstraint(
                fields=("annual",), condition=Q(withdrawn_at__isnull=True), name="annual_publication_in_force_once"
            ),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="annual_publicity_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_reason__gt=""),
                name="annual_publication_withdrawn_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        """Issue and days."""
        return f"{self.issue} {self.opens} {self.closes}"

    @property
    def period(self) -> str:
        """The year, as figures name it."""
        return str(self.annual.year)
