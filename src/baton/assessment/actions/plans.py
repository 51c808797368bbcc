"""The plan of assessments: proposed by departments, approved by the head of the office, each item with a filing number.

Once a year's plan is approved, what comes later is off the plan: it needs a reason of its own (一事一报), filed first.
"""

from collections.abc import Sequence

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import is_office, require_head
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, county_people, people_in
from baton.assessment.choices import PlanState
from baton.assessment.models import AnnualPlan, PlanItem, Special
from baton.assessment.queries.plans import PROPOSES, numbers_on, planned
from baton.assessment.rules.plan_items import Proposal, lacking
from baton.assessment.rules.plans import over_limit
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import require
from baton.words import Place, Problem, Refused

_OPEN = (PlanState.PROPOSED, PlanState.RETURNED)


def propose_item(*, by: Actor, given: Proposal, key: str = "") -> PlanItem:
    """Propose an item of the year in which it opens. By a department for itself, or by the office.

    After the year's plan was approved it is off the plan. Raises `Refused` with everything that stands against it.
    """
    organiser = _organiser(by, given)
    with acting(by) as told:
        call = once(by, "propose_item", key, repr(given))
        if call.before is not None:
            return PlanItem.objects.get(pk=call.before["item"])
        off_plan = _off_plan(given)
        row = PlanItem(off_plan=off_plan, organiser=organiser)
        _write(row, by, given)
        told.did("plans.item_proposed", row, organiser=organiser.code, off_plan=off_plan, reason=row.reason)
        if off_plan:
            _tell_head(told, row)
        call.answer(item=row.pk)
    return row


def change_item(*, by: Actor, item: int, given: Proposal) -> PlanItem:
    """Put an item right that nobody approved yet; one that was returned is proposed again. Raises `Refused`."""
    organiser = _organiser(by, given)
    with acting(by) as told:
        row = _locked(item, *_OPEN)
        _require_organiser(by, row.organiser)
        off_plan = _off_plan(given)
        row.off_plan, row.organiser = off_plan, organiser
        _write(row, by, given)
        told.did("plans.item_changed", row, organiser=organiser.code, off_plan=off_plan, reason=row.reason)
        if off_plan:
            _tell_head(told, row)
    return row


def approve_plan(*, by: Actor, year: int, document: str, key: str = "") -> AnnualPlan:
    """Approve a year's plan by a document: every item that is proposed gets its filing number. By the office's head.

    Raises `Refused` without items, for a year that has its plan already, and with each item of a department that has
    more than the limit and gives no reason for it.
    """
    require_head(by)
    if not document.strip():
        raise Refused([Problem("plans.document_lacking", {}, Place(field="document"))])
    with acting(by) as told:
        call = once(by, "approve_plan", key, year, document)
        if call.before is not None:
            return AnnualPlan.objects.get(pk=call.before["plan"])
        rows = PlanItem.objects.select_for_update(of=("self",), no_key=True).select_related("organiser")
        items = list(rows.filter(year=year, state=PlanState.PROPOSED).order_by("organiser__order", "opens", "pk"))
        # Asked once the items are held: of two who approve at the same time the second sees what the first did.
        if AnnualPlan.objects.filter(year=year).exists():
            raise Refused([Problem("plans.approved_already", {"year": year})])
        if not items:
            raise Refused([Problem("plans.nothing_proposed", {"year": year})])
        _require_reasons(items)
        plan = AnnualPlan.objects.create(
            year=year, document=document.strip()[:200], approved_by=by.user, approved_at=clock.now()
        )
        for row in items:
            _approve(told, by, row, "")
        told.did("plans.plan_approved", plan, year=year, document=plan.document, items=len(items))
        call.answer(plan=plan.pk)
    return plan


def approve_item(*, by: Actor, item: int, answer: str = "") -> PlanItem:
    """File an item that is off the plan, by its reason. By the head of the office. Raises `Refused`."""
    require_head(by)
    with acting(by) as told:
        row = _locked(item, PlanState.PROPOSED)
        # Numbers are given one after the other: the year's plan is held meanwhile.
        plan = AnnualPlan.objects.select_for_update(no_key=True).filter(year=row.year).first()
        if not row.off_plan or plan is None:
            raise Refused([Problem("plans.approved_with_the_plan", {"year": row.year})])
        _approve(told, by, row, answer)
    return row


def return_item(*, by: Actor, item: int, answer: str) -> PlanItem:
    """Return an item to its organiser, with the reason. By the head of the office. Raises `Refused`."""
    require_head(by)
    with acting(by) as told:
        row = _locked(item, PlanState.PROPOSED)
        _decide(row, by, PlanState.RETURNED, _said(answer))
        told.did("plans.item_returned", row, answer=row.answer)
        people = people_in([row.organiser], *PROPOSES)
        told.tell(people, "plans.notice_returned", link=places.planned(row.pk), title=row.title)
    return row


