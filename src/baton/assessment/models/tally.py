"""Counted sheets of leaders' and public evaluation (民主测评、满意度调查): by unit and voters, never by person."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q

from baton.assessment.choices import TallyState, pairs
from baton.assessment.models.annual import AnnualAssessment
from baton.assessment.models.annual_publication import AnnualPublication
from baton.assessment.models.figure import DIGITS, Batch
from baton.assessment.models.publication import ResultReader
from baton.assessment.models.sight import sight_of
from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit


class TallyQuerySet(models.QuerySet["Tally"]):
    """Counts of a group of voters."""

    def visible_to(self, user: User) -> Self:
        """Give all to people on the list of readers; to anybody else none: each unit's own lines are another matter."""
        return self if ResultReader.objects.reads(user, clock.today()) else self.none()


class Tally(models.Model):
    """What the sheets of one group of voters gave, as it came in at one time; `series` is that of the scheme.

    It waits for a second person. `batch` are the figures that came of it once it was confirmed; taken back, they are
    undone as one step. `reason`: why it was sent back or taken back.
    """

    annual = models.ForeignKey(AnnualAssessment, on_delete=models.PROTECT, related_name="tallies")
    series = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=pairs(TallyState), default=TallyState.WAITING.value)
    file_name = models.CharField(max_length=200, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    batch = models.OneToOneField(Batch, null=True, on_delete=models.PROTECT, related_name="tally")

    objects = TallyQuerySet.as_manager()

    class Meta:
        """Newest first; of a group one waits at a time; nobody confirms what he entered."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("annual", "series"), condition=Q(state=TallyState.WAITING), name="tally_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=TallyState.CONFIRMED) | Q(confirmed_at__isnull=False), name="tally_confirmed_when"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("by")), name="tally_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(TallyState.DECLINED, TallyState.TAKEN_BACK)) | Q(reason__gt=""),
                name="tally_ended_says_why",
            ),
        )

    def __str__(self) -> str:
        """Series and state."""
        return f"{self.series} {self.state}"


class TallyLineQuerySet(models.QuerySet["TallyLine"]):
    """Lines of counts."""

    def visible_to(self, user: User) -> Self:
        """Give all to people on the list of readers; once the year is made known, a unit's own to its people.

        Readers of the whole county see them all from then on.
        """
        if ResultReader.objects.reads(user, clock.today()):
            return self
        sight = sight_of(user)
        known = self.filter(tally__state=TallyState.CONFIRMED, tally__annual__in=made_known())
        return known if sight.everything else known.filter(unit__in=sight.member)

    def standing(self) -> Self:
        """Give those that count: of every unit and group the newest that was confirmed."""
        newer = TallyLine.objects.filter(
            unit=models.OuterRef("unit"),
            tally__annual=models.OuterRef("tally__annual"),
            tally__series=models.OuterRef("tally__series"),
            tally__state=TallyState.CONFIRMED,
            tally__gt=models.OuterRef("tally"),
        )
        return self.filter(tally__state=TallyState.CONFIRMED).exclude(models.Exists(newer))


def made_known() -> "models.QuerySet[AnnualAssessment]":
    """Give the years whose result is up for publicity or published."""
    out = AnnualPublication.objects.in_force().filter(opens__lte=clock.today())
    return AnnualAssessment.objects.filter(pk__in=out.values("annual"))


class TallyLine(models.Model):
    """The sheets about one unit: given out, come back, valid, spoilt, without a mark; votes by option, or the mean.

    `due`: how many were entitled, where the rule asks for a turnout. `votes`: by figure of the series, whole numbers;
    `mean`: of a survey that is reported as a mean of its valid sheets. `cells`: where they stood in the workbook.
    """

    tally = models.ForeignKey(Tally, on_delete=models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due = models.PositiveIntegerField(null=True)
    issued = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()
    spoilt = models.PositiveIntegerField()
    abstained = models.PositiveIntegerField()
    votes = models.JSONField(default=dict)
    mean = models.CharField(max_length=DIGITS, blank=True)
    cells = models.JSONField(default=dict)

    objects = TallyLineQuerySet.as_manager()

    class Meta:
        """In the order of the official list; sheets that came back were given out, and each is of one kind."""

        ordering = ("unit__order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("tally", "unit"), name="tally_line_once"),
            models.CheckConstraint(condition=Q(issued__gte=F("returned")), name="tally_returned_were_issued"),
            models.CheckConstraint(
                condition=Q(returned=F("valid") + F("spoilt") + F("abstained")), name="tally_sheets_add_up"
            ),
        )

    def __str__(self) -> str:
        """Unit and valid sheets."""
        return f"{self.unit_id} {self.valid}"

    @property
    def figures(self) -> dict[str, Decimal]:
        """What becomes figures of the series: votes by option, those entitled, or the mean."""
        found = {name: Decimal(count) for name, count in self.votes.items()}
        if self.due is not None:
            found["due"] = Decimal(self.due)
        return found | ({"actual": Decimal(self.mean)} if self.mean else {})
