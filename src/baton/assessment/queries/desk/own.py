"""A report that a unit makes itself: its figures, the parts that offices fill in, its way so far, whose turn it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from baton.assessment.actions.below.desks import end_of, may_take, turn_of
from baton.assessment.choices import StepRole, SubmissionState, Verb
from baton.assessment.models import Figure, Month, Submission, SubmissionStep
from baton.assessment.queries.desk.cells import NONE, words_of
from baton.assessment.queries.desk.columns import adds_up, first_of_year, period_before
from baton.assessment.queries.desk.summing import sum_of
from baton.assessment.rules.approval import verbs
from baton.core.acting import Actor
from baton.core.models import User
from baton.engine.terms import Evidence
from baton.org.models import Unit
from baton.sheets.forms import Field, grain_of, periods_due

_BESIDE = (Verb.COPY, Verb.REMIND)


@dataclass(frozen=True, slots=True)
class OwnValue:
    """One figure of a report. `name` as actions want it; `parts`: what each office filled in, by the office's name.

    `shown` is what its input begins with: what was filled in, else the sum of the parts, else what was entered, else,
    of totals that go on, last month's (`carried`).
    """

    name: str
    field: Field
    shown: str
    last: str
    carried: bool = False
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report as somebody finds it. `mine`: it is this person's turn; `recallable`: who put it on may take it back."""

    submission: Submission
    name: str
    values: tuple[OwnValue, ...]
    steps: tuple[SubmissionStep, ...]
    parts: tuple[Submission, ...]
    offices: tuple[Unit, ...]
    turn: StepRole | None
    mine: bool
    recallable: bool
    closes: date
    evidence: Evidence

    @property
    def verbs(self) -> frozenset[Verb]:
        """What this person can do with it now."""
        if not self.mine:
            return frozenset()
        return verbs(SubmissionState(self.submission.state), self.submission.countersigns)

    @property
    def fillable(self) -> bool:
        """Whether this person fills it in now."""
        return self.mine and self.turn in (StepRole.CLERK, StepRole.PART)


def own_report(user: User, number: int) -> OwnReport | None:
    """Give a report; None where there is none that this person may see."""
    rows = Submission.objects.visible_to(user).filter(pk=number)
    row = rows.select_related("month__scheme", "unit", "office", "holder", "window__release", "whole").first()
    if row is None:
        return None
    turn, by = turn_of(row), Actor(user)
    steps = tuple(row.steps.select_related("by", "to"))
    parts = tuple(row.parts.select_related("office").order_by("office__order"))
    values = _values(user, row, parts)
    done = [one for one in steps if one.verb not in _BESIDE]
    last = done[-1] if done else None
    mine = turn is not None and may_take(by, row, turn)
    offices = () if row.whole_id else tuple(Unit.objects.visible_to(user).filter(parent=row.unit, valid_to=None))
    return OwnReport(
        submission=row,
        name=values[0].field.indicator.name if values else row.series,
        values=values,
        steps=steps,
        parts=parts,
        offices=offices,
        turn=turn,
        mine=mine,
        recallable=bool(turn and last and last.by_id == user.pk and last.verb in (Verb.SUBMIT, Verb.APPROVE)),
        closes=end_of(row.window).date(),
        evidence=values[0].field.indicator.evidence if values else Evidence.NONE,
    )


def _values(user: User, row: Submission, parts: Collection[Submission]) -> tuple[OwnValue, ...]:
    fields = [
        (field, period)
        for field in row.month.scheme.form.fields_in(row.series)
        for period in ((row.month.period[:4],) if field.target else periods_due(row.month.period))
        if grain_of(period) is field.frequency and row.unit.code in field.units
    ]
    periods = {one for field, period in fields for one in (period, period_before(period))}
    figures = Figure.objects.visible_to(user).counting().filter(unit=row.unit, series=row.series, period__in=periods)
    there = {(one.figure, one.period): one for one in figures}
    return tuple(_value(row, parts, field, period, there) for field, period in fields)


def _value(
    row: Submission,
    parts: Collection[Submission],
    field: Field,
    period: str,
    there: dict[tuple[str, str], Figure],
) -> OwnValue:
    name = f"{field.figure}:{period}"
    stands, before = there.get((field.figure, period)), there.get((field.figure, period_before(period)))
    last = words_of(field, before.value) if before is not None and not first_of_year(period) else ""
    given = tuple((one.office.name if one.office else "", one.values.get(name, "")) for one in parts)
    entered = "" if stands is None else NONE if stands.absent else words_of(field, stands.value)
    known = row.values.get(name) or sum_of(field, [text for _, text in given]) or entered
    carried = not known and adds_up(field) and bool(last) and row.whole_id is None and not parts
    return OwnValue(name, field, known or (last if carried else ""), last, carried, given)


def own_texts(user: User, month: Month, unit: Unit) -> dict[tuple[str, str], str]:
    """Give what the inputs of a unit's own reports of a month begin with, by series and figure."""
    rows = Submission.objects.visible_to(user).filter(month=month, unit=unit, whole__isnull=True)
    found = {}
    for row in rows.select_related("month__scheme", "unit"):
        for one in _values(user, row, tuple(row.parts.select_related("office"))):
            figure, _, period = one.name.partition(":")
            if period == month.period:
                found[row.series, figure] = one.shown
    return found
