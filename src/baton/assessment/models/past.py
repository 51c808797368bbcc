"""Results of earlier years that were brought in: what trends begin with, and the workbook that each came from."""

from typing import Any

from django.db import models
from django.db.models import Q

from baton.core.models import User
from baton.org.models import Unit


def _points(**options: bool) -> "models.DecimalField[Any, Any]":
    """Points as results have them: at most nine decimals."""
    return models.DecimalField(max_digits=15, decimal_places=9, **options)  # type: ignore[arg-type]


class PastImport(models.Model):
    """A workbook of results that was taken whole, and can be taken back whole. `before`: what its rows replaced."""

    document = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField()
    before = models.JSONField(default=list)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=Q(count__gt=0), name="past_import_holds_something"),)

    def __str__(self) -> str:
        """The document, else the file."""
        return self.document or self.file_name


class PastResult(models.Model):
    """A result of earlier years that was brought in: what trends begin with. `period`: a month or a year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="past_results")
    period = models.CharField(max_length=7)
    group = models.CharField(max_length=64, blank=True)
    score = _points(null=True)
    full = _points()
    rank = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    grade = models.CharField(max_length=64, blank=True)
    document = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    brought = models.ForeignKey(PastImport, null=True, on_delete=models.PROTECT, related_name="results")

    objects: "models.Manager[PastResult]" = models.Manager()

    class Meta:
        """Once per unit and period."""

        ordering = ("period", "group", "rank")
        constraints = (models.UniqueConstraint(fields=("unit", "period"), name="past_result_once"),)

    def __str__(self) -> str:
        """Unit and period."""
        return f"{self.unit_id} {self.period}"
