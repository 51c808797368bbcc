"""People of units, with or without an account."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.core import clock
from baton.core.models import User
from baton.org.choices import COUNTY_WIDE, SEES_ITS_PEOPLE
from baton.org.models.assignment import Assignment
from baton.org.models.unit import Unit


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def visible_to(self, user: User) -> Self:
        """Give oneself and the people of the units where one works on the month; county-wide roles see all."""
        if not user.is_active:
            return self.none()
        mine = Assignment.objects.filter(user=user).on(clock.today())
        if mine.filter(role__in=COUNTY_WIDE).exists():
            return self
        return self.filter(Q(user=user) | Q(unit__in=mine.filter(role__in=SEES_ITS_PEOPLE).values("unit")))


class Person(models.Model):
    """A person of a unit, with or without an account. One name field.

    `leaves_on`: the last day of the account where somebody else has taken over; it is closed when that day is over.
    """

    name = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    title = models.CharField(max_length=200, blank=True)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="person")
    leaves_on = models.DateField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        """By unit and name."""

        ordering = ("unit__order", "name")

    def __str__(self) -> str:
        """The name."""
        return self.name
