"""Sources of figures that come from above on days of their own: what the county knows of their release calendar."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from baton.core.models import User


class SourceDayQuerySet(models.QuerySet["SourceDay"]):
    """Release days."""

    def visible_to(self, user: User) -> Self:
        """Give what a person may read: all, once signed in."""
        return self if user.is_active else self.none()

    def on(self, day: date) -> Self:
        """Give the rows that hold on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class SourceDay(models.Model):
    """On which day of the month after the one reported the figures of a source (`Indicator.source`) are expected."""

    source = models.CharField(max_length=200)
    day = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200)

    objects = SourceDayQuerySet.as_manager()

    class Meta:
        """In the order of the month."""

        ordering = ("day", "source")
        constraints = (
            models.UniqueConstraint(fields=("source", "valid_from"), name="source_day_once"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=31), name="source_day_of_a_month"),
        )

    def __str__(self) -> str:
        """Source and day."""
        return f"{self.source} {self.day}"
