"""The annual plan of inspections, checks and assessments (督查检查考核计划): its items, under filing numbers."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from baton.assessment.choices import PlanKind, PlanState, Rhythm, pairs
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.org.models import Unit


class AnnualPlan(models.Model):
    """The plan of a year, once a document approved it. What comes later needs a reason of its own."""

    year = models.PositiveSmallIntegerField(unique=True)
    document = models.CharField(max_length=200)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        """The latest first; approved by a document."""

        ordering = ("-year",)
        constraints = (models.CheckConstraint(condition=Q(document__gt=""), name="annual_plan_has_a_document"),)

    def __str__(self) -> str:
        """Year and document."""
        return f"{self.year} {self.document}"


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    """Items of plans."""

    def visible_to(self, user: User) -> Self:
        """Give what is approved to whoever has business here; what is not yet, to its organiser and the office."""
        sight = sight_of(user)
        if sight.everything:
            return self
        if not sight.anything:
            return self.none()
        decided = Q(state__in=(PlanState.APPROVED, PlanState.CANCELLED))
        return self.filter(decided | Q(organiser__in=sight.units))

    def standing(self) -> Self:
        """Give what is to come about: proposed or approved."""
        return self.filter(state__in=(PlanState.PROPOSED, PlanState.APPROVED))


class PlanItem(models.Model):
    """One inspection, check or assessment: who holds it, from when to when, at whom, how often, on which ground.

    `number`: the filing number (备案号) that approval gives. `reason`: why it is needed all the same, where it came
    after the plan was approved (`off_plan`, 一事一报) or its organiser has more than the limit.
    """

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=pairs(PlanKind))
    title = models.CharField(max_length=200)
    organiser = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="organised_items")
    units = models.ManyToManyField(Unit, related_name="planned_items")
    opens = models.DateField()
    closes = models.DateField()
    rhythm = models.CharField(max_length=16, choices=pairs(Rhythm))
    visits = models.BooleanField(default=False)
    basis = models.CharField(max_length=400)
    off_plan = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=16, choices=pairs(PlanState), default=PlanState.PROPOSED.value)
    number = models.CharField(max_length=64, blank=True)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        """By days; approved ones have a number of their own, and those off the plan a reason."""

        ordering = ("opens", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="plan_item_ends_after_it_begins"),
            models.UniqueConstraint(fields=("number",), condition=Q(number__gt=""), name="plan_item_number_once"),
            models.CheckConstraint(
                condition=~Q(state=PlanState.APPROVED) | Q(number__gt=""), name="plan_item_approved_has_a_number"
            ),
            models.CheckConstraint(
                condition=Q(off_plan=False) | Q(reason__gt=""), name="plan_item_off_plan_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(PlanState.RETURNED, PlanState.CANCELLED)) | Q(answer__gt=""),
                name="plan_item_refused_says_why",
            ),
        )

    def __str__(self) -> str:
        """The title."""
        return self.title
