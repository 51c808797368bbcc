"""What happens to a special assessment on its way: reports verified, days opened again, two of its runs compared."""

from django.db import models
from django.db.models import Q

from baton.assessment.choices import SpecialStage, SpecialVerdictState, pairs
from baton.assessment.models.special import Special, SpecialRun
from baton.core.models import User
from baton.org.models import Unit


class SpecialVerdict(models.Model):
    """What a verifying department said of one report: the figures of a series about a unit. The newest one counts.

    `until`: number of the newest figure of the report there was; where a newer one came, it waits again. `late`: it was
    said after the last day of the checks.
    """

    special = models.ForeignKey(Special, on_delete=models.CASCADE, related_name="verdicts")
    series = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=pairs(SpecialVerdictState))
    reason = models.CharField(max_length=400, blank=True)
    until = models.BigIntegerField()
    late = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: "models.Manager[SpecialVerdict]" = models.Manager()

    class Meta:
        """In order; what goes back says why."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=SpecialVerdictState.RETURNED) | Q(reason__gt=""), name="special_return_says_why"
            ),
        )

    def __str__(self) -> str:
        """Series, unit and what was said."""
        return f"{self.series} {self.unit_id} {self.state}"


class SpecialReopening(models.Model):
    """Days to report or to check, opened again up to a day, for one unit or (None) for all, with the reason."""

    special = models.ForeignKey(Special, on_delete=models.CASCADE, related_name="reopenings")
    stage = models.CharField(max_length=16, choices=pairs(SpecialStage))
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: "models.Manager[SpecialReopening]" = models.Manager()

    class Meta:
        """Newest first; never without a reason, and only what has days of its own."""

        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="special_reopening_has_a_reason"),
            models.CheckConstraint(
                condition=Q(stage__in=(SpecialStage.REPORT, SpecialStage.CHECK)), name="special_reopening_of_days"
            ),
        )

    def __str__(self) -> str:
        """Stage and last day."""
        return f"{self.stage} {self.until}"


class SpecialChange(models.Model):
    """Why the scores of one run differ from those of another, worked out once: a run never changes.

    `units`: every unit with its scores, and by indicator what came from its own figures and what from its peers (all
    as text, adding up exactly), and its figures that differ.
    """

    first = models.ForeignKey(SpecialRun, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(SpecialRun, on_delete=models.CASCADE, related_name="+")
    units = models.JSONField(default=list)
    at = models.DateTimeField()

    objects: "models.Manager[SpecialChange]" = models.Manager()

    class Meta:
        """Once for two runs, in this order."""

        constraints = (models.UniqueConstraint(fields=("first", "second"), name="special_change_once"),)

    def __str__(self) -> str:
        """The two runs."""
        return f"{self.first_id} {self.second_id}"
