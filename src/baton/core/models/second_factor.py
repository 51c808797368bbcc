"""Second factors by time (RFC 6238), and the codes for the day the telephone is lost."""

from django.db import models

from baton.core.models.user import User


class SecondFactor(models.Model):
    """A person's second factor. `seed` is sealed with the installation's key; `confirmed_at` None: not yet in use.

    `last_step`: the newest time step whose code was taken, so that no code is taken twice.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    seed = models.CharField(max_length=400)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Since when."""
        return str(self.confirmed_at)


class RecoveryCode(models.Model):
    """A code that stands in for a second factor once. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        """A code is a person's once."""

        constraints = (models.UniqueConstraint(fields=("user", "hash"), name="recovery_code_once"),)

    def __str__(self) -> str:
        """Whether it was used."""
        return str(self.used_at)
