"""The county's own targets, and changes of fixed targets that were asked for in the year."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import Adding, AdjustmentState, pairs
from baton.assessment.models.figure import DIGITS, Figure
from baton.assessment.models.sight import sight_of
from baton.assessment.models.target import Target
from baton.core.models import User
from baton.org.models import Unit


class CountyTargetQuerySet(models.QuerySet["CountyTarget"]):
    """The county's own targets: a document of the county, for whoever has any business here."""

    def visible_to(self, user: User) -> Self:
        """Give all of them, or none."""
        return self if sight_of(user).anything else self.none()


class CountyTarget(models.Model):
    """What the county itself is to reach, with the document that says so; the newest of a figure and year counts."""

    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=64)
    figure_name = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    value = models.CharField(max_length=DIGITS)
    adding = models.CharField(max_length=8, choices=pairs(Adding))
    document = models.CharField(max_length=200)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CountyTargetQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(document__gt="", value__gt=""), name="county_target_has_a_document"),
        )

    def __str__(self) -> str:
        """Title, year and number."""
        return f"{self.title} {self.year}: {self.value}"


class AdjustmentQuerySet(models.QuerySet["TargetAdjustment"]):
    """Changes that were asked for."""

    def visible_to(self, user: User) -> Self:
        """Give those of targets that concern a person; granted ones to whoever sees the target."""
        if sight_of(user).everything:
            return self
        seen = Q(state=AdjustmentState.GRANTED, target__in=Target.objects.visible_to(user))
        return self.filter(Q(target__in=Target.objects.concerning(user)) | seen)


class TargetAdjustment(models.Model):
    """A fixed target is to change in the year: to what, why, by which document; the head of the office says.

    `before` is the figure that stood when it was asked for, `made` the one that came of it. `of`: the unit or
    department that asks (None: the office itself).
    """

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="adjustments")
    before = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=DIGITS)
    reason = models.CharField(max_length=400)
    document = models.CharField(max_length=200)
    of = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    behalf_of = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=pairs(AdjustmentState), default=AdjustmentState.OPEN.value)
    answer = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        """Newest first; one waits per target; each has reason and document."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("target",), condition=Q(state=AdjustmentState.OPEN), name="adjustment_waits_once"
            ),
            models.CheckConstraint(condition=Q(reason__gt="", document__gt=""), name="adjustment_says_why"),
            models.CheckConstraint(
                condition=~Q(state=AdjustmentState.GRANTED) | Q(made__isnull=False), name="adjustment_granted_is_made"
            ),
            models.CheckConstraint(
                condition=~Q(state=AdjustmentState.DECLINED) | Q(answer__gt=""), name="adjustment_declined_says_why"
            ),
        )

    def __str__(self) -> str:
        """To what, and how far."""
        return f"{self.value} {self.state}"
