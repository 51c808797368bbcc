"""Reads of objections: what may be objected to, the lists, and one objection with what this person can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from baton.assessment.actions.below.doors import REPORTS, SIGNS
from baton.assessment.choices import WAITING, ObjectionKind, ObjectionState
from baton.assessment.models import Correction, Duty, Figure, Objection, Publication, UnitResult
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.cells import words_of
from baton.assessment.queries.numbers import numbers, objection_days
from baton.assessment.queries.working import works
from baton.assessment.rules.corrections import checker_of
from baton.assessment.rules.month_scheme import periods_read
from baton.assessment.rules.objections import may_decide, may_give_opinion
from baton.core import clock
from baton.core.models import User
from baton.engine.scheme.indicators import Indicator
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers
from baton.sheets.forms import Field

WRITES = (*REPORTS, *SIGNS)
GIVES = (Role.VERIFIER, Role.UNIT_HEAD)


@dataclass(frozen=True, slots=True)
class Choosable:
    """A figure of a result that can be objected to: its row, its name, and what it says."""

    figure: Figure
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Objecting:
    """A published result that somebody may object to, for which units, until when, and what there is to choose.

    `indicator`: None for an objection to the result as a whole. `late`: the days are over.
    """

    publication: Publication
    about: Unit
    units: Sequence[Unit]
    until: date
    indicator: Indicator | None
    indicators: Sequence[Indicator]
    figures: Sequence[Choosable]

    @property
    def late(self) -> bool:
        """Whether the days to object are over."""
        return clock.today() > self.until


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """An objection: what it is about in words, those tied to it, what came of it, what this person can do.

    `reissued`: the issue that has the correction, once it is out. `departments`: who may be asked, the suggested first.
    """

    row: Objection
    indicator: Indicator | None
    field: Field | None
    said: str
    made: str
    tied: Sequence[Objection]
    reissued: Publication | None
    signs: bool
    withdraws: bool
    assigns: bool
    gives: bool
    decides: bool
    replies: bool
    departments: Sequence[Unit]
    suggested: Unit | None


def listed(user: User) -> QuerySet[Objection]:
    """Give what stands on the list for all."""
    return Objection.objects.listed_for(user).select_related("publication__month__scheme")


def own(user: User) -> QuerySet[Objection]:
    """Give the objections that a person may read, newest first."""
    rows = Objection.objects.visible_to(user)
    return rows.select_related("publication__month__scheme", "unit", "about", "department", "figure")


def objected(user: User, period: str, about: str, indicator: str) -> QuerySet[Objection]:
    """Give the objections to an indicator of a unit in a month's results, as far as a person may read them."""
    rows = own(user).filter(publication__month__period=period, about__code=about, indicator=indicator)
    return rows.exclude(state=ObjectionState.WITHDRAWN)


def lodge_until(publication: Publication) -> date:
    """Give the last day to object to a published result."""
    return objection_days(numbers()).lodge_until(clock.day_of(publication.published_at), works())


def may_object(user: User) -> frozenset[int]:
    """Give the units for which a person may object, by number."""
    return powers(user, clock.today()).units_of(*WRITES)


def can_object(user: User, publication: Publication | None) -> bool:
    """Whether a person may object to a published result today for any unit."""
    if publication is None or not may_object(user):
        return False
    return clock.today() <= lodge_until(publication)


def objecting(user: User, period: str, about: str, code: str = "") -> Objecting | None:
    """Give what a person may object to in a published month; None where there is nothing, or no unit to do it for.

    For a unit of the result that is objected about, whoever is assessed too may object: its figures move their places.
    """
    out = Publication.objects.visible_to(user).filter(month__period=period, withdrawn_at__isnull=True)
    publication = out.select_related("month__scheme", "run__scheme").first()
    if publication is None:
        return None
    result = UnitResult.objects.filter(run=publication.run, unit__code=about).select_related("unit").first()
    assessed = UnitResult.objects.filter(run=publication.run, unit__in=may_object(user)).select_related("unit")
    units = sorted((row.unit for row in assessed), key=lambda unit: (unit.code != about, unit.order))
    scheme = publication.run.scheme.scheme
    indicator = next((one for one in scheme.indicators if one.code == code), None)
    if result is None or not units or (code and indicator is None):
        return None
    figures = () if indicator is None else _figures(publication, result.unit, indicator)
    until = lodge_until(publication)
    return Objecting(publication, result.unit, units, until, indicator, scheme.indicators, figures)


