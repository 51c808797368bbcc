"""Numbers that regulations or the county decide, each with its day and source."""

from django.db import models

from baton.core.choices import Certainty
from baton.core.models.user import User


class Parameter(models.Model):
    """A number that holds from a day on, until a later row of the same code. What the house ships stands in files."""

    code = models.CharField(max_length=64)
    value = models.JSONField()
    effective_from = models.DateField()
    source = models.CharField(max_length=400)
    certainty = models.CharField(max_length=2, choices=[(one.value, one.value) for one in Certainty])
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        """One value a day."""

        ordering = ("code", "effective_from")
        constraints = (models.UniqueConstraint(fields=("code", "effective_from"), name="parameter_once_a_day"),)

    def __str__(self) -> str:
        """Code and day."""
        return f"{self.code} {self.effective_from}"