def cancel_item(*, by: Actor, item: int, answer: str) -> PlanItem:
    """Call an item off, with the reason; units that expected it are told. By its organiser or the office's head."""
    with acting(by) as told:
        row = _locked(item, PlanState.PROPOSED, PlanState.APPROVED)
        _require_organiser(by, row.organiser)
        if Special.objects.filter(item=row).exists():
            raise Refused([Problem("plans.special_is_open", {"title": row.title})])
        was_approved = row.state == PlanState.APPROVED
        _decide(row, by, PlanState.CANCELLED, _said(answer))
        told.did("plans.item_cancelled", row, answer=row.answer)
        if was_approved:
            people = people_in(row.units.all(), *OF_UNIT)
            told.tell(people, "plans.notice_cancelled", link=places.planned(row.pk), title=row.title)
    return row


def _organiser(by: Actor, given: Proposal) -> Unit:
    unit = Unit.objects.on(clock.today()).filter(pk=given.organiser).first()
    if unit is None:
        raise Refused([Problem("units.unit_missing", {}, Place(field="organiser"))])
    _require_organiser(by, unit)
    return unit


def _require_organiser(by: Actor, unit: Unit) -> None:
    if not is_office(by):
        require(by.user, *PROPOSES, unit=unit)


def _off_plan(given: Proposal) -> bool:
    """Say whether an item comes after its year's plan was approved; refuse with everything that it lacks."""
    year = (given.opens or clock.today()).year
    off_plan = AnnualPlan.objects.filter(year=year).exists()
    problems = lacking(given, off_plan, clock.today())
    if problems:
        raise Refused(problems)
    return off_plan


def _write(row: PlanItem, by: Actor, given: Proposal) -> None:
    opens, closes = given.days
    row.kind, row.rhythm, row.state = given.kind.value, given.rhythm.value, PlanState.PROPOSED.value
    row.title, row.basis = given.title.strip()[:200], given.basis.strip()[:400]
    row.year, row.opens, row.closes, row.visits = opens.year, opens, closes, given.visits
    row.reason = given.reason.strip()[:1000]
    row.proposed_by, row.proposed_at = by.user, clock.now()
    row.answer, row.decided_by, row.decided_at = "", None, None
    units = Unit.objects.filter(pk__in=given.units)
    if not units:
        raise Refused([Problem("plans.units_lacking", {}, Place(field="units"))])
    row.save()
    row.units.set(units)


def _locked(number: int, *states: PlanState) -> PlanItem:
    rows = PlanItem.objects.select_for_update(of=("self",), no_key=True).select_related("organiser")
    row = rows.filter(pk=number).first()
    if row is None or row.state not in states:
        raise Refused([Problem("plans.decided_already")])
    return row


def _require_reasons(items: Sequence[PlanItem]) -> None:
    most = numbers_on(clock.today())["items_per_department"]
    beyond = over_limit(planned(items), most)
    silent = [row for row in items if row.organiser_id in beyond and not row.reason]
    if silent:
        params = [(row, len(beyond[row.organiser_id])) for row in silent]
        raise Refused(
            Problem(
                "plans.over_the_limit",
                {"unit": row.organiser.name, "title": row.title, "count": count, "most": most},
            )
            for row, count in params
        )


def _approve(told: Told, by: Actor, row: PlanItem, answer: str) -> None:
    row.number = _next_number(row.year)
    _decide(row, by, PlanState.APPROVED, answer.strip()[:400])
    told.did("plans.item_approved", row, number=row.number, reason=row.reason)
    people = people_in([row.organiser], *PROPOSES)
    told.tell(people, "plans.notice_approved", link=places.planned(row.pk), title=row.title, number=row.number)


def _next_number(year: int) -> str:
    """Give the next filing number of a year, after the custom of document numbers: 考备〔2026〕7号."""
    stem = f"考备〔{year}〕"
    given = PlanItem.objects.filter(number__startswith=stem).values_list("number", flat=True)
    last = max((int(one.removeprefix(stem).removesuffix("号")) for one in given), default=0)
    return f"{stem}{last + 1}号"


def _decide(row: PlanItem, by: Actor, state: PlanState, answer: str) -> None:
    row.state, row.answer, row.decided_by, row.decided_at = state.value, answer, by.user, clock.now()
    row.save()


def _said(answer: str) -> str:
    if not answer.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="answer"))])
    return answer.strip()[:400]


def _tell_head(told: Told, row: PlanItem) -> None:
    people = county_people(Role.OFFICE_HEAD)
    told.tell(people, "plans.notice_off_plan", link=places.planned(row.pk), title=row.title, unit=row.organiser.name)
