"""A month, the windows in which it is reported, verified and checked, and when figures from above are expected."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from baton.assessment.choices import MonthState, Stage, pairs
from baton.assessment.models.scheme import SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.core.models import User
from baton.org.models import Unit


class MonthQuerySet(models.QuerySet["Month"]):
    """Months."""

    def visible_to(self, user: User) -> Self:
        """Give the months a person may know of: all, for whoever has any business here."""
        return self if sight_of(user).anything else self.none()


class Month(models.Model):
    """A month of the county's assessment: `period` such as `2026-09`, scored by one version of the scheme."""

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="months")
    period = models.CharField(max_length=7, unique=True)
    state = models.CharField(max_length=16, choices=pairs(MonthState), default=MonthState.OPEN.value)
    opened_at = models.DateTimeField()
    publish_on = models.DateField()

    objects = MonthQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-period",)

    def __str__(self) -> str:
        """The period."""
        return self.period

    @property
    def year(self) -> int:
        """The year of the month."""
        return int(self.period[:4])

    @property
    def number(self) -> int:
        """The number of the month in its year."""
        return int(self.period[5:])


class Release(models.Model):
    """When figures of one source are expected from above, and when they came.

    Coming late moves the windows that wait for them and is nobody's fault.
    """

    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="releases")
    source = models.CharField(max_length=200)
    expected = models.DateField()
    came = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        """Once per source."""

        ordering = ("expected", "source")
        constraints = (models.UniqueConstraint(fields=("month", "source"), name="release_once"),)

    def __str__(self) -> str:
        """Source and day."""
        return f"{self.source} {self.expected}"

    @property
    def late(self) -> bool:
        """Whether they came, or are still to come, after the day on which they were expected."""
        return self.came is not None and self.came > self.expected


class WindowQuerySet(models.QuerySet["Window"]):
    """Windows."""

    def visible_to(self, user: User) -> Self:
        """Give the windows of a person's units; the office and readers of the whole county see all."""
        sight = sight_of(user)
        return self if sight.everything else self.filter(unit__in=sight.units)


class Window(models.Model):
    """The days, both included, in which a unit reports, verifies or checks figures of a month.

    `unit` is who acts. `release`: the source the figures wait for; a unit has one window per source with days of its
    own. `closes` is the day that holds now, `planned` the one of the calendar.
    """

    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="windows")
    stage = models.CharField(max_length=16, choices=pairs(Stage))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="windows")
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.PROTECT, related_name="windows")
    opens = models.DateField()
    closes = models.DateField()
    planned = models.DateField()

    objects = WindowQuerySet.as_manager()

    class Meta:
        """In the order of closing."""

        ordering = ("closes", "stage", "unit")
        constraints = (
            models.UniqueConstraint(fields=("month", "stage", "unit", "release"), name="window_once"),
            models.UniqueConstraint(
                fields=("month", "stage", "unit"), condition=Q(release__isnull=True), name="window_without_release_once"
            ),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="window_closes_after_it_opens"),
        )

    def __str__(self) -> str:
        """Month, stage and unit."""
        return f"{self.month.period} {self.stage} {self.unit.name}"


class Reopening(models.Model):
    """A closed window opened again, for one unit and its reason, up to a day."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="reopenings")
    until = models.DateField()
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_a_reason"),)

    def __str__(self) -> str:
        """The last day."""
        return str(self.until)
