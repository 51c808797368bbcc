"""What a unit says about figures that were reported about it: it has checked and signed, or contests a cell."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import ContestState, pairs
from baton.assessment.models.figure import Figure
from baton.assessment.models.month import Month
from baton.assessment.models.scheme import Duty
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.org.models import Unit


class CheckQuerySet(models.QuerySet["Check"]):
    """Receipts."""

    def visible_to(self, user: User) -> Self:
        """Give the receipts of a person's units; the office and county readers see all."""
        sight = sight_of(user)
        return self if sight.everything else self.filter(unit__in=sight.units)


class Check(models.Model):
    """A unit's receipt for a month: signed by a person, or given by silence when the days to contest had passed.

    `seen` is the digest of the figures as the unit saw them; a figure changed afterwards asks for a further round.
    """

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="checks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="checks")
    round = models.PositiveSmallIntegerField(default=1)
    receipt = models.CharField(max_length=32, unique=True)
    seen = models.CharField(max_length=64)
    figures = models.PositiveIntegerField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CheckQuerySet.as_manager()

    class Meta:
        """Newest first; once per round."""

        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("month", "unit", "round"), name="check_once"),)

    def __str__(self) -> str:
        """The receipt's number."""
        return self.receipt

    @property
    def by_silence(self) -> bool:
        """Whether nobody signed."""
        return self.by_id is None


class ContestQuerySet(models.QuerySet["Contest"]):
    """Contests."""

    def visible_to(self, user: User) -> Self:
        """Give the contests of a person's units, and those about figures that they report or verify."""
        sight = sight_of(user)
        if sight.everything:
            return self
        duty = Duty.objects.filter(
            Q(reporter__in=sight.units) | Q(verifier__in=sight.units),
            series=models.OuterRef("about__series"),
            unit=models.OuterRef("unit"),
        )
        return self.filter(Q(unit__in=sight.units) | models.Exists(duty))


class Contest(models.Model):
    """A unit holds a figure to be wrong: what it should be and why, until when it is answered, and the answer."""

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="contests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="contests")
    about = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="contests")
    claimed = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=1000)
    evidence = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due = models.DateField()
    state = models.CharField(max_length=16, choices=pairs(ContestState), default=ContestState.OPEN.value)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    corrected = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ContestQuerySet.as_manager()

    class Meta:
        """By the day an answer is due; one open contest per figure."""

        ordering = ("due", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "about"), condition=Q(state=ContestState.OPEN), name="contest_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(ContestState.OPEN, ContestState.WITHDRAWN)) | Q(answer__gt=""),
                name="contest_is_answered_with_words",
            ),
        )

    def __str__(self) -> str:
        """State and day."""
        return f"{self.state} {self.due}"
