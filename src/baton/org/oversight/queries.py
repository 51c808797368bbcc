"""Reads of the audit chain, for auditors and the audit administrator only."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from baton.core import clock
from baton.core.models import AuditRow, User
from baton.org.choices import Role
from baton.org.queries import powers

WATCHERS = frozenset({Role.AUDITOR, Role.AUDIT_ADMINISTRATOR})
"""Who reads the chain: the reading is a power of its own (GB/T 22239-2019, three-power separation)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: `who` and `thing` are parts of a name, `action` a code, days are the county's, both included."""

    who: str = ""
    action: str = ""
    thing: str = ""
    first: date | None = None
    last: date | None = None


_EACH_ACTION = """
    WITH RECURSIVE each_one (action) AS (
        SELECT MIN(action) FROM core_auditrow
        UNION ALL
        SELECT (SELECT MIN(action) FROM core_auditrow WHERE action > each_one.action)
        FROM each_one WHERE each_one.action IS NOT NULL
    )
    SELECT action FROM each_one WHERE action IS NOT NULL
"""
"""Hops from one action to the next along the index: DISTINCT would read every row of the chain."""


def watches(user: User) -> bool:
    """Tell whether a person may read the chain today, for the whole county."""
    return bool(powers(user, clock.today()).county & WATCHERS)


def trail(user: User, wanted: Wanted) -> QuerySet[AuditRow]:
    """Give the rows that are wanted, newest first; none to whoever does not watch."""
    if not watches(user):
        return AuditRow.objects.none()
    rows = AuditRow.objects.select_related("by")
    if wanted.who:
        by = Q(by__name__icontains=wanted.who) | Q(by__username__iexact=wanted.who)
        rows = rows.filter(by | Q(behalf_of__icontains=wanted.who))
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.thing:
        rows = rows.filter(object_name__icontains=wanted.thing)
    if wanted.first:
        rows = rows.filter(at__gte=_midnight(wanted.first))
    if wanted.last:
        rows = rows.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def actions_done(user: User) -> list[str]:
    """Name the actions that stand in the chain, for a list to choose from."""
    if not watches(user):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_EACH_ACTION)
        return [action for (action,) in cursor.fetchall()]


def last_verified(user: User) -> AuditRow | None:
    """Give the row that says when the chain was verified last, and what was found."""
    return trail(user, Wanted(action="services.audit_verified")).first()
