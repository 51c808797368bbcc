"""Reports of a special assessment: the figures of a series about a unit, who reported them, and who verifies them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from baton.assessment.actions.below.special_desk import reported_monthly
from baton.assessment.choices import SpecialReportState, SpecialVerdictState
from baton.assessment.models import Duty, Figure, Special, SpecialVerdict
from baton.assessment.queries.special_days import came_in, late_among, newest_verdicts
from baton.assessment.queries.special_scoring import figures_of
from baton.assessment.rules.expected import Ask
from baton.assessment.rules.special import asks_of
from baton.core import clock
from baton.core.models import User
from baton.org.choices import Role
from baton.org.queries import powers


@dataclass(frozen=True, slots=True)
class SpecialValue:
    """One figure of a report, None where it is not there.

    `came`: it came in for this assessment (else the house held it, and it was found right there). `late`: it came after
    the last day that was planned.
    """

    ask: Ask
    figure: Figure | None
    came: bool
    late: bool


@dataclass(frozen=True, slots=True)
class SpecialReport:
    """What one unit reports of a series about a unit, as it stands now. `verdict`: what was said last, None nothing."""

    duty: Duty
    values: tuple[SpecialValue, ...]
    verdict: SpecialVerdict | None

    @property
    def newest(self) -> int:
        """Number of its newest figure, 0 while there is none."""
        return max((one.figure.pk for one in self.values if one.figure is not None and one.came), default=0)

    @property
    def state(self) -> SpecialReportState:
        """How far it is; a figure that came after the verdict waits again."""
        if not self.newest:
            return SpecialReportState.MISSING
        if self.duty.reporter_id == self.duty.verifier_id:
            return SpecialReportState.OWN
        if self.verdict is None or self.verdict.until < self.newest:
            return SpecialReportState.WAITING
        verified = self.verdict.state == SpecialVerdictState.VERIFIED
        return SpecialReportState.VERIFIED if verified else SpecialReportState.RETURNED

    @property
    def unverified(self) -> bool:
        """Whether there are figures that nobody has found right."""
        return self.state in (SpecialReportState.WAITING, SpecialReportState.RETURNED)

    @property
    def late(self) -> bool:
        """Whether one of its figures came late."""
        return any(one.late for one in self.values)

    @property
    def name(self) -> str:
        """Its name in forms: series and unit."""
        return f"{self.duty.series}:{self.duty.unit.code}"


def special_reports(row: Special) -> list[SpecialReport]:
    """Give every report that is asked for it, in the scheme's order; what comes in monthly is none.

    A figure is the report's from when it came in for this assessment, whoever puts it right later.
    """
    duties = {(one.series, one.unit.code): one for one in _duties(row)}
    monthly = reported_monthly(row, {series for series, _ in duties})
    came = came_in(row)
    late = late_among(row, came)
    stands = figures_of(row).select_related("batch__by", "batch__unit").order_by()
    figures = {(one.unit_id, one.series, one.figure, one.period): one for one in stands}
    values: dict[tuple[str, str], list[SpecialValue]] = defaultdict(list)
    for ask in asks_of(row.version.form, row.first, row.last):
        for code in ask.units:
            duty = duties.get((ask.field.series, code))
            if duty is not None and (duty.series, duty.unit_id) not in monthly:
                key = (duty.unit_id, *ask.key)
                values[duty.series, code].append(SpecialValue(ask, figures.get(key), key in came, key in late))
    verdicts = newest_verdicts(row)
    return [
        SpecialReport(duties[key], tuple(several), verdicts.get((key[0], duties[key].unit_id)))
        for key, several in values.items()
    ]


def unverified(row: Special) -> Sequence[SpecialReport]:
    """Give the reports whose figures nobody has found right."""
    return [one for one in special_reports(row) if one.unverified]


def office_verifies(row: Special) -> bool:
    """Whether a unit reports something for which no department is named that verifies it."""
    return Duty.objects.filter(scheme=row.version_id, reporter__isnull=False, verifier__isnull=True).exists()


def verifies_batch(user: User, number: int) -> bool:
    """Whether a person's department verifies a report of a special assessment that came in with a batch.

    What came with it, such as evidence, is then for that person too, also where the batch holds reports for others.
    """
    units = powers(user, clock.today()).units_of(Role.VERIFIER)
    duties = Duty.objects.filter(scheme__specials__batches=number, verifier__in=units).order_by()
    here = Exists(duties.filter(series=OuterRef("series"), unit=OuterRef("unit")))
    return bool(units) and Figure.objects.filter(here, batch=number).exists()


def _duties(row: Special) -> Sequence[Duty]:
    rows = Duty.objects.filter(scheme=row.version_id, reporter__isnull=False)
    return list(rows.select_related("unit", "reporter", "verifier").order_by("pk"))
