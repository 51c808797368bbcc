"""Yearly targets as they are negotiated: called for, proposed, answered in rounds, and fixed as a figure."""

from typing import Self

from django.db import models
from django.db.models import Q

from baton.assessment.choices import TargetState, TargetStepKind, pairs
from baton.assessment.models.figure import DIGITS, Figure
from baton.assessment.models.scheme import SchemeVersion
from baton.assessment.models.sight import Sight, sight_of
from baton.core.models import User
from baton.org.models import Unit


class TargetCallQuerySet(models.QuerySet["TargetCall"]):
    """Calls for targets."""

    def visible_to(self, user: User) -> Self:
        """Give the calls a person may know of: all, for whoever has any business here."""
        return self if sight_of(user).anything else self.none()


class TargetCall(models.Model):
    """The office calls for the targets of a year, to be proposed up to a day; several calls of a year add up."""

    year = models.PositiveSmallIntegerField()
    scheme = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="target_calls")
    closes = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TargetCallQuerySet.as_manager()

    class Meta:
        """Newest first."""

        ordering = ("-pk",)

    def __str__(self) -> str:
        """Year and last day."""
        return f"{self.year} {self.closes}"


class TargetQuerySet(models.QuerySet["Target"]):
    """Targets."""

    def concerning(self, user: User) -> Self:
        """Give the targets in whose negotiation a person has a part: of own units, of own departments, the office's."""
        sight = sight_of(user)
        return self if sight.everything else self.filter(_of(sight))

    def visible_to(self, user: User) -> Self:
        """Give those that concern a person, and once they are fixed those of the person's groups.

        Before that a target is between the unit, the department and the office; after it all who compete see it.
        """
        sight = sight_of(user)
        return self if sight.everything else self.filter(_of(sight) | _of_own_groups(sight))


def _of(sight: Sight) -> Q:
    return Q(unit__in=sight.units) | Q(department__in=sight.units)


def _of_own_groups(sight: Sight) -> Q:
    found = Q(pk__in=())
    codes = set(Unit.objects.filter(pk__in=sight.member).order_by().values_list("code", flat=True))
    for version in SchemeVersion.objects.filter(target_calls__isnull=False).distinct() if codes else ():
        groups = {unit.group for unit in version.scheme.units if unit.code in codes and unit.group}
        found |= Q(state=TargetState.FIXED, call__scheme=version, group__in=groups)
    return found


class Target(models.Model):
    """The target of a unit for a figure of a year, and what is on the table.

    Numbers are plain decimals as text: `drafted` by a clerk and seen inside the unit only, `proposed` by the unit,
    `countered` by the department or the office, `agreed` by both. `figure` is the fixed target itself, which is what
    scoring reads: there is no second copy of it. `department`: who answers (None: the office); `round` counts
    proposals.
    """

    call = models.ForeignKey(TargetCall, on_delete=models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="targets")
    series = models.CharField(max_length=64)
    figure_name = models.CharField(max_length=64)
    indicator = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    measure = models.CharField(max_length=64, blank=True)
    group = models.CharField(max_length=64, blank=True)
    department = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="targets_to_answer")
    state = models.CharField(max_length=16, choices=pairs(TargetState), default=TargetState.OPEN.value)
    round = models.PositiveSmallIntegerField(default=0)
    drafted = models.CharField(max_length=DIGITS, blank=True)
    draft_reason = models.CharField(max_length=400, blank=True)
    drafted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed = models.CharField(max_length=DIGITS, blank=True)
    countered = models.CharField(max_length=DIGITS, blank=True)
    agreed = models.CharField(max_length=DIGITS, blank=True)
    figure = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="targets")

    objects = TargetQuerySet.as_manager()

    class Meta:
        """By unit; once per unit, figure and year."""

        ordering = ("year", "unit__order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("year", "series", "figure_name", "unit"), name="target_once"),
            models.CheckConstraint(
                condition=Q(state=TargetState.FIXED, figure__isnull=False)
                | (~Q(state=TargetState.FIXED) & Q(figure__isnull=True)),
                name="target_fixed_is_a_figure",
            ),
            models.CheckConstraint(
                condition=~Q(state=TargetState.AGREED) | Q(agreed__gt=""), name="target_agreed_has_a_number"
            ),
        )

    def __str__(self) -> str:
        """Unit, title and year."""
        return f"{self.unit.name} {self.title} {self.year}"

    @property
    def table(self) -> str:
        """The number on the table: fixed, agreed, or what was said last; empty before the first proposal."""
        if self.figure is not None:
            return self.figure.value
        last = {TargetState.AGREED.value: self.agreed, TargetState.COUNTERED.value: self.countered}
        return last.get(self.state, self.proposed)


class TargetStepQuerySet(models.QuerySet["TargetStep"]):
    """Steps."""

    def visible_to(self, user: User) -> Self:
        """Give the steps of negotiations in which a person has a part."""
        return self.filter(target__in=Target.objects.concerning(user))


class TargetStep(models.Model):
    """What somebody did with a target. `of`: the unit or department that spoke (None: the office)."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=16, choices=pairs(TargetStepKind))
    round = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=DIGITS, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    document = models.CharField(max_length=200, blank=True)
    of = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    behalf_of = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    objects = TargetStepQuerySet.as_manager()

    class Meta:
        """As it went."""

        ordering = ("pk",)

    def __str__(self) -> str:
        """What and how much."""
        return f"{self.kind} {self.value}"


class TargetFlagQuerySet(models.QuerySet["TargetFlag"]):
    """Flags."""

    def visible_to(self, user: User) -> Self:
        """Give the flags of targets in whose negotiation a person has a part."""
        return self.filter(target__in=Target.objects.concerning(user))

    def standing(self) -> Self:
        """Give the flags that hold for the number on the table."""
        return self.filter(cleared_at__isnull=True)

    def unanswered(self) -> Self:
        """Give the standing flags to which nobody has said anything."""
        return self.standing().filter(answer="", waived="")


class TargetFlag(models.Model):
    """Something about a target that is worth checking (建议核实): a question, never a verdict.

    `kind`: `FlagKind` of the unit's earlier figures, or `Stretched` of the proposed number; `months`, `strength` and
    `evidence` as the engine gave them. `answer`: in the unit's words; `waived`: why the department or the office asks
    no further. A flag no longer holds (`cleared_at`) when another number came onto the table.
    """

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=32)
    months = models.JSONField(default=list)
    strength = models.FloatField(default=0)
    evidence = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=400, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    waived = models.CharField(max_length=400, blank=True)
    waived_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(null=True)

    objects = TargetFlagQuerySet.as_manager()

    class Meta:
        """The strongest first; one stands per kind."""

        ordering = ("-strength", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("target", "kind"), condition=Q(cleared_at__isnull=True), name="target_flag_stands_once"
            ),
        )

    def __str__(self) -> str:
        """The kind."""
        return self.kind
