"""Objections to a result that is made known (对结果的异议), from the unit that is not content to what came of it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import (
    WAITING,
    WELL_FOUNDED,
    ObjectionKind,
    ObjectionOutcome,
    ObjectionState,
    Remedy,
    pairs,
)
from baton.assessment.models.annual import AnnualRun
from baton.assessment.models.annual_decision import AnnualDecision
from baton.assessment.models.annual_publication import AnnualPublication
from baton.assessment.models.correction import Correction
from baton.assessment.models.figure import DIGITS, Figure
from baton.assessment.models.ledger import LedgerEntry
from baton.assessment.models.publication import Publication
from baton.assessment.models.run import Run
from baton.assessment.models.scheme import SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.org.models import Unit

type Issued = Publication | AnnualPublication
TEXT = 2000
SAME_RESULT = (ObjectionKind.RULE, ObjectionKind.GROUP, ObjectionKind.GRADE)
"""Kinds in which two objections about the same unit and indicator are about the same thing."""
RESULTS = (
    "publication__month__scheme",
    "publication__run__scheme",
    "annual__annual",
    "annual__decision__run__scheme",
    "annual__decision__run__annual",
)
"""What is read with an objection, so that its result is at hand."""


def run_of(issued: Issued) -> Run | AnnualRun:
    """Give the run that a result rests on."""
    return issued.run if isinstance(issued, Publication) else issued.decision.run


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

    def to_carry_out(self) -> Self:
        """Give those that were upheld and of which nothing has come yet."""
        return self.filter(state=ObjectionState.DECIDED, outcome__in=WELL_FOUNDED, carried_at__isnull=True)

    def changed_after(self, moment: datetime) -> Self:
        """Give those of which something came after a moment that a result made before does not have."""
        return self.filter(outcome__in=WELL_FOUNDED, carried_at__gt=moment).exclude(kind=ObjectionKind.OTHER)

    def to_year(self, year: int) -> Self:
        """Give those to the annual results of a year, of whichever issue."""
        return self.filter(annual__annual__year=year)

    def with_results(self) -> Self:
        """Read the result with each."""
        return self.select_related(*RESULTS)

    def about_the_same(self, row: "Objection") -> Self:
        """Give the others about the same figure, whichever version of it, event, or rule or standing of a unit."""
        one, rest = row.figure, self.exclude(pk=row.pk)
        if one is not None:
            same = {"series": one.series, "figure": one.figure, "period": one.period, "unit": one.unit_id}
            return rest.filter(**{f"figure__{name}": value for name, value in same.items()})
        if row.entry_id is not None:
            return rest.filter(entry=row.entry_id)
        if row.kind not in SAME_RESULT:
            return self.none()
        issued = {"publication": row.publication_id, "annual": row.annual_id}
        return rest.filter(kind=row.kind, indicator=row.indicator, about=row.about_id, **issued)

    def tied_to(self, row: "Objection") -> Self:
        """Give the others that wait and are about the same thing."""
        return self.about_the_same(row).waiting()


class Objection(models.Model):
    """A unit says that something in a result is wrong; a person answers in writing, with reasons.

    The result is a month's that is published, or a year's (`annual`) that is up for publicity or published. `number` is
    that of the receipt, empty until the head of the unit signed. `about`: whose figure or result it is, mostly the
    unit's own. `figure`: as it was in the result; `entry`: the event of the ledger that it is about. `claimed`: what it
    should be, as the unit types it; `proposed`: as the department holds. `reply`: what the unit whose figure it is has
    to say, where that is another. `reminded`: how often whoever has the turn was reminded.

    What came of it, shared by objections that are tied to each other: `correction` of the figure, or `remedy` of the
    event (`entry_made`: the one in its place, or the one that lacked), or the version of the scheme or the decision on
    grades that carried it out. Upheld and not `carried_at`: that is still to come. `carried`: what was done, in words.
    """

    number = models.CharField(max_length=24, blank=True)
    publication = models.ForeignKey(Publication, null=True, on_delete=models.PROTECT, related_name="objections")
    annual = models.ForeignKey(AnnualPublication, null=True, on_delete=models.PROTECT, related_name="objections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=16, choices=pairs(ObjectionKind))
    about = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=64, blank=True)
    figure = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="objections")
    entry = models.ForeignKey(LedgerEntry, null=True, on_delete=models.PROTECT, related_name="objections")
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
    remedy = models.CharField(max_length=16, choices=pairs(Remedy), blank=True)
    entry_made = models.ForeignKey(LedgerEntry, null=True, on_delete=models.PROTECT, related_name="made_by_objections")
    scheme = models.ForeignKey(SchemeVersion, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(AnnualDecision, null=True, on_delete=models.PROTECT, related_name="+")
    carried = models.CharField(max_length=TEXT, blank=True)
    carried_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    carried_at = models.DateTimeField(null=True)
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
                condition=Q(figure__isnull=True, entry__isnull=True) & ~Q(state=ObjectionState.WITHDRAWN),
                name="objection_to_a_result_once",
            ),
            models.UniqueConstraint(
                fields=("annual", "unit", "figure"),
                condition=Q(figure__isnull=False) & ~Q(state=ObjectionState.WITHDRAWN),
                name="objection_to_a_figure_of_a_year_once",
            ),
            models.UniqueConstraint(
                fields=("annual", "unit", "about", "kind", "indicator"),
                condition=Q(figure__isnull=True, entry__isnull=True) & ~Q(state=ObjectionState.WITHDRAWN),
                name="objection_to_a_year_once",
            ),
            *(
                models.UniqueConstraint(
                    fields=(result, "unit", "entry"),
                    condition=Q(entry__isnull=False) & ~Q(state=ObjectionState.WITHDRAWN),
                    name=f"objection_to_an_event_once_{result}",
                )
                for result in ("publication", "annual")
            ),
            models.CheckConstraint(
                condition=Q(publication__isnull=False, annual__isnull=True)
                | Q(publication__isnull=True, annual__isnull=False),
                name="objection_to_a_month_or_a_year",
            ),
            models.CheckConstraint(
                condition=Q(carried_at__isnull=True) | Q(state=ObjectionState.DECIDED, outcome__in=WELL_FOUNDED),
                name="objection_carried_out_was_upheld",
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

    @property
    def issued(self) -> Issued:
        """The result that it is to: a month's or a year's."""
        found = self.publication or self.annual
        assert found is not None, "held by a constraint"
        return found

    @property
    def run(self) -> Run | AnnualRun:
        """The run that its result rests on."""
        return run_of(self.issued)

    @property
    def lacks_carrying(self) -> bool:
        """Whether it was upheld and nothing has come of it yet."""
        return self.outcome in WELL_FOUNDED and self.carried_at is None
