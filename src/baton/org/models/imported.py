"""Workbooks that came in: tried first, then taken whole, and taken back whole."""

from typing import Self

from django.db import models

from baton.core import clock
from baton.core.models import User
from baton.org.choices import MAY_IMPORT, ImportKind, ImportState
from baton.org.models.assignment import Assignment
from baton.org.models.seen import choices_of


class ImportQuerySet(models.QuerySet["Import"]):
    """Workbooks that came in."""

    def visible_to(self, user: User) -> Self:
        """Give the workbooks of the kinds that a person may bring in."""
        if not user.is_active:
            return self.none()
        held = set(Assignment.objects.filter(user=user).on(clock.today()).values_list("role", flat=True))
        return self.filter(kind__in=[kind.value for kind, roles in MAY_IMPORT.items() if held & roles])


class Import(models.Model):
    """One workbook: its file, what is wrong with it, what it would change, and whether it was taken.

    `changes`: one entry per row that changes something: key, label, and each field's value before and after.
    """

    kind = models.CharField(max_length=16, choices=choices_of(ImportKind))
    state = models.CharField(max_length=16, choices=choices_of(ImportState))
    file_name = models.CharField(max_length=200)
    file = models.BinaryField()
    digest = models.CharField(max_length=64)
    problems = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    unchanged = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ImportQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        """The name of the file."""
        return self.file_name
