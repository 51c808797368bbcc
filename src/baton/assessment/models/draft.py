"""Cells that somebody is typing: kept every few seconds, seen by nobody else, gone once they are entered."""

from django.db import models

from baton.assessment.models.figure import DIGITS, Figure
from baton.core.models import User
from baton.org.models import Unit


class DraftCell(models.Model):
    """A cell as it was typed, right or wrong. `seen` is the figure that stood there when typing began."""

    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="draft_cells")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    series = models.CharField(max_length=64)
    figure = models.CharField(max_length=64)
    period = models.CharField(max_length=7)
    typed = models.CharField(max_length=4 * DIGITS, blank=True)
    seen = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """One per cell and person."""

        constraints = (
            models.UniqueConstraint(fields=("by", "period", "series", "figure", "unit"), name="draft_cell_once"),
        )

    def __str__(self) -> str:
        """What was typed."""
        return self.typed
