"""One objection: what it is about in words, those tied to it, what this person can do."""

from collections.abc import Sequence
from dataclasses import dataclass

from baton.assessment.actions.below.doors import SIGNS
from baton.assessment.choices import WAITING, ObjectionKind, ObjectionState
from baton.assessment.models import AnnualPublication, Correction, Duty, Objection, Publication
from baton.assessment.models.objection import Issued
from baton.assessment.models.sight import sight_of
from baton.assessment.queries.desk.cells import words_of
from baton.assessment.queries.objections.asking import WRITES, item_names
from baton.assessment.queries.objections.carrying import Linkable, Way, linkable, ways
from baton.assessment.queries.objections.listing import own
from baton.assessment.rules.corrections import checker_of
from baton.assessment.rules.objections import may_decide, may_give_opinion
from baton.core import clock
from baton.core.models import User
from baton.engine.scheme.indicators import Indicator
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import powers
from baton.sheets.forms import Field

GIVES = (Role.VERIFIER, Role.UNIT_HEAD)


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """An objection: what it is about in words, those tied to it, what came of it, what this person can do.

    `item`: the name of the event's item. `reissued`: the issue that has what came of it, once it is made known.
    `departments`: who may be asked, the suggested first. `ways`: what the answer may do to the event. `links`: what may
    have carried it out, for the office to name.
    """

    row: Objection
    indicator: Indicator | None
    field: Field | None
    said: str
    made: str
    tied: Sequence[Objection]
    item: str
    reissued: Issued | None
    signs: bool
    withdraws: bool
    assigns: bool
    gives: bool
    decides: bool
    replies: bool
    carries: bool
    ways: Sequence[Way]
    links: Sequence[Linkable]
    departments: Sequence[Unit]
    suggested: Unit | None

    @property
    def needs_link(self) -> bool:
        """Whether what carries it out has to be named: everything but words and figures."""
        return self.row.kind not in (ObjectionKind.OTHER, ObjectionKind.FIGURE)


def objection_page(user: User, number: int) -> ObjectionPage | None:
    """Give an objection; None where there is none that this person may see."""
    rows = own(user).select_related("written_by", "lodged_by", "correction__made", "carried_by", "entry_made")
    rows = rows.select_related("opined_by", "decided_by", "replied_by", "figure__unit", "scheme", "decision")
    row = rows.filter(pk=number).first()
    if row is None:
        return None
    version = row.run.scheme
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
    decides = head and others and may_decide(state, row.opinion_until, clock.today())
    gives = state in (ObjectionState.ASSIGNED, ObjectionState.OPINED) and row.department_id is not None
    return ObjectionPage(
        row=row,
        indicator=next((each for each in version.scheme.indicators if each.code == row.indicator), None),
        field=field,
        said=words_of(field, one.value) if field and one and one.value else "",
        made=words_of(field, made.value) if field and made and made.value else "",
        tied=_tied(user, row),
        item=item_names(version.scheme).get(row.entry.item, row.entry.item) if row.entry else "",
        reissued=_reissued(row),
        signs=drafted and signs and clock.today() <= row.lodge_until,
        withdraws=(waits and signs) or (drafted and mine.has_in(row.unit_id, *WRITES)),
        assigns=assigns,
        gives=gives and mine.has_in(row.department_id or 0, *GIVES),
        decides=decides,
        replies=waits and row.about_id != row.unit_id and mine.has_in(row.about_id, *WRITES),
        carries=office and row.lacks_carrying,
        ways=ways(row) if decides else (),
        links=linkable(row) if office and row.lacks_carrying else (),
        departments=departments,
        suggested=suggested,
    )


def _tied(user: User, row: Objection) -> list[Objection]:
    """Give those about the same thing: what waits with it, and what the same answer answered."""
    if row.state == ObjectionState.DRAFTED:
        return []
    same = Objection.objects.about_the_same(row).order_by("pk")
    together = same.filter(decided_at__isnull=False, decided_at=row.decided_at)
    return list(together if row.state == ObjectionState.DECIDED else same.waiting())


def _departments(row: Objection) -> tuple[list[Unit], Unit | None]:
    """Give who may be asked for an opinion: whoever leads or verifies anything; of the figure's own first."""
    duties = Duty.objects.filter(scheme=row.run.scheme_id)
    known = {unit for pair in duties.values_list("reporter", "verifier") for unit in pair if unit is not None}
    units = [unit for unit in Unit.objects.filter(pk__in=known) if may_give_opinion(unit.pk, row.unit_id, row.about_id)]
    return units, next((unit for unit in units if unit.pk in _leads(row)), None)


def _leads(row: Objection) -> list[int]:
    """Give who verifies, reports or noted what is objected to, in the order in which they are suggested."""
    if row.entry is not None and row.entry.noted_for_id is not None:
        return [row.entry.noted_for_id]
    if row.kind not in (ObjectionKind.FIGURE, ObjectionKind.RULE):
        return []
    version = row.run.scheme
    series = next((one.series_code for one in version.scheme.indicators if one.code == row.indicator), "")
    duty = Duty.objects.filter(scheme=version, series=series, unit=row.about_id).first()
    if duty is None:
        return []
    checker = checker_of(duty.reporter_id, duty.verifier_id, duty.unit_id)
    return [one for one in (checker, duty.verifier_id, duty.reporter_id) if one is not None]


def _reissued(row: Objection) -> Issued | None:
    """Give the issue in force that has what was put right; None while there is none."""
    if row.carried_at is None:
        return None
    if row.annual is not None:
        later = AnnualPublication.objects.in_force().filter(annual=row.annual.annual_id, issue__gt=row.annual.issue)
        later = later.filter(decision__at__gte=row.carried_at, opens__lte=clock.today())
        return later.select_related("annual", "decision__run").first()
    correction: Correction | None = row.correction
    assert row.publication is not None
    again = Publication.objects.filter(month=row.publication.month_id, issue__gt=row.publication.issue)
    again = again.filter(withdrawn_at__isnull=True).select_related("month")
    if correction is not None:
        return again.filter(run__until__gte=correction.made_id or 0).first()
    return again.filter(run__scheme=row.scheme_id).first() if row.scheme_id is not None else None
