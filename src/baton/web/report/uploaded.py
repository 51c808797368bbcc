"""A workbook between its trial and its taking: bytes on disk under their digest, named by a token that only we sign.

Nothing is anybody's yet: what is not taken within a day is swept up.
"""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404

from baton.core import clock, disk
from baton.core.files import plain_name
from baton.core.models import User
from baton.core.queries.parameters import parameters
from baton.words import Place, Problem, Refused

_SALT = "baton.report.workbook"
_A_DAY = 24 * 3600
_MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A workbook that was uploaded; `token` names it in addresses."""

    name: str
    digest: str
    preliminary: bool
    token: str

    @property
    def content(self) -> bytes:
        """Its bytes. Raises `FileNotFoundError` once it was swept up."""
        return disk.path_of(self.digest).read_bytes()


def received(file: "UploadedFile[Any] | None", user: User, preliminary: bool) -> Uploaded:
    """Bring an upload to the disk. Raises `Refused` where there is none, or it is too large."""
    if file is None:
        raise Refused([Problem("reporting.no_file", {}, Place(field="file"))])
    name = plain_name(file.name or "")
    limit = parameters(clock.today(), "services")["file_mebibytes"] * _MEBI
    digest, _ = disk.write(file.chunks(), limit, Place(name, field="file"))
    token = signing.dumps([user.pk, name, digest, preliminary], salt=_SALT, compress=True)
    return Uploaded(name, digest, preliminary, token)


def uploaded(token: str, user: User) -> Uploaded | None:
    """Give what a token names; None for a token that is old, not ours, or somebody else's."""
    try:
        owner, name, digest, preliminary = signing.loads(token, salt=_SALT, max_age=_A_DAY)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Uploaded(name, digest, preliminary, token) if owner == user.pk else None


def asked_for(token: str, user: User) -> Uploaded:
    """Give what the token of an address names; raises `Http404` where it names nothing of this person's."""
    given = uploaded(token, user)
    if given is None:
        raise Http404
    return given


def content_of(given: Uploaded) -> bytes:
    """Give the bytes of a workbook; raises `Http404` once it was swept up."""
    try:
        return given.content
    except FileNotFoundError as error:
        raise Http404 from error
