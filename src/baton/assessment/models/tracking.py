"""Lagging work (滞后工作): what is behind, whose it is, what is done about it, and how it ended."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import Consequence, ItemKind, ItemState, TrackStep, pairs
from baton.assessment.models.ledger import LedgerEntry
from baton.assessment.models.month import Month
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.org.choices import Role
from baton.org.models import Unit


class TrackedItemQuerySet(models.QuerySet["TrackedItem"]):
    """Tracked items."""

    def visible_to(self, user: User) -> Self:
        """Give the items of a person's units and those their departments are responsible for."""
        sight = sight_of(user)
        if sight.everything:
            return self
        return self.filter(Q(unit__in=sight.units) | Q(department__in=sight.units) | Q(owner=user))


class TrackedItem(models.Model):
    """One piece of work that lags: an indicator of a unit behind its plan for N months, or a task past its date.

    `subject` is the code of the indicator, or of the task; `title` its name. `department` is responsible, `owner` the
    person who answers for it. `measures`, `cause` and `new_date` are what the unit answered. `closed_reason` says why,
    where a decision closed it.
    """

    kind = models.CharField(max_length=16, choices=pairs(ItemKind))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tracked_items")
    subject = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    department = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    month = models.ForeignKey(Month, null=True, on_delete=models.PROTECT, related_name="tracked_items")
    behind = models.PositiveSmallIntegerField(default=0)
    due = models.DateField(null=True, blank=True)
    cause = models.CharField(max_length=1000, blank=True)
    measures = models.CharField(max_length=1000, blank=True)
    new_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=pairs(ItemState), default=ItemState.OPEN.value)
    times = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_reason = models.CharField(max_length=1000, blank=True)
    document = models.CharField(max_length=200, blank=True)

    objects = TrackedItemQuerySet.as_manager()

    class Meta:
        """Oldest first; one open item per subject and unit; a decision gives its reason."""

        ordering = ("opened_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "kind", "subject"), condition=Q(state=ItemState.OPEN), name="tracked_item_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.DECIDED) | Q(closed_reason__gt=""), name="tracked_item_decided_why"
            ),
            models.CheckConstraint(
                condition=Q(state=ItemState.OPEN, closed_at__isnull=True)
                | Q(~Q(state=ItemState.OPEN), closed_at__isnull=False),
                name="tracked_item_closed_on_a_day",
            ),
        )

    def __str__(self) -> str:
        """The title."""
        return self.title


class TrackedStep(models.Model):
    """What happened to a tracked item. A reminder of a level is given once; `to` is the role it was put to.

    `consequence` proposed by the system counts for nothing until a person confirms it; a confirmed deduction names its
    entry in the ledger.
    """

    item = models.ForeignKey(TrackedItem, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=16, choices=pairs(TrackStep))
    level = models.PositiveSmallIntegerField(default=0)
    to = models.CharField(max_length=32, blank=True, choices=pairs(Role))
    consequence = models.CharField(max_length=16, blank=True, choices=pairs(Consequence))
    text = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ledger = models.ForeignKey(LedgerEntry, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In order; a level once."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("item", "level"), condition=Q(kind=TrackStep.REMINDED), name="reminder_level_once"
            ),
            models.UniqueConstraint(
                fields=("item", "consequence"), condition=Q(kind=TrackStep.PROPOSED), name="consequence_proposed_once"
            ),
        )

    def __str__(self) -> str:
        """Kind and time."""
        return f"{self.kind} {self.at:%Y-%m-%d}"
