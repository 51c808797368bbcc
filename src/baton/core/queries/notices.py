"""Reads of notices, each starting at who asks."""

from django.db.models import QuerySet

from baton.core.models import Notice, User


def inbox(user: User, unread_only: bool = False) -> QuerySet[Notice]:
    """Give the notices of a person, newest first."""
    rows = Notice.objects.visible_to(user)
    return rows.filter(read_at__isnull=True) if unread_only else rows


def unread(user: User) -> int:
    """Count what a person has not read."""
    return inbox(user, unread_only=True).count()
