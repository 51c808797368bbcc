"""Reads of kept files, each starting at who asks."""

from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from baton.core.acting import named_object
from baton.core.models import StoredFile, User
from baton.core.readers import may_read


def file_for(user: User, number: UUID) -> StoredFile | None:
    """Give a file that a person may read; None whether there is none or it is not theirs to read."""
    file = StoredFile.objects.filter(pk=number).first()
    if file is None or not may_read(user, file.owner_type, file.owner_id):
        return None
    return file


def files_of(user: User, owner: models.Model) -> QuerySet[StoredFile]:
    """Give the files of an object, to whoever may read them."""
    named = named_object(owner)
    if not may_read(user, named["object_type"], named["object_id"]):
        return StoredFile.objects.none()
    return StoredFile.objects.filter(owner_type=named["object_type"], owner_id=named["object_id"])
