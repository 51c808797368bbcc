"""What an annual run gave: units' totals, places and suggested grades, and the whole calculation below them."""

from typing import Any, Self

from django.db import models

from baton.assessment.models.annual import AnnualRun, seen_annually
from baton.assessment.models.figure import DIGITS
from baton.core.models import User
from baton.org.models import Unit


def _points(**options: bool) -> "models.DecimalField[Any, Any]":
    """Points have at most nine decimals (the scheme's quantum), so that a decimal column holds them exactly."""
    return models.DecimalField(max_digits=15, decimal_places=9, **options)  # type: ignore[arg-type]


class AnnualRowQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows of annual runs."""

    def visible_to(self, user: User) -> Self:
        """Give the rows of the runs that a person sees."""
        seen = seen_annually(user, "run")
        return self if seen is None else self.filter(seen)


class AnnualResult(models.Model):
    """A unit's year: total = base + bonus - deduction, between the scheme's floor and cap; place and suggested grade.

    `compared`: the total as ranks compare it. `by_score`: the grade by threshold alone; `grade`: the suggestion after
    quota and vetoes (codes, empty: none), `reasons` why (`engine.standing`). `parts`: scores right below the root by
    code. `adjustments`: every event and what it came to. `best` to `worst`: the places it could as well have (None:
    not known), `sure`: how probable the suggested grade is under noise, or under other choices, 0 to 1.
    """

    run = models.ForeignKey(AnnualRun, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="annual_results")
    group = models.CharField(max_length=64)
    base = _points(null=True)
    bonus = _points()
    deduction = _points()
    total = _points(null=True)
    compared = _points(null=True)
    rank = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    by_score = models.CharField(max_length=64, blank=True)
    grade = models.CharField(max_length=64, blank=True)
    reasons = models.JSONField(default=list)
    parts = models.JSONField(default=dict)
    vetoes = models.JSONField(default=list)
    tie_keys = models.JSONField(default=list)
    adjustments = models.JSONField(default=list)
    best = models.PositiveSmallIntegerField(null=True)
    worst = models.PositiveSmallIntegerField(null=True)
    sure = models.FloatField(null=True)

    objects = AnnualRowQuerySet.as_manager()

    class Meta:
        """As a league table."""

        ordering = ("run", "group", "rank", "unit")
        constraints = (models.UniqueConstraint(fields=("run", "unit"), name="annual_result_once"),)

    def __str__(self) -> str:
        """Unit and total."""
        return f"{self.unit_id} {self.total}"


class AnnualNode(models.Model):
    """A unit's score under a node of the tree in a period: a month, a quarter, the year."""

    run = models.ForeignKey(AnnualRun, on_delete=models.CASCADE, related_name="nodes", db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    node = models.CharField(max_length=64)
    period = models.CharField(max_length=7)
    score = _points(null=True)
    full = _points()

    objects = AnnualRowQuerySet.as_manager()

    class Meta:
        """Once per node and period."""

        constraints = (models.UniqueConstraint(fields=("run", "unit", "node", "period"), name="annual_node_once"),)

    def __str__(self) -> str:
        """Node, period and score."""
        return f"{self.node} {self.period} {self.score}"


class AnnualLeaf(models.Model):
    """A unit's points under one indicator, or part of one, in a period. `flags` are bits of `engine.flags.Happened`.

    Run and unit are not looked up by the database, as with `LeafResult`: rows are written with their run.
    """

    run = models.ForeignKey(
        AnnualRun, on_delete=models.CASCADE, related_name="leaves", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    indicator = models.CharField(max_length=64)
    part = models.CharField(max_length=64, blank=True)
    period = models.CharField(max_length=7)
    value = models.CharField(max_length=DIGITS, blank=True)
    target = models.CharField(max_length=DIGITS, blank=True)
    points = _points(null=True)
    full = _points()
    rank = models.PositiveIntegerField(null=True)
    flags = models.BigIntegerField(default=0)

    objects = AnnualRowQuerySet.as_manager()

    class Meta:
        """Once per indicator, part and period."""

        constraints = (
            models.UniqueConstraint(fields=("run", "unit", "indicator", "part", "period"), name="annual_leaf_once"),
        )

    def __str__(self) -> str:
        """Indicator, period and points."""
        return f"{self.indicator} {self.period} {self.points}"
