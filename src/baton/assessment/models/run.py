"""Runs of the engine over a month, and what they gave, as rows that pages can list."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import Light, Movement, RunKind, RunState, pairs
from baton.assessment.models.figure import DIGITS
from baton.assessment.models.month import Month
from baton.assessment.models.publication import Publication, ResultReader
from baton.assessment.models.scheme import SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit


def _points(**options: bool) -> "models.DecimalField[Any, Any]":
    """Points have at most nine decimals (the scheme's quantum), so that a decimal column holds them exactly."""
    return models.DecimalField(max_digits=15, decimal_places=9, **options)  # type: ignore[arg-type]


def _seen(user: User, run: str) -> Q | models.Exists | None:
    """Say which runs a person sees: None all; before a result is out only people on the list do."""
    if ResultReader.objects.reads(user, clock.today()):
        return None
    if not sight_of(user).anything:
        return Q(pk__in=())
    return models.Exists(Publication.objects.filter(run=models.OuterRef(run), withdrawn_at__isnull=True))


class RunQuerySet(models.QuerySet["Run"]):
    """Runs."""

    def visible_to(self, user: User) -> Self:
        """Give the published runs to whoever has business here; all others to people on the list of readers."""
        seen = _seen(user, "pk")
        return self if seen is None else self.filter(seen)


class Run(models.Model):
    """A month scored once. `digest` is the result's, as the engine gives it; `problems` say why a run was refused.

    `until` is the number of the newest figure there was: once there are newer ones, the run no longer says how it is.
    `newest_batch` and `batches` are the number of the newest batch and how many there were: one that began before the
    run and was written after it has a lower number, and there are more then.
    `month_digest` is the digest of the scheme of the month (`rules.month_scheme`), which a third party makes again from
    the version named here.
    """

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=16, choices=pairs(RunKind))
    state = models.CharField(max_length=16, choices=pairs(RunState), default=RunState.RUNNING.value)
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="runs")
    scheme_digest = models.CharField(max_length=64, blank=True)
    month_digest = models.CharField(max_length=64, blank=True)
    data_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=32, blank=True)
    until = models.BigIntegerField(default=0)
    newest_batch = models.BigIntegerField(default=0)
    batches = models.BigIntegerField(default=0)
    figures = models.PositiveIntegerField(default=0)
    preliminary = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=("month", "kind", "state", "-id"), name="run_of_month"),)

    def __str__(self) -> str:
        """Month and kind."""
        return f"{self.month_id} {self.kind} {self.pk}"


class ResultQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows of runs."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of the runs that a person sees."""
        seen = _seen(user, "run")
        return self if seen is None else self.filter(seen)


class UnitResult(models.Model):
    """A unit's result of a month: score, place in its group, light, and how it moved.

    `mean` and `mean_rank` are those of all months of the year so far; `best` and `worst` the places by it that noise of
    the figures allows, `band` which units cannot be told apart (`engine.robustness.everyday`). None: not known yet.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="results")
    group = models.CharField(max_length=64)
    score = _points(null=True)
    full = _points()
    rank = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    mean = _points(null=True)
    mean_rank = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    best = models.PositiveSmallIntegerField(null=True)
    worst = models.PositiveSmallIntegerField(null=True)
    band = models.PositiveSmallIntegerField(null=True)
    score_before = _points(null=True)
    rank_before = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    movement = models.CharField(max_length=16, choices=pairs(Movement), default=Movement.TOO_SHORT.value)
    light = models.CharField(max_length=16, choices=pairs(Light), default=Light.NONE.value)

    objects = ResultQuerySet.as_manager()

    class Meta:
        """As a league table."""

        ordering = ("run", "group", "rank", "unit")
        constraints = (models.UniqueConstraint(fields=("run", "unit"), name="unit_result_once"),)

    def __str__(self) -> str:
        """Unit and score."""
        return f"{self.unit_id} {self.score}"


class NodeResult(models.Model):
    """A unit's result under one node of the tree (a dimension)."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="nodes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=64)
    node = models.CharField(max_length=64)
    score = _points(null=True)
    full = _points()
    light = models.CharField(max_length=16, choices=pairs(Light), default=Light.NONE.value)

    objects = ResultQuerySet.as_manager()

    class Meta:
        """Once per node."""

        constraints = (models.UniqueConstraint(fields=("run", "unit", "node"), name="node_result_once"),)

    def __str__(self) -> str:
        """Unit, node and score."""
        return f"{self.unit_id} {self.node} {self.score}"


class LeafResult(models.Model):
    """A unit's result under one indicator or part of one. `flags` are bits of `engine.flags.Happened`.

    `behind`: how many months in a row, this one included, the indicator has been red or behind its plan. Run and unit
    are not looked up by the database: it would do so for each of tens of thousands of rows at the commit, while
    everybody else waits for the end of the audit chain. Rows are written with their run, in one step, and found by it.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="leaves", db_constraint=False, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    group = models.CharField(max_length=64)
    indicator = models.CharField(max_length=64)
    part = models.CharField(max_length=64, blank=True)
    value = models.CharField(max_length=DIGITS, blank=True)
    target = models.CharField(max_length=DIGITS, blank=True)
    points = _points(null=True)
    full = _points()
    rank = models.PositiveIntegerField(null=True)
    flags = models.BigIntegerField(default=0)
    light = models.CharField(max_length=16, choices=pairs(Light), default=Light.NONE.value)
    movement = models.CharField(max_length=16, choices=pairs(Movement), default=Movement.TOO_SHORT.value)
    behind = models.PositiveSmallIntegerField(default=0)

    objects = ResultQuerySet.as_manager()

    class Meta:
        """Once per indicator and part."""

        constraints = (models.UniqueConstraint(fields=("run", "unit", "indicator", "part"), name="leaf_result_once"),)
        indexes = (models.Index(fields=("run", "indicator"), name="leaf_of_indicator"),)

    def __str__(self) -> str:
        """Unit, indicator and points."""
        return f"{self.unit_id} {self.indicator} {self.points}"