def _figures(publication: Publication, about: Unit, indicator: Indicator) -> tuple[Choosable, ...]:
    """Give the figures of an indicator that the result was made of, the newest first."""
    month, form = publication.month, publication.run.scheme.form
    rows = Figure.objects.as_of(publication.run.until).filter(unit=about, series=indicator.series_code)
    found = []
    for one in rows.filter(period__in=periods_read(month.period)).select_related("unit").order_by("-period", "figure"):
        field = form.fields.get((one.series, one.figure))
        if field is not None:
            found.append(Choosable(one, field.name, words_of(field, one.value) if one.value else "—"))
    return tuple(found)


def objection_page(user: User, number: int) -> ObjectionPage | None:
    """Give an objection; None where there is none that this person may see."""
    rows = own(user).select_related("publication__run__scheme", "written_by", "lodged_by", "correction__made")
    row = rows.select_related("opined_by", "decided_by", "replied_by", "figure__unit").filter(pk=number).first()
    if row is None:
        return None
    version = row.publication.run.scheme
    one, state = row.figure, ObjectionState(row.state)
    field = None if one is None else version.form.fields.get((one.series, one.figure))
    mine = powers(user, clock.today())
    head, office = Role.OFFICE_HEAD in mine.county, sight_of(user).office
    waits = state in WAITING
    others = user.pk not in (row.written_by_id, row.lodged_by_id, row.opined_by_id)
    assigns = office and state in (ObjectionState.LODGED, ObjectionState.ASSIGNED)
    departments, suggested = _departments(row) if assigns else ((), None)
    signs = mine.has_in(row.unit_id, *SIGNS)
    drafted = state is ObjectionState.DRAFTED
    made = row.correction.made if row.correction else None
    gives = state in (ObjectionState.ASSIGNED, ObjectionState.OPINED) and row.department_id is not None
    return ObjectionPage(
        row=row,
        indicator=next((each for each in version.scheme.indicators if each.code == row.indicator), None),
        field=field,
        said=words_of(field, one.value) if field and one and one.value else "",
        made=words_of(field, made.value) if field and made and made.value else "",
        tied=_tied(user, row),
        reissued=_reissued(row),
        signs=drafted and signs and clock.today() <= row.lodge_until,
        withdraws=(waits and signs) or (drafted and mine.has_in(row.unit_id, *WRITES)),
        assigns=assigns,
        gives=gives and mine.has_in(row.department_id or 0, *GIVES),
        decides=head and others and may_decide(state, row.opinion_until, clock.today()),
        replies=waits and row.about_id != row.unit_id and mine.has_in(row.about_id, *WRITES),
        departments=departments,
        suggested=suggested,
    )


def _tied(user: User, row: Objection) -> list[Objection]:
    """Give those about the same figure: what waits with it, and what the same correction answered."""
    waiting = Objection.objects.tied_to(row) if row.state != ObjectionState.DRAFTED else Objection.objects.none()
    answered = Objection.objects.exclude(pk=row.pk).filter(correction__isnull=False, correction=row.correction_id)
    return list((waiting | answered if row.correction_id else waiting).distinct().order_by("pk"))


def _departments(row: Objection) -> tuple[list[Unit], Unit | None]:
    """Give who may be asked for an opinion: whoever leads or verifies anything; of the figure's own first."""
    duties = Duty.objects.filter(scheme=row.publication.run.scheme_id)
    known = {unit for pair in duties.values_list("reporter", "verifier") for unit in pair if unit is not None}
    units = [unit for unit in Unit.objects.filter(pk__in=known) if may_give_opinion(unit.pk, row.unit_id, row.about_id)]
    return units, next((unit for unit in units if unit.pk in _leads(row)), None)


def _leads(row: Objection) -> list[int]:
    """Give who verifies or reports what is objected to, in the order in which they are suggested."""
    if row.kind not in (ObjectionKind.FIGURE, ObjectionKind.RULE):
        return []
    series = next(
        (one.series_code for one in row.publication.run.scheme.scheme.indicators if one.code == row.indicator), ""
    )
    duty = Duty.objects.filter(scheme=row.publication.run.scheme_id, series=series, unit=row.about_id).first()
    if duty is None:
        return []
    checker = checker_of(duty.reporter_id, duty.verifier_id, duty.unit_id)
    return [one for one in (checker, duty.verifier_id, duty.reporter_id) if one is not None]


def _reissued(row: Objection) -> Publication | None:
    """Give the issue in force that has what was put right; None while there is none."""
    correction: Correction | None = row.correction
    if correction is None or correction.made_id is None:
        return None
    later = Publication.objects.filter(month=row.publication.month_id, issue__gt=row.publication.issue)
    return later.filter(withdrawn_at__isnull=True, run__until__gte=correction.made_id).select_related("month").first()
