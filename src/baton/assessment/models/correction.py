"""A figure held to be wrong after its window: what it should be and why, and whether a second person confirmed it."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import CorrectionState, pairs
from baton.assessment.models.figure import DIGITS, Figure
from baton.assessment.models.month import Month
from baton.assessment.models.scheme import Duty
from baton.assessment.models.sight import sight_of
from baton.core.models import User


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections."""

    def visible_to(self, user: User) -> Self:
        """Give the corrections of figures about a person's units, and of those that their units report or verify."""
        sight = sight_of(user)
        if sight.everything:
            return self
        duty = Duty.objects.filter(
            Q(reporter__in=sight.units) | Q(verifier__in=sight.units),
            series=models.OuterRef("about__series"),
            unit=models.OuterRef("about__unit"),
        )
        return self.filter(Q(about__unit__in=sight.units) | models.Exists(duty))


class Correction(models.Model):
    """Whoever reports a figure asks for it to be put right, with the reason; whoever verifies it, or the office, says.

    `about` is the figure that stands, `typed` what it should be; nothing of it counts before it is confirmed. `made`:
    the figure that came of it.
    """

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="corrections")
    about = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="corrections")
    typed = models.CharField(max_length=DIGITS)
    reason = models.CharField(max_length=400)
    evidence = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    behalf_of = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=pairs(CorrectionState), default=CorrectionState.OPEN.value)
    answer = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        """Newest first; one waits per figure."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("about",), condition=Q(state=CorrectionState.OPEN), name="correction_waits_once"
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="correction_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.CONFIRMED) | Q(made__isnull=False),
                name="correction_confirmed_is_made",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.DECLINED) | Q(answer__gt=""), name="correction_declined_says_why"
            ),
        )

    def __str__(self) -> str:
        """What it should be."""
        return f"{self.typed} {self.state}"
