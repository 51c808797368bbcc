"""What people are told: notices inside the house, and messages outside it that say nothing but "please sign in"."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.core.choices import NoticeState
from baton.core.models.user import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices are their recipient's."""

    def visible_to(self, user: User) -> Self:
        """Give the notices of a person."""
        return self.filter(recipient=user) if user.is_active else self.none()


class Notice(models.Model):
    """One thing a person is told. `code` and `params` are a sentence of the catalogue, said in the reader's language.

    `link`: the page where it can be done. `due`: until when, None: no date.
    """

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    code = models.CharField(max_length=64)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=400, blank=True)
    due = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        """Newest first; unread ones are counted on every page."""

        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("recipient", "-created_at"), name="notice_recipient"),
            models.Index(fields=("recipient",), condition=Q(read_at__isnull=True), name="notice_unread"),
        )

    def __str__(self) -> str:
        """Its sentence's code."""
        return self.code


class Message(models.Model):
    """A message outside the house: through a channel to a person, or (empty `addressee`) to the channel's group.

    It has no text of its own: every message says the same. While one waits, another need not.
    """

    channel = models.CharField(max_length=32)
    addressee = models.CharField(max_length=32, blank=True)
    recipient = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in NoticeState], default=NoticeState.WAITING.value
    )
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        """One waits per channel and addressee."""

        ordering = ("next_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("channel", "addressee"), condition=Q(state=NoticeState.WAITING.value), name="message_waits_once"
            ),
        )

    def __str__(self) -> str:
        """Channel and state."""
        return f"{self.channel} {self.state}"
