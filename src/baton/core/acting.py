"""How everything is written: one transaction, the change, its audit rows, and the chain's head locked last.

Locking the head first made everybody wait for everybody's whole work; last, a wait is as long as writing a few rows.
Rows are locked with `no_key`: against change, not against being named by new rows, whose keys PostgreSQL looks up at
the commit, when the head is held; a row locked for good would then keep out everybody, or lead to a deadlock.
Actions do not call actions, since the head would then be locked before the outer one's work is done; what two actions
share is a function below both.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from baton.core import clock
from baton.core.models import AuditHead, AuditRow, Notice, User
from baton.core.rules.audit import START, Entry, linked
from baton.core.search.filling import refresh
from baton.core.telling import post
from baton.words import Word


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user, None for the system itself. `behalf_of`: for whom, where somebody enters for others.

    `address`: of the machine it came from, empty for jobs and the command line.
    """

    user: User | None = None
    behalf_of: str = ""
    address: str = ""


SYSTEM = Actor()


@dataclass(slots=True)
class Told:
    """What an action has done so far, and whom it tells."""

    by: Actor
    entries: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def did(self, action: str, one: models.Model | None = None, **detail: Any) -> None:
        """Write down one thing that was done, to one object or to none. `action` is a code of the catalogue.

        `detail` must be JSON: texts, whole numbers, lists; decimals and dates as text.
        """
        named = {} if one is None else named_object(one)
        self.entries.append({"action": action, "detail": detail, **named})

    def tell(
        self, users: Iterable[User], code: str, *, link: str = "", due: datetime | None = None, **params: Any
    ) -> None:
        """Tell people something, each once: a sentence of the catalogue, the page where it can be done, until when.

        `params` as for `did`; a `Word` among them is said in the reader's language.
        """
        kept = {name: {"word": str(value)} if isinstance(value, Word) else value for name, value in params.items()}
        for user in {one.pk: one for one in users if one.is_active}.values():
            notice = Notice(recipient=user, code=code, params=kept, link=link, due=due, created_at=clock.now())
            self.notices.append(notice)


def named_object(one: models.Model) -> dict[str, str]:
    """Name an object in the way that audit rows, files and notices refer to it."""
    return {"object_type": one._meta.label_lower, "object_id": str(one.pk), "object_name": str(one)[:200]}


@contextmanager
def acting(by: Actor) -> Iterator[Told]:
    """Run one write. Everything inside happens whole or not at all, with its rows in the audit chain.

    Raises whatever the body raises, with nothing written; `RuntimeError` where an action is called within another.
    """
    with transaction.atomic(durable=True):
        told = Told(by)
        yield told
        refresh((one["object_type"], one["object_id"]) for one in told.entries if "object_type" in one)
        post(told.notices)
        append(told.by, told.entries)


def append(by: Actor, entries: list[Mapping[str, Any]] | list[dict[str, Any]]) -> None:
    """Add rows to the end of the chain; the last thing before a commit."""
    if not entries:
        return
    head, _ = AuditHead.objects.select_for_update(no_key=True).get_or_create(pk=1, defaults={"hash": START})
    number, digest, at = head.sequence, head.hash, clock.now()
    rows = []
    for one in entries:
        number += 1
        entry = Entry(
            sequence=number,
            at=at,
            by=None if by.user is None else by.user.pk,
            behalf_of=by.behalf_of,
            action=one["action"],
            object_type=one.get("object_type", ""),
            object_id=one.get("object_id", ""),
            object_name=one.get("object_name", ""),
            detail=one["detail"],
            address=by.address,
        )
        previous, digest = digest, linked(entry, digest)
        rows.append(_row(entry, previous, digest))
    AuditRow.objects.bulk_create(rows)
    AuditHead.objects.filter(pk=1).update(sequence=number, hash=digest)


def _row(entry: Entry, previous: str, digest: str) -> AuditRow:
    return AuditRow(
        sequence=entry.sequence,
        at=entry.at,
        by_id=entry.by,
        behalf_of=entry.behalf_of,
        action=entry.action,
        object_type=entry.object_type,
        object_id=entry.object_id,
        object_name=entry.object_name,
        detail=entry.detail,
        address=entry.address,
        previous_hash=previous,
        hash=digest,
    )
