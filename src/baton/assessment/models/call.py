"""Calls that were answered: the same key asked again gives the same answer, and nothing happens twice."""

from django.db import models

from baton.core.models import User


class Call(models.Model):
    """An action that was carried out, under the key its caller gave it.

    `asked` is the SHA-256 of what was asked: the same key with something else asked is refused.
    """

    key = models.CharField(max_length=100)
    action = models.CharField(max_length=64)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        """A person's key of an action is used once; the system's as well."""

        constraints = (
            models.UniqueConstraint(fields=("by", "action", "key"), name="call_once"),
            models.UniqueConstraint(
                fields=("action", "key"), condition=models.Q(by__isnull=True), name="call_of_the_system_once"
            ),
        )

    def __str__(self) -> str:
        """Action and key."""
        return f"{self.action} {self.key}"
