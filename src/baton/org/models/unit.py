"""Units, the names they had, and what became of them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from baton.org.choices import ChangeKind
from baton.org.models.seen import SeenByAll, choices_of


class UnitQuerySet(SeenByAll["Unit"]):
    """Units. Everybody who signs in may see that a unit exists and where it stands in the tree."""

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
    """A name of a unit beside that of today: one it had, with its days, or another way of writing it (`alias`).

    The first day of the name of today stands here, too, once the unit was renamed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    alias = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = SeenByAll["UnitName"].as_manager()

    class Meta:
        """A name may come back later, so it stands for a unit once a day, and another way of writing it once."""

        ordering = ("valid_from", "name")
        constraints = (
            models.UniqueConstraint(fields=("unit", "name", "valid_from"), name="unit_name_once_a_day"),
            models.UniqueConstraint(fields=("unit", "name"), condition=Q(alias=True), name="unit_alias_once"),
        )

    def __str__(self) -> str:
        """The name."""
        return self.name


class UnitChange(models.Model):
    """A renaming, merger or split, with the document that decided it. `on`: the first day on which it holds."""

    kind = models.CharField(max_length=16, choices=choices_of(ChangeKind))
    on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    before = models.ManyToManyField(Unit, related_name="changes_from")
    after = models.ManyToManyField(Unit, related_name="changes_to")
    note = models.CharField(max_length=400, blank=True)

    objects = SeenByAll["UnitChange"].as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        """Kind and day."""
        return f"{self.kind} {self.on}"
