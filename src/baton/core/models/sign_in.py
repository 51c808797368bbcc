"""What stands between an account and those who guess: failures counted, passwords that were used, slips."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from baton.core.models.user import User


class SignInGuard(models.Model):
    """Failures of an account, an address or a second factor, whether such an account exists or not.

    `key` is `account:` and a digest of the name typed, `address:` and the address, `code:` and the user's number.
    `since`: the first failure that counts; `locks`: how often it was locked of late; `locked_at`: None when open.
    """

    key = models.CharField(max_length=80, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    last = models.DateTimeField(null=True, db_index=True)
    locks = models.PositiveIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """What is guarded."""
        return self.key


class PasswordUsed(models.Model):
    """A password that a person had, as its hash, so that it does not come back too soon."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passwords_used")
    hash = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """When it was set."""
        return str(self.at)


class SlipQuerySet(models.QuerySet["Slip"]):
    """Slips."""

    def open_at(self, now: datetime) -> Self:
        """Give the slips that can still be used."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)


class Slip(models.Model):
    """A one-time code on paper, with which a person signs in once and sets a password. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="slips")
    hash = models.CharField(max_length=64)
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = SlipQuerySet.as_manager()

    class Meta:
        """A person has one slip at most that can be used."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="slip_one_open_a_user",
            ),
        )

    def __str__(self) -> str:
        """Until when."""
        return str(self.expires_at)
