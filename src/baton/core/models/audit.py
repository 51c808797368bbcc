"""What happened: rows that are only ever added, each holding the digest of the one before."""

from django.db import models

from baton.core.models.user import User


class AuditRow(models.Model):
    """One thing that somebody did.

    `hash` is the SHA-256 over `previous_hash` and the canonical JSON of the other fields (`baton.core.rules.audit`),
    so that a row changed, removed or put in between is found.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    behalf_of = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_name = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """Newest first; found by object, by person and by what was done."""

        ordering = ("-sequence",)
        indexes = (
            models.Index(fields=("object_type", "object_id"), name="audit_object"),
            models.Index(fields=("by", "-sequence"), name="audit_by"),
            models.Index(fields=("at",), name="audit_at"),
            models.Index(fields=("action", "-sequence"), name="audit_action"),
        )

    def __str__(self) -> str:
        """Number and action."""
        return f"{self.sequence} {self.action}"


class AuditHead(models.Model):
    """The end of the chain: one row, which whoever adds locks last before committing."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        """The number of the newest row."""
        return str(self.sequence)
