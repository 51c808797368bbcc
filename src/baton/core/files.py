"""Keeping files: receive the bytes first, then save the file within the action of the app that owns it.

    received = receive(upload.name, upload.chunks())          # no transaction: an upload may take a minute
    with acting(by) as told:
        ... the owner's own change ...
        keep(told, received, owner=submission, charged_to=unit)

Receiving refuses what is too large, damaged, a bomb or not what its name says. Keeping counts against a quota.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.db import models
from django.db.models import F

from baton.core import clock, disk
from baton.core.acting import Told, named_object
from baton.core.choices import FileKind
from baton.core.models import FileAccount, StoredFile
from baton.core.queries.parameters import parameters
from baton.core.rules.content import check_content, workbook_kind
from baton.words import Place, Problem, Refused

_MEBI = 1 << 20
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that are on disk and in order, not yet anybody's."""

    name: str
    digest: str
    size: int
    kind: FileKind


def receive(name: str, pieces: Iterable[bytes]) -> Received:
    """Bring an upload to the disk and look at what it is. Raises `Refused` with the reason."""
    named = plain_name(name)
    limit = parameters(clock.today(), "services")["file_mebibytes"] * _MEBI
    digest, data = disk.write(pieces, limit, Place(named))
    return Received(named, digest, len(data), check_content(data, named))


def receive_workbook(name: str, content: bytes) -> Received:
    """Bring a workbook to the disk that was read already, so that it is known to be one; of the old kinds too.

    Raises `Refused`: too large, empty, disk full, or nothing that holds a table.
    """
    named = plain_name(name)
    limit = parameters(clock.today(), "services")["file_mebibytes"] * _MEBI
    digest, data = disk.write([content], limit, Place(named))
    return Received(named, digest, len(data), workbook_kind(data, named))


def plain_name(name: str) -> str:
    """Give a file's name without folders and control characters, cut before its ending where it is too long."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(letter for letter in last if letter.isprintable()).strip()
    ending = PurePosixPath(clean).suffix[:16]
    return clean.removesuffix(ending)[: _LONGEST_NAME - len(ending)] + ending


def keep(told: Told, received: Received, *, owner: models.Model, charged_to: models.Model | None = None) -> StoredFile:
    """Save a received file as `owner`'s, counted against the quota of `charged_to`. Raises `Refused`: quota used up."""
    named = named_object(owner)
    file = StoredFile.objects.create(
        digest=received.digest,
        size=received.size,
        kind=received.kind.value,
        name=received.name,
        owner_type=named["object_type"],
        owner_id=named["object_id"],
        account=None if charged_to is None else _charge(charged_to, received),
        created_by=told.by.user,
        created_at=clock.now(),
    )
    told.did("services.file_kept", owner, name=file.name, digest=file.digest, size=file.size)
    return file


def _charge(holder: models.Model, received: Received) -> FileAccount:
    """Add to an account in one statement, so that two uploads at once cannot both take the last place."""
    account, _ = FileAccount.objects.get_or_create(holder=f"{holder._meta.label_lower} {holder.pk}")
    quota = parameters(clock.today(), "services")["quota_mebibytes"]
    there = FileAccount.objects.filter(pk=account.pk, used__lte=quota * _MEBI - received.size)
    if not there.update(used=F("used") + received.size):
        given = {"unit": str(holder), "limit": quota, "used": account.used // _MEBI}
        raise Refused([Problem("services.quota_used_up", given, Place(received.name))])
    return account


def let_go(told: Told, file: StoredFile) -> None:
    """Take a file away from its owner; its bytes are swept up once no other file has them."""
    if file.account_id is not None:
        FileAccount.objects.filter(pk=file.account_id).update(used=F("used") - file.size)
    told.entries.append(
        {
            "action": "services.file_let_go",
            "detail": {"name": file.name, "digest": file.digest, "size": file.size},
            "object_type": file.owner_type,
            "object_id": file.owner_id,
            "object_name": file.name,
        }
    )
    file.delete()


def sweep(older_than: float) -> int:
    """Remove from disk what belongs to nobody and was written before a moment (seconds since 1970)."""
    return disk.sweep(StoredFile.objects.values_list("digest", flat=True).iterator(), older_than)
