"""Reported figures: observations that are only ever added, each naming where it came from and what it replaces."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from baton.assessment.choices import Absent, BatchKind, FigureSource, pairs
from baton.assessment.models.annual_publication import AnnualPublication
from baton.assessment.models.kept import Kept, KeptQuerySet
from baton.assessment.models.month import Month
from baton.assessment.models.publication import ResultReader
from baton.assessment.models.scheme import reported_or_verified_by
from baton.assessment.models.sight import Sight, sight_of
from baton.core import clock
from baton.core.models import User
from baton.engine.panel import Observation, Origin
from baton.org.models import Unit

DIGITS = 40
"""Room for the longest number of the scheme language as text: 18 digits, a point, 18 decimals, a sign."""


class BatchQuerySet(KeptQuerySet["Batch"]):
    """Batches."""

    def visible_to(self, user: User) -> Self:
        """Give the batches of a person's units and those they brought in; the office and county readers see all."""
        sight = sight_of(user)
        open_ = self.exclude(pk__in=sealed(user, sight))
        return open_ if sight.everything else open_.filter(Q(unit__in=sight.units) | Q(by=user))


class Batch(Kept):
    """Figures that came in together and can be taken back together, as one step.

    `unit` is who reported, `file_name` and `file_digest` the workbook. `undoes`: the batch that this one takes back.
    """

    kind = models.CharField(max_length=16, choices=pairs(BatchKind))
    month = models.ForeignKey(Month, null=True, on_delete=models.PROTECT, related_name="batches")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="batches")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    behalf_of = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    objects = BatchQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=("file_digest",), name="batch_file"),)

    def __str__(self) -> str:
        """Kind and time."""
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


def sealed(user: User, sight: Sight) -> "models.QuerySet[Batch]":
    """Give the batches that came of counted sheets and are kept from this person until their year is made known.

    A condition that does not hang on the row it is asked of, so that databases work it out once.
    """
    today = clock.today()
    known = AnnualPublication.objects.in_force().filter(opens__lte=today)
    reader = ResultReader.objects.of(user, sight.roles, today)
    kept = Batch.objects.filter(~Exists(reader), tally__isnull=False).order_by()
    return kept.exclude(tally__annual__in=known.values("annual"))


class FigureQuerySet(KeptQuerySet["Figure"]):
    """Figures."""

    def visible_to(self, user: User) -> Self:
        """Give the figures about a person's units, and those their units report or verify.

        Votes of an evaluation (`Tally`) are for listed readers alone until the year is made known.
        """
        sight = sight_of(user)
        open_ = self.exclude(batch__in=sealed(user, sight))
        if sight.everything:
            return open_
        return open_.filter(Q(unit__in=sight.units) | reported_or_verified_by(sight.units))

    def current(self) -> Self:
        """Give the figures that nothing has replaced: one per key.

        Asked as what does not exist, which PostgreSQL estimates well; of an outer join it expects one row to be left.
        """
        return self.exclude(Exists(Figure.objects.filter(supersedes=OuterRef("pk")).order_by()))

    def as_of(self, newest: int) -> Self:
        """Give the figures that counted when `newest` was the newest: later ones, and what they replace, left aside."""
        later = Figure.objects.filter(supersedes=OuterRef("pk"), pk__lte=newest).order_by()
        return self.filter(pk__lte=newest).exclude(Exists(later)).exclude(absent=Absent.WITHDRAWN)

    def counting(self) -> Self:
        """Give the current figures but those that were taken back."""
        return self.current().exclude(absent=Absent.WITHDRAWN)

    def of_year(self, year: int) -> Self:
        """Give the figures of the months, quarters and whole of a year."""
        return self.filter(period__startswith=str(year))


class Figure(Kept):
    """A figure about a unit, exactly as it was reported.

    `value` is a plain decimal as text, empty where `absent` says why there is none. `version` counts the figures of the
    same key: nobody can write the same version twice, so that of two people who change a figure at the same time the
    second is told. `supersedes` is the version before.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="figures")
    series = models.CharField(max_length=64)
    figure = models.CharField(max_length=64)
    period = models.CharField(max_length=7)
    version = models.PositiveIntegerField(default=0)
    value = models.CharField(max_length=DIGITS, blank=True)
    absent = models.CharField(max_length=16, blank=True, choices=pairs(Absent))
    preliminary = models.BooleanField(default=False)
    source = models.CharField(max_length=16, choices=pairs(FigureSource))
    sheet = models.CharField(max_length=100, blank=True)
    cell = models.CharField(max_length=16, blank=True)
    conversion = models.CharField(max_length=400, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="figures")
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    reason = models.CharField(max_length=400, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        """By key and version."""

        ordering = ("unit", "series", "figure", "period", "version")
        indexes = (models.Index(fields=("period", "id"), name="figure_newest_of_period"),)
        constraints = (
            models.UniqueConstraint(
                fields=("period", "series", "figure", "unit", "version"), name="figure_version_once"
            ),
            models.CheckConstraint(
                condition=Q(version=0, supersedes__isnull=True) | Q(version__gt=0, supersedes__isnull=False),
                name="figure_replaces_the_one_before",
            ),
            models.CheckConstraint(
                condition=Q(absent="", value__gt="") | Q(absent__gt="", value=""), name="figure_has_value_or_says_why"
            ),
        )

    def __str__(self) -> str:
        """Key and value."""
        return f"{self.series}.{self.figure} {self.period} {self.unit_id}: {self.value or self.absent}"

    @property
    def number(self) -> Decimal | None:
        """The value; None where there is none."""
        return Decimal(self.value) if self.value else None

    @property
    def corrected_from(self) -> "Figure | None":
        """The figure that this one put right; None where it is no correction."""
        return self.supersedes if self.batch.kind == BatchKind.CORRECTION else None

    def observation(self, unit: str, file_name: str = "", file_digest: str = "") -> Observation:
        """Give the figure as the engine wants it, with the unit's code."""
        origin = Origin(file_name, file_digest, self.sheet, self.cell, self.conversion)
        key = (unit, self.series, self.figure, self.period)
        return Observation(*key, self.number, self.preliminary, self.version, origin)
