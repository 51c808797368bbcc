"""Results that are out, and who may see them before."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import pairs
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import asked_once, powers


class ResultReaderQuerySet(models.QuerySet["ResultReader"]):
    """The list of readers."""

    def reads(self, user: User, day: date) -> bool:
        """Whether a person stands on the list on a day, by name or by a county-wide role."""
        if not user.is_active:
            return False
        listed = self.of(user, powers(user, day).county, day)
        return asked_once(user, (self.model, day), listed.exists)

    def of(self, user: User, roles: Collection[Role], day: date) -> Self:
        """Give the lines by which a person with some county-wide roles stands on the list on a day."""
        holds = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        named = Q(user=user) | Q(role__in=[role.value for role in roles])
        return self.filter(named, holds, valid_from__lte=day)


class ResultReader(models.Model):
    """Who may see results before they are out: a list (domain.md, last section, 7). A user, or a county-wide role."""

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=32, blank=True, choices=pairs(Role))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    objects = ResultReaderQuerySet.as_manager()

    class Meta:
        """A user or a role."""

        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False, role="") | Q(user__isnull=True, role__gt=""),
                name="result_reader_user_or_role",
            ),
        )

    def __str__(self) -> str:
        """Role or user."""
        return self.role or str(self.user_id)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications."""

    def visible_to(self, user: User) -> Self:
        """Give all publications, withdrawn ones too, to whoever has business here."""
        return self if sight_of(user).anything else self.none()


class Publication(models.Model):
    """A month's result made known (通报). Withdrawn ones stay, and name what replaced them."""

    month = models.ForeignKey("assessment.Month", on_delete=models.PROTECT, related_name="publications")
    run = models.ForeignKey("assessment.Run", on_delete=models.PROTECT, related_name="publications")
    issue = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        """Newest first; one is in force per month."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("month", "issue"), name="publication_issue_once"),
            models.UniqueConstraint(
                fields=("month",), condition=Q(withdrawn_at__isnull=True), name="publication_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_reason__gt=""),
                name="publication_withdrawn_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        """Issue and document."""
        return f"{self.issue} {self.document}".strip()

    @property
    def period(self) -> str:
        """The month."""
        return self.month.period
