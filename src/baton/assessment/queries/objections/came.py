"""What came of an objection to a year: the run that has it beside the one that was objected to, and who moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from baton.assessment.choices import RunKind, RunState
from baton.assessment.models import AnnualLeaf, AnnualResult, AnnualRun, Objection
from baton.core.models import User
from baton.engine.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Changed:
    """A unit whose year changed, its row before and after; what it won by its score, by events, and by cap or floor."""

    before: AnnualResult
    after: AnnualResult

    @property
    def difference(self) -> Decimal:
        """The change of the total; the parts below add up to it."""
        return (self.after.total or Decimal(0)) - (self.before.total or Decimal(0))

    @property
    def base(self) -> Decimal:
        """What of it the scored part gives."""
        return (self.after.base or Decimal(0)) - (self.before.base or Decimal(0))

    @property
    def events(self) -> Decimal:
        """What of it bonuses and deductions give."""
        won: Decimal = self.after.bonus - self.before.bonus - (self.after.deduction - self.before.deduction)
        return won

    @property
    def rest(self) -> Decimal:
        """What of it the cap or floor of totals takes or gives."""
        return self.difference - self.base - self.events


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """An indicator whose points changed for the unit that the objection is about, in a period."""

    name: str
    period: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Moved:
    """Two runs of a year side by side: the units that changed, and the lines that did for one of them."""

    before: AnnualRun
    after: AnnualRun
    units: Sequence[Changed]
    lines: Sequence[ChangedLine]

    @property
    def grades(self) -> Mapping[str, str]:
        """Names of the grades by code."""
        return {grade.code: grade.name for grade in self.after.scheme.scheme.grading.grades}

    @property
    def capped(self) -> bool:
        """Whether a cap or floor of totals plays a part in any change."""
        return any(one.rest for one in self.units)


def moved_by(user: User, row: Objection) -> Moved | None:
    """Give the newest official run since an objection to a year was carried out, beside the one that it was to.

    None before there is one that this person may see: until it is made known only the list of readers does.
    """
    if row.annual is None or row.carried_at is None:
        return None
    before = row.annual.decision.run
    rows = AnnualRun.objects.visible_to(user).filter(annual=before.annual_id, pk__gt=before.pk)
    rows = rows.filter(kind=RunKind.OFFICIAL, state=RunState.DONE, begun_at__gte=row.carried_at)
    after = rows.select_related("scheme", "annual").first()
    if after is None:
        return None
    return Moved(before, after, _units(before, after), _lines(before, after, row.about_id))


def _units(before: AnnualRun, after: AnnualRun) -> list[Changed]:
    old = {one.unit_id: one for one in AnnualResult.objects.filter(run=before)}
    rows = AnnualResult.objects.filter(run=after).select_related("unit").order_by("group", "rank", "unit__order")
    pairs = [Changed(old[one.unit_id], one) for one in rows if one.unit_id in old]
    return [one for one in pairs if _said(one.before) != _said(one.after)]


def _said(row: AnnualResult) -> tuple[object, ...]:
    return row.total, row.base, row.bonus, row.deduction, row.rank, row.grade


def _lines(before: AnnualRun, after: AnnualRun, unit: int) -> list[ChangedLine]:
    names, old, new = _names(after.scheme.scheme), _points(before, unit), _points(after, unit)
    keys = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
    return [
        ChangedLine(names.get(code, code), period, old.get((code, part, period)), new.get((code, part, period)))
        for code, part, period in keys
    ]


def _names(scheme: Scheme) -> dict[str, str]:
    return {one.code: one.name for one in scheme.indicators}


def _points(run: AnnualRun, unit: int) -> dict[tuple[str, str, str], Decimal | None]:
    rows = AnnualLeaf.objects.filter(run=run, unit=unit)
    return {(code, part, period): points for code, part, period, points in rows.values_list(*_LEAF)}


_LEAF = ("indicator", "part", "period", "points")
