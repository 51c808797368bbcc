"""Where a person is signed in now."""

from datetime import datetime
from typing import Self

from django.contrib.sessions.models import Session
from django.db import models

from baton.core.choices import Means
from baton.core.models.user import User


class SignedInQuerySet(models.QuerySet["SignedIn"]):
    """Sign-ins."""

    def visible_to(self, user: User) -> Self:
        """Give a person's own sign-ins; those of others are the security administrator's, by a query of their own."""
        return self.filter(user=user) if user.is_active else self.none()

    def live(self, now: datetime) -> Self:
        """Give the sign-ins that have not ended by themselves."""
        return self.filter(session_key__in=Session.objects.filter(expire_date__gt=now).values("session_key"))


class SignedIn(models.Model):
    """A sign-in that goes on: since when, last seen when, and what the browser says it is."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="signed_in")
    session_key = models.CharField(max_length=40, unique=True)
    means = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Means])
    second_factor = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=300, blank=True)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        """The one used last comes first."""

        ordering = ("-seen_at", "-pk")

    def __str__(self) -> str:
        """Since when."""
        return str(self.began_at)
