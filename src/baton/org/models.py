"""Units, the names they had, what became of them; people; roles with dates."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from baton.core.models import User
from baton.org.choices import ChangeKind, Role


def _choices(kind: type[Role] | type[ChangeKind]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kind]


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units. Everybody who signs in may see that a unit exists and where it stands in the tree."""

    def visible_to(self, user: User) -> Self:
        """Give the units whose names a person may see: all, once signed in."""
        return self if user.is_active else self.none()

    def on(self, day: date) -> Self:
        """Give the units that existed on a day."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Unit(models.Model):
    """A unit: township, village, department, park, company, command HQ. Its name is the one of today.

    `code` never changes, whatever the unit is called. `valid_from` and `valid_to` are its first and last day, None:
    not known, or still there.
    """

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=64, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    order = models.IntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        """In the order of the official list."""

        ordering = ("order", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        """The name of today."""
        return self.name


class UnitName(models.Model):
    """A name that a unit has or had, and other ways of writing it. Reports of those days are read under it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        """A name stands for a unit once."""

        ordering = ("valid_from", "name")
        constraints = (models.UniqueConstraint(fields=("unit", "name"), name="unit_name_once"),)

    def __str__(self) -> str:
        """The name."""
        return self.name


class UnitChange(models.Model):
    """A renaming, merger or split, with the document that decided it."""

    kind = models.CharField(max_length=16, choices=_choices(ChangeKind))
    on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    before = models.ManyToManyField(Unit, related_name="changes_from")
    after = models.ManyToManyField(Unit, related_name="changes_to")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        """Newest first."""

        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        """Kind and day."""
        return f"{self.kind} {self.on}"


class Person(models.Model):
    """A person of a unit, with or without an account. One name field."""

    name = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    title = models.CharField(max_length=200, blank=True)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="person")

    class Meta:
        """By unit and name."""

        ordering = ("unit__order", "name")

    def __str__(self) -> str:
        """The name."""
        return self.name


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Roles."""

    def on(self, day: date) -> Self:
        """Give the roles that hold on a day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Assignment(models.Model):
    """A role that a user has, in a unit or (None) county-wide, from a day to a day, both included.

    `delegated_from`: the role was lent by its holder, and then it ends on a day.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=32, choices=_choices(Role))
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    delegated_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="lent")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        """What is lent comes back."""

        ordering = ("user", "role")
        constraints = (
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True) | Q(valid_to__isnull=False), name="delegation_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="assignment_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        """Role and day it began."""
        return f"{self.role} {self.valid_from}"


class Holiday(models.Model):
    """A day that is not what its weekday says: a holiday (off), or a Saturday or Sunday worked instead.

    Official days come from the calendar that the State Council publishes each autumn; those that a county adds by hand
    stand beside them, and count first.
    """

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        """By day."""

        ordering = ("day",)

    def __str__(self) -> str:
        """Day and name."""
        return f"{self.day} {self.name}"
