"""Why totals differ between two annual runs, worked out once and kept: every unit's change, by what it came from."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from baton.assessment.models.annual import AnnualRun
from baton.assessment.models.annual_publication import AnnualPublication
from baton.assessment.models.publication import ResultReader
from baton.assessment.models.sight import sight_of
from baton.core import clock
from baton.core.models import User
from baton.org.models import Unit


def was_out(run: str) -> Exists:
    """Say which annual runs are out, or were and are replaced: such a one may be seen beside the one in force.

    One that was withdrawn before its publicity began was never out.
    """
    begun = AnnualPublication.objects.filter(opens__lte=clock.today())
    replaced = begun.in_force().filter(annual=OuterRef("annual"))
    seen = Q(withdrawn_at__isnull=True) | (Q(withdrawn_at__date__gte=F("opens")) & Exists(replaced))
    return Exists(begun.filter(seen, decision__run=OuterRef(run)))


class AnnualChangeQuerySet(models.QuerySet["AnnualChange"]):
    """Changes between annual runs."""

    def visible_to(self, user: User) -> Self:
        """Give those of which a person may see both runs."""
        if ResultReader.objects.reads(user, clock.today()):
            return self
        return self.filter(was_out("before"), was_out("after")) if sight_of(user).anything else self.none()


class AnnualChange(models.Model):
    """The change from one annual run to another, of the same year or of two (`engine.compare.attribution`).

    `steps`: the factors of each step; `problems`: why some share one. `left_out`: codes of units that have a total on
    one side only. Nothing of it ever changes, as the runs do not.
    """

    before = models.ForeignKey(AnnualRun, on_delete=models.CASCADE, related_name="changes_from")
    after = models.ForeignKey(AnnualRun, on_delete=models.CASCADE, related_name="changes_to")
    steps = models.JSONField()
    problems = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    at = models.DateTimeField()

    objects = AnnualChangeQuerySet.as_manager()

    class Meta:
        """Newest first; a pair is worked out once."""

        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("before", "after"), name="annual_change_once"),)

    def __str__(self) -> str:
        """Both runs."""
        return f"{self.before_id} {self.after_id}"


class AnnualUnitChange(models.Model):
    """A unit's total before and after. Numbers are texts with all decimals; parts are as `steps` and add up exactly.

    `pieces`: of every indicator, bonus, deduction and of the bound: kind, code, name, before, after, parts.
    """

    change = models.ForeignKey(AnnualChange, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=24)
    after = models.CharField(max_length=24)
    parts = models.JSONField()
    pieces = models.JSONField()

    class Meta:
        """A unit once."""

        ordering = ("change", "unit")
        constraints = (models.UniqueConstraint(fields=("change", "unit"), name="annual_unit_change_once"),)

    def __str__(self) -> str:
        """Unit, before and after."""
        return f"{self.unit_id} {self.before} {self.after}"
