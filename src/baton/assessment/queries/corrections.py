"""Corrections after the window: who may ask for one, what waits, what was put right, whether a result has it yet."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from baton.assessment.actions.below.doors import REPORTS
from baton.assessment.choices import BatchKind, CorrectionState
from baton.assessment.models import Correction, Duty, Figure, SchemeVersion
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.cells import words_of
from baton.assessment.rules.corrections import checker_of
from baton.core import clock
from baton.core.models import User
from baton.engine.terms import Evidence
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers
from baton.sheets.forms import Field


@dataclass(frozen=True, slots=True)
class Asking:
    """A figure that somebody may hold to be wrong. `waiting`: a correction of it that waits already."""

    figure: Figure
    field: Field
    duty: Duty
    said: str
    waiting: Correction | None

    @property
    def needs_evidence(self) -> bool:
        """Whether the scheme requires evidence for the indicator."""
        return self.field.indicator.evidence is Evidence.REQUIRED

    @property
    def confirms(self) -> Unit | None:
        """The unit that confirms; None: the assessment office."""
        return _confirms(self.duty)


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """A correction: the figure before and after as people write them, who confirms, and what this person can do."""

    row: Correction
    field: Field
    before: str
    after: str
    confirms: Unit | None
    decides: bool
    withdraws: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that was put right: its name, and what it was and is. `counted`: the result that is shown has it."""

    name: str
    before: str
    after: str
    counted: bool


def corrections(user: User) -> QuerySet[Correction]:
    """Give the corrections that a person may see, newest first."""
    rows = Correction.objects.visible_to(user)
    return rows.select_related("about__unit", "about__batch", "month__scheme", "by", "decided_by", "made")


def may_ask(user: User, version: SchemeVersion, unit: str, series: str) -> bool:
    """Whether a person reports a series about a unit (code), so that they may hold a figure of it to be wrong."""
    if sight_of(user).office:
        return True
    mine = powers(user, clock.today()).units_of(*REPORTS)
    return Duty.objects.filter(scheme=version, series=series, unit__code=unit, reporter__in=mine).exists()


def series_reported(version: SchemeVersion, units: Collection[int], about: int) -> set[str]:
    """Give the series about a unit (by number) that some units report, so that their people may hold them wrong."""
    if not units:
        return set()
    rows = Duty.objects.filter(scheme=version, unit=about, reporter__in=units)
    return set(rows.values_list("series", flat=True))


def asking(user: User, number: int) -> Asking | None:
    """Give a figure for which this person may ask a correction; None where there is none such."""
    rows = Figure.objects.visible_to(user).current().select_related("unit", "batch__by", "batch__month__scheme")
    figure = rows.filter(pk=number).first()
    if figure is None:
        return None
    found = _duty_and_field(figure)
    if found is None or not may_ask(user, found[0].scheme, figure.unit.code, figure.series):
        return None
    waiting = corrections(user).filter(about=figure, state=CorrectionState.OPEN).first()
    return Asking(figure, found[1], found[0], _said(found[1], figure), waiting)


def correction_page(user: User, number: int) -> CorrectionPage | None:
    """Give a correction; None where there is none that this person may see."""
    row = corrections(user).filter(pk=number).first()
    found = None if row is None else _duty_and_field(row.about, row.month.scheme)
    if row is None or found is None:
        return None
    duty, field = found
    confirms, open_ = _confirms(duty), row.state == CorrectionState.OPEN
    mine, office = powers(user, clock.today()), sight_of(user).office
    own = row.by_id == user.pk
    verifies = confirms is not None and mine.has_in(confirms.pk, Role.VERIFIER)
    reports = duty.reporter_id is not None and mine.has_in(duty.reporter_id, *REPORTS)
    after = row.typed if row.made is None else _said(field, row.made)
    return CorrectionPage(
        row=row,
        field=field,
        before=_said(field, row.about),
        after=after,
        confirms=confirms,
        decides=open_ and (office or verifies) and not own,
        withdraws=open_ and (own or reports),
        own=own,
    )


def corrected_in(
    user: User, version: SchemeVersion, periods: Collection[str], until: int, **only: str
) -> dict[tuple[str, str], list[Corrected]]:
    """Give what was put right in some periods, by unit (code) and series, as far as a person may see the figures.

    `until`: number of the newest figure that a result has. `only`: narrows the figures (`unit__code`, `series`).
    """
    rows = Figure.objects.visible_to(user).current().filter(period__in=periods, batch__kind=BatchKind.CORRECTION)
    found: dict[tuple[str, str], list[Corrected]] = {}
    for one in rows.filter(**only).select_related("unit", "supersedes"):
        field = version.form.fields.get((one.series, one.figure))
        if field is not None and one.supersedes is not None:
            told = Corrected(field.name, _said(field, one.supersedes), _said(field, one), one.pk <= until)
            found.setdefault((one.unit.code, one.series), []).append(told)
    return found


def open_corrections(user: User, figures: Collection[int]) -> dict[int, Correction]:
    """Give the corrections that wait, by the number of the figure they are about."""
    rows = Correction.objects.visible_to(user).filter(about__in=figures, state=CorrectionState.OPEN)
    return {one.about_id: one for one in rows}


def _confirms(duty: Duty) -> Unit | None:
    checker = checker_of(duty.reporter_id, duty.verifier_id, duty.unit_id)
    return None if checker is None else duty.verifier


def _duty_and_field(figure: Figure, version: SchemeVersion | None = None) -> tuple[Duty, Field] | None:
    month = figure.batch.month
    version = version or (None if month is None else month.scheme)
    if version is None:
        version = SchemeVersion.objects.filter(months__period__startswith=figure.period[:4]).first()
    field = None if version is None else version.form.fields.get((figure.series, figure.figure))
    duties = Duty.objects.filter(scheme=version, series=figure.series, unit=figure.unit_id)
    duty = duties.select_related("scheme", "reporter", "verifier").first()
    return None if duty is None or field is None else (duty, field)


def _said(field: Field, figure: Figure) -> str:
    return words_of(field, figure.value) if figure.value else ""
