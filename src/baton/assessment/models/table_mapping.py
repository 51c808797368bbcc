"""Mappings of offices' own tables of indicators, kept for the next time such a table comes."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.models.sight import sight_of
from baton.core.models import User


class TableMappingQuerySet(models.QuerySet["TableMapping"]):
    """Mappings."""

    def visible_to(self, user: User) -> Self:
        """Give all to the office and readers of the county, to others none."""
        return self if sight_of(user).everything else self.none()


class TableMapping(models.Model):
    """How one office's table of indicators becomes a scheme: the file that `baton import-scheme` reads, by a name."""

    name = models.CharField(max_length=100, unique=True)
    text = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TableMappingQuerySet.as_manager()

    class Meta:
        """Latest first."""

        ordering = ("-at", "-pk")
        constraints = (models.CheckConstraint(condition=Q(name__gt=""), name="table_mapping_has_a_name"),)

    def __str__(self) -> str:
        """The name."""
        return self.name
