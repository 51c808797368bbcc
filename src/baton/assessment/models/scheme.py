"""Versions of the scheme, and what they ask of whom."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.models.sight import sight_of
from baton.assessment.rules.expected import Form
from baton.core.models import User
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import from_yaml, version_for
from baton.org.models import Unit

_KEPT_SCHEMES = 16


class SchemeVersionQuerySet(models.QuerySet["SchemeVersion"]):
    """Schemes. An adopted scheme is a public document of the county: whoever signs in may read it."""

    def visible_to(self, user: User) -> Self:
        """Give the versions a person may read: all, once signed in."""
        return self if user.is_active else self.none()

    def yearly(self) -> Self:
        """Give the versions by which months and years are assessed: all but those of special assessments."""
        return self.filter(specials__isnull=True)

    def on(self, day: date) -> Self:
        """Give the versions in force on a day, the latest first; those of special assessments stand apart."""
        ends = Q(effective_to__isnull=True) | Q(effective_to__gte=day)
        return self.yearly().filter(ends, effective_from__lte=day).order_by("-effective_from", "-pk")


class SchemeVersion(models.Model):
    """One version of a scheme, in the scheme language. `digest` is that of its canonical form (`engine.scheme.digest`).

    The text is never changed; a change is a new version with its own date and document. It stands in a table of its
    own: many queries join the version, and a scheme of two hundred indicators is long.
    """

    code = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    year = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True)
    adopted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        """The latest first."""

        ordering = ("-effective_from", "-pk")

    def __str__(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()

    @property
    def scheme(self) -> Scheme:
        """The scheme itself; parsed once per digest and process, since parsing takes longer than scoring."""
        return self.form.scheme

    @property
    def form(self) -> Form:
        """What the scheme asks to be reported."""
        return _read(_Which(self.digest, self.effective_from, self.pk))

    @property
    def text(self) -> str:
        """The scheme as it was written."""
        return self.written.text


class SchemeText(models.Model):
    """The text of a version."""

    version = models.OneToOneField(SchemeVersion, on_delete=models.CASCADE, primary_key=True, related_name="written")
    text = models.TextField()

    def __str__(self) -> str:
        """The version."""
        return str(self.version)


@dataclass(frozen=True, slots=True)
class _Which:
    """A version; two of one digest that hold from the same day on are the same scheme."""

    digest: str
    day: date
    number: int = field(compare=False)


@lru_cache(maxsize=_KEPT_SCHEMES)
def _read(which: _Which) -> Form:
    """Read a scheme."""
    text = SchemeText.objects.get(pk=which.number).text
    return Form(version_for(from_yaml(text, which.digest), which.day))


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties."""

    def visible_to(self, user: User) -> Self:
        """Give the duties of a person's units, of those they report about and of those they verify."""
        sight = sight_of(user)
        if sight.everything:
            return self
        units = sight.units
        return self.filter(Q(unit__in=units) | Q(reporter__in=units) | Q(verifier__in=units))


class Duty(models.Model):
    """That the figures of a series about a unit are reported by one unit and verified by another.

    Written down when a scheme is adopted. `reporter` None: another module or an outside system reports. `verifier`: the
    lead department, or the scheme's `reviewer` where the lead department is itself assessed by the indicator.
    """

    scheme = models.ForeignKey(SchemeVersion, on_delete=models.CASCADE, related_name="duties")
    series = models.CharField(max_length=64)
    indicator = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duties")
    reporter = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="duties_to_report")
    verifier = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="duties_to_verify")
    source = models.CharField(max_length=200, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        """Once per series and unit."""

        constraints = (models.UniqueConstraint(fields=("scheme", "series", "unit"), name="duty_once"),)
        indexes = (
            models.Index(fields=("series", "unit"), name="duty_series_unit"),
            models.Index(fields=("reporter", "series"), name="duty_reporter"),
            models.Index(fields=("verifier", "series"), name="duty_verifier"),
        )

    def __str__(self) -> str:
        """Series and unit."""
        return f"{self.series} {self.unit_id}"


def reported_or_verified_by(units: frozenset[int]) -> Q:
    """Say which series about which units some units report or verify, as a condition on figures; one query.

    As plain lists, which the index of figures answers: duties are few beside figures, and a subquery would be gone
    through again for every figure of the year.
    """
    mine = Duty.objects.filter(Q(reporter__in=units) | Q(verifier__in=units)) if units else Duty.objects.none()
    about: dict[str, set[int]] = {}
    for series, unit in mine.order_by().values_list("series", "unit").distinct():
        about.setdefault(series, set()).add(unit)
    alike: dict[frozenset[int], list[str]] = {}
    for series, several in about.items():
        alike.setdefault(frozenset(several), []).append(series)
    found = Q(pk__in=())
    for among, named in alike.items():
        found |= Q(series__in=named, unit__in=among)
    return found
