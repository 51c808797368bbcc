"""Special assessments of key work (重点工作专项考核): their scheme, days and units, checks, runs and results."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from baton.assessment.choices import RunKind, RunState, SpecialCheckState, SpecialState, pairs
from baton.assessment.models.figure import Batch
from baton.assessment.models.plan import PlanItem
from baton.assessment.models.publication import ResultReader
from baton.assessment.models.scheme import Duty, SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit


def _points(**options: bool) -> "models.DecimalField[Any, Any]":
    """Points as results have them: at most nine decimals."""
    return models.DecimalField(max_digits=15, decimal_places=9, **options)  # type: ignore[arg-type]


class SpecialQuerySet(models.QuerySet["Special"]):
    """Special assessments."""

    def visible_to(self, user: User) -> Self:
        """Give those that a person's units are assessed by, report for or verify; the office and readers see all."""
        sight = sight_of(user)
        if sight.everything:
            return self
        mine = Q(unit__in=sight.member) | Q(reporter__in=sight.units) | Q(verifier__in=sight.units)
        return self.filter(models.Exists(Duty.objects.filter(mine, scheme=models.OuterRef("version"))))


class Special(models.Model):
    """A special assessment: an item of the plan that is carried out, by a scheme of its own.

    `first` and `last` are the months it assesses. Lead departments report until `report_until`, units check until
    `check_until`. `batches` are the figures that came in for it; those that the house held already are not asked again.
    `run` is the result that is out.
    """

    item = models.OneToOneField(PlanItem, on_delete=models.PROTECT, related_name="special")
    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="specials")
    first = models.CharField(max_length=7)
    last = models.CharField(max_length=7)
    report_until = models.DateField()
    check_until = models.DateField()
    state = models.CharField(max_length=16, choices=pairs(SpecialState), default=SpecialState.OPEN.value)
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    batches = models.ManyToManyField(Batch, related_name="specials")
    run = models.ForeignKey("assessment.SpecialRun", null=True, on_delete=models.PROTECT, related_name="+")

    objects = SpecialQuerySet.as_manager()

    class Meta:
        """Newest first; days in their order; what is out has a run."""

        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(check_until__gt=F("report_until")), name="special_checks_after_reports"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="special_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(state=SpecialState.PUBLISHED) | Q(run__isnull=False), name="special_published_has_a_run"
            ),
        )

    def __str__(self) -> str:
        """The title of its item."""
        return self.item.title

    @property
    def year(self) -> int:
        """The year it assesses."""
        return int(self.last[:4])


class SpecialCheck(models.Model):
    """What a unit says of the figures about it: signed, or contested with the reason and answered in writing."""

    special = models.ForeignKey(Special, on_delete=models.CASCADE, related_name="checks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=pairs(SpecialCheckState), default=SpecialCheckState.OPEN.value)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: "models.Manager[SpecialCheck]" = models.Manager()

    class Meta:
        """Once per unit; contests and answers say why."""

        ordering = ("unit__order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("special", "unit"), name="special_check_once"),
            models.CheckConstraint(
                condition=~Q(state=SpecialCheckState.CONTESTED) | Q(note__gt=""), name="special_contest_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(SpecialCheckState.UPHELD, SpecialCheckState.REJECTED)) | Q(answer__gt=""),
                name="special_contest_is_answered",
            ),
        )

    def __str__(self) -> str:
        """Unit and state."""
        return f"{self.unit_id} {self.state}"


class SpecialRunQuerySet(models.QuerySet["SpecialRun"]):
    """Runs of special assessments."""

    def visible_to(self, user: User) -> Self:
        """Give what is out to whom the assessment concerns; all else to people on the list of readers."""
        seen = self.filter(special__in=Special.objects.visible_to(user))
        if ResultReader.objects.reads(user, clock.today()):
            return seen
        return seen.filter(special__run=F("pk"), special__state=SpecialState.PUBLISHED)


class SpecialRun(models.Model):
    """A special assessment scored once, by the figures of then. `digest` is the result's, as the engine gives it.

    `until`: number of the newest figure there was. `problems` say why a run was refused. `reason`: why it did not wait
    until every report was verified. `document` put it out; a run that was withdrawn keeps that, and says why.
    """

    special = models.ForeignKey(Special, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=16, choices=pairs(RunKind))
    state = models.CharField(max_length=16, choices=pairs(RunState))
    scheme_digest = models.CharField(max_length=64, blank=True)
    data_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=32, blank=True)
    until = models.BigIntegerField(default=0)
    figures = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    document = models.CharField(max_length=200, blank=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)

    objects = SpecialRunQuerySet.as_manager()

    class Meta:
        """Newest first; published by a document, withdrawn with a reason."""

        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(document__gt=""), name="special_run_published_by_a_document"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_reason__gt=""),
                name="special_run_withdrawn_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        """Assessment and kind."""
        return f"{self.special_id} {self.kind} {self.pk}"


class SpecialResult(models.Model):
    """A unit's result. `lines`: every indicator with value, target, points and the sum to do by hand, as codes."""

    run = models.ForeignKey(SpecialRun, on_delete=models.CASCADE, related_name="results")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=64)
    score = _points(null=True)
    full = _points()
    rank = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    lines = models.JSONField(default=list)

    objects: "models.Manager[SpecialResult]" = models.Manager()

    class Meta:
        """As a league table."""

        ordering = ("run", "group", "rank", "unit__order")
        constraints = (models.UniqueConstraint(fields=("run", "unit"), name="special_result_once"),)

    def __str__(self) -> str:
        """Unit and score."""
        return f"{self.unit_id} {self.score}"
