"""Objections to a published result (对结果的异议), from the unit that is not content to the written answer."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import WAITING, ObjectionKind, ObjectionOutcome, ObjectionState, pairs
from baton.assessment.models.correction import Correction
from baton.assessment.models.figure import DIGITS, Figure
from baton.assessment.models.publication import Publication
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.org.models import Unit

TEXT = 2000


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Objections."""

    def visible_to(self, user: User) -> Self:
        """Give a person's units their own, those about their figures, and those put to them; the office all lodged."""
        sight = sight_of(user)
        lodged = ~Q(state=ObjectionState.DRAFTED)
        if sight.everything:
            return self.filter(lodged | Q(unit__in=sight.units))
        concerned = Q(about__in=sight.units) | Q(department__in=sight.units)
        return self.filter(Q(unit__in=sight.units) | (concerned & lodged))

    def listed_for(self, user: User) -> Self:
        """Give what stands on the list for all: whatever was lodged, for whoever has business here."""
        return self.exclude(number="") if sight_of(user).anything else self.none()

    def waiting(self) -> Self:
        """Give those to which an answer is owed."""
        return self.filter(state__in=WAITING)

    def tied_to(self, row: "Objection") -> Self:
        """Give the others that wait about the same figure, whichever version of it."""
        one = row.figure
        if one is None:
            return self.none()
        same = {"series": one.series, "figure": one.figure, "period": one.period, "unit": one.unit_id}
        return self.waiting().filter(**{f"figure__{name}": value for name, value in same.items()}).exclude(pk=row.pk)


class Objection(models.Model):
    """A unit says that something in a published result is wrong; a person answers in writing, with reasons.

    `number` is that of the receipt, empty until the head of the unit signed. `about`: whose figure or result it is,
    mostly the unit's own. `figure`: as it was in the result. `claimed`: what it should be, as the unit types it;
    `proposed`: as the department holds. `reply`: what the unit whose figure it is has to say, where that is another.
    `reminded`: how often whoever has the turn was reminded. `correction`: what
    came of it, shared by objections that are tied to each other.
    """

    number = models.CharField(max_length=24, blank=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="objections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=16, choices=pairs(ObjectionKind))
    about = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=64, blank=True)
    figure = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="objections")
    claimed = models.CharField(max_length=DIGITS, blank=True)
    reason = models.CharField(max_length=TEXT)
    state = models.CharField(max_length=16, choices=pairs(ObjectionState), default=ObjectionState.DRAFTED.value)
    written_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    lodge_until = models.DateField()
    lodged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField(null=True)
    answer_until = models.DateField(null=True)
    department = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    opinion_until = models.DateField(null=True)
    opinion = models.CharField(max_length=TEXT, blank=True)
    proposed = models.CharField(max_length=DIGITS, blank=True)
    opined_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opined_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=TEXT, blank=True)
    replied_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=pairs(ObjectionOutcome), blank=True)
    answer = models.CharField(max_length=TEXT, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    correction = models.ForeignKey(Correction, null=True, on_delete=models.PROTECT, related_name="objections")
    reminded = models.PositiveSmallIntegerField(default=0)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        """Newest first; a unit objects to the same thing once; whoever decides says how and why."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("number",), condition=Q(number__gt=""), name="objection_number_once"),
            models.UniqueConstraint(
                fields=("publication", "unit", "figure"),
                condition=Q(figure__isnull=False) & ~Q(state=ObjectionState.WITHDRAWN),
                name="objection_to_a_figure_once",
            ),
            models.UniqueConstraint(
                fields=("publication", "unit", "about", "kind", "indicator"),
                condition=Q(figure__isnull=True) & ~Q(state=ObjectionState.WITHDRAWN),
                name="objection_to_a_result_once",
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="objection_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(kind=ObjectionKind.FIGURE) | Q(figure__isnull=False), name="objection_names_its_figure"
            ),
            models.CheckConstraint(
                condition=~Q(state=ObjectionState.DECIDED) | (Q(answer__gt="") & Q(outcome__gt="")),
                name="objection_decided_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WAITING) | Q(number__gt="", answer_until__isnull=False),
                name="objection_lodged_has_its_receipt",
            ),
        )

    def __str__(self) -> str:
        """The number of the receipt."""
        return self.number or f"{self.kind} {self.state}"
