"""Files that somebody handed in: who owns them, and against whose quota they count. The bytes are on disk."""

import uuid

from django.db import models

from baton.core.choices import FileKind
from baton.core.models.user import User


class FileAccount(models.Model):
    """How many bytes are kept for one unit; `holder` names it as audit rows name objects (`org.unit 12`)."""

    holder = models.CharField(max_length=128, unique=True)
    used = models.BigIntegerField(default=0)

    class Meta:
        """Never less than nothing."""

        constraints = (models.CheckConstraint(condition=models.Q(used__gte=0), name="file_account_not_below_zero"),)

    def __str__(self) -> str:
        """Whose account it is."""
        return self.holder


class StoredFile(models.Model):
    """A file under the name it was handed in by. Files with the same bytes share one place on disk (`digest`).

    The owner is an object of some app, which says who may read the file (`baton.core.readers`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in FileKind])
    name = models.CharField(max_length=200)
    owner_type = models.CharField(max_length=64)
    owner_id = models.CharField(max_length=64)
    account = models.ForeignKey(FileAccount, null=True, on_delete=models.PROTECT, related_name="files")
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        """Oldest first; found by owner."""

        ordering = ("created_at", "name")
        indexes = (models.Index(fields=("owner_type", "owner_id"), name="file_owner"),)

    def __str__(self) -> str:
        """The name it was handed in by."""
        return self.name
