"""Keys with which an outside system speaks for a user."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from baton.core.models.user import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Keys."""

    def visible_to(self, user: User) -> Self:
        """Give a person's own keys; the administrator's page asks for all of them by itself."""
        return self.filter(user=user)

    def on(self, day: date) -> Self:
        """Give the keys that open on a day."""
        ends = Q(expires_on__isnull=True) | Q(expires_on__gte=day)
        return self.filter(ends, revoked_at__isnull=True, user__is_active=True)


class ApiToken(models.Model):
    """A key. It can do what its user can do, and of that only what its scopes name.

    Only the SHA-256 of the key is kept (it has 256 bits of chance, so that needs no salt); `head` are its first
    letters, by which people tell keys apart.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    head = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Name and first letters."""
        return f"{self.name} {self.head}"
