"""A unit's own reports: filled in, split among offices and villages, put from desk to desk, approved in bulk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from baton.assessment.actions.below import places
from baton.assessment.actions.below.approving import approved
from baton.assessment.actions.below.cells import Desk, place_of, refuse
from baton.assessment.actions.below.desks import desk_of, may_take, take, turn_of, waiting_people
from baton.assessment.actions.below.doors import require_open
from baton.assessment.actions.below.once import once
from baton.assessment.choices import StepRole, SubmissionState, Verb
from baton.assessment.models import Submission
from baton.assessment.rules.approval import needs_reason, verbs
from baton.assessment.rules.expected import Cell
from baton.assessment.rules.figures import read_typed
from baton.core.acting import Actor, Told, acting
from baton.core.models import User
from baton.org.models import Unit
from baton.words import Place, Problem, Refused


def report_of(number: int) -> Submission:
    """Give a report, locked against whoever else takes it. Raises `Refused` where there is none."""
    rows = Submission.objects.select_related("month__scheme", "unit", "office", "window__release")
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk=number).first()
    if found is None:
        raise Refused([Problem("assessment.report_unknown")])
    return found


def fill_report(*, by: Actor, report: int, values: Mapping[str, str], key: str = "") -> Submission:
    """Keep what a clerk, or an office its part, fills in: by the names `figure:period`, as typed.

    Raises `Refused` with every value that cannot be read, where it is not this person's turn, or the window is closed.
    """
    with acting(by) as told:
        call = once(by, "fill_report", key, report, dict(values))
        row = report_of(report)
        if call.before is not None:
            return row
        turn = _turn(by, row)
        if row.state != SubmissionState.DRAFT:
            raise Refused([Problem("assessment.report_on_its_way")])
        require_open(row.window)
        refuse(_wrong_values(Desk(row.month, by, {row.series}), row, values))
        row.values = {**row.values, **values}
        row.save(update_fields=["values"])
        told.did("assessment.report_filled", row, turn=turn.value, values=dict(values))
    return row


def _turn(by: Actor, row: Submission) -> StepRole:
    turn = turn_of(row)
    if turn is None:
        raise Refused([Problem("assessment.report_approved")])
    if not may_take(by, row, turn):
        raise Refused([Problem("assessment.not_your_turn", {"unit": (desk_of(row, turn) or row.unit).name})])
    return turn


def _wrong_values(desk: Desk, row: Submission, values: Mapping[str, str]) -> list[Problem]:
    problems = []
    for name, typed in values.items():
        figure, _, period = name.partition(":")
        cell = Cell(row.unit.code, row.series, figure, period)
        unknown = desk.known(cell)
        if unknown is not None:
            problems.append(unknown)
            continue
        field = desk.form.fields[row.series, figure]
        read = read_typed(typed, field, place_of(cell, row.unit.name, field))
        if isinstance(read, Problem):
            problems.append(read)
    return problems


def split_report(*, by: Actor, report: int, offices: Sequence[int]) -> list[Submission]:
    """Give offices and villages of the unit a part each to fill in; what they enter is added up by the clerk.

    Raises `Refused` for a unit that is not below the reporting one.
    """
    with acting(by) as told:
        row = report_of(report)
        _turn(by, row)
        require_open(row.window)
        units = list(Unit.objects.filter(pk__in=offices))
        if len(units) != len(set(offices)) or any(one.parent_id != row.unit_id for one in units):
            raise Refused([Problem("assessment.office_of_others", {}, Place(field="offices"))])
        made = [
            Submission.objects.get_or_create(
                month=row.month,
                unit=row.unit,
                series=row.series,
                office=one,
                defaults={"window": row.window, "whole": row},
            )[0]
            for one in units
        ]
        told.did("assessment.report_split", row, offices=[one.code for one in units])
    return made


def attach_form(*, by: Actor, report: int, digest: str, name: str) -> Submission:
    """Say which file is the scan of the signed and sealed form, where a unit works on paper."""
    with acting(by) as told:
        row = report_of(report)
        _turn(by, row)
        row.scan, row.scan_name = digest, name[:200]
        row.save(update_fields=["scan", "scan_name"])
        told.did("assessment.form_attached", row, file=digest)
    return row


def act_on_report(
    *, by: Actor, report: int, verb: Verb, reason: str = "", to: int | None = None, key: str = ""
) -> Submission:
    """Do what a desk can do with a report: 提交 同意 退回 转交 加签, and beside it 抄送 催办 撤回.

    With the last approval its figures are entered. Raises `Refused`.
    """
    with acting(by) as told:
        call = once(by, "act_on_report", key, report, verb, reason, to)
        row = report_of(report)
        if call.before is None:
            step(told, by, row, verb, reason, to)
    return row


def step(told: Told, by: Actor, row: Submission, verb: Verb, reason: str = "", to: int | None = None) -> None:
    """Take one step with a report; inside an action."""
    turn = _recalled(by, row) if verb is Verb.RECALL else _beside(by, row) if verb in _BESIDE else _turn(by, row)
    problems = []
    if verb not in (*_BESIDE, Verb.RECALL) and verb not in verbs(SubmissionState(row.state), row.countersigns):
        problems.append(Problem("assessment.verb_out_of_place", {}, Place(field="verb")))
    if needs_reason(verb) and not reason.strip():
        problems.append(Problem("assessment.reason_lacking", {}, Place(field="reason")))
    if verb in _TO and (to is None or not User.objects.filter(pk=to, is_active=True).exists()):
        problems.append(Problem("assessment.person_lacking", {}, Place(field="to")))
    refuse(problems)
    if verb in (Verb.SUBMIT, Verb.RECALL) and turn in (StepRole.CLERK, StepRole.PART):
        require_open(row.window)
    if verb is Verb.SUBMIT and not row.values:
        raise Refused([Problem("assessment.report_empty")])
    take(row, by, turn, verb, reason, to if verb in _TO else None)
    given = {"unit": row.unit.name, "period": row.month.period}
    told.tell(waiting_people(row, verb, to), _NOTICES[verb], link=places.report(row.pk), due=None, **given)
    told.did("assessment.report_step", row, verb=verb.value, turn=turn.value, reason=reason, to=to)
    if row.state == SubmissionState.APPROVED and row.whole_id is None:
        approved(told, by, row)


_NOTICES = {
    Verb.SUBMIT: "assessment.notice_report",
    Verb.APPROVE: "assessment.notice_report",
    Verb.TRANSFER: "assessment.notice_report",
    Verb.COUNTERSIGN: "assessment.notice_report",
    Verb.REMIND: "assessment.notice_report_waits",
    Verb.RETURN: "assessment.notice_report_returned",
    Verb.RECALL: "assessment.notice_report_returned",
    Verb.COPY: "assessment.notice_report_copied",
}
_BESIDE = (Verb.COPY, Verb.REMIND)
_TO = (Verb.TRANSFER, Verb.COUNTERSIGN, Verb.COPY)


def _beside(by: Actor, row: Submission) -> StepRole:
    """Let whoever sees a report copy it to others and remind whose turn it is."""
    turn = turn_of(row)
    if turn is None:
        raise Refused([Problem("assessment.report_approved")])
    if by.user is not None and not Submission.objects.visible_to(by.user).filter(pk=row.pk).exists():
        raise Refused([Problem("assessment.report_unknown")])
    return turn


def _recalled(by: Actor, row: Submission) -> StepRole:
    """Let whoever put a report on take it back, as long as the next desk has not touched it."""
    last = row.steps.exclude(verb__in=_BESIDE).last()
    if turn_of(row) is None or last is None or last.verb not in (Verb.SUBMIT, Verb.APPROVE):
        raise Refused([Problem("assessment.nothing_to_recall")])
    if by.user is not None and last.by_id != by.user.pk:
        raise Refused([Problem("assessment.recalled_by_others")])
    return StepRole(last.role)


@dataclass(frozen=True, slots=True)
class Approved:
    """What a bulk approval did: the reports that were approved, and those that were not, with the reasons."""

    done: tuple[int, ...]
    left: tuple[tuple[int, Problem], ...]


def approve_reports(*, by: Actor, reports: Sequence[int], without: Sequence[int] = (), key: str = "") -> Approved:
    """Approve many reports at once, but some; one that cannot be approved is told, and does not stop the others."""
    with acting(by) as told:
        call = once(by, "approve_reports", key, list(reports), list(without))
        if call.before is not None:
            return Approved(tuple(call.before["done"]), ())
        done, left = [], []
        for number in dict.fromkeys(one for one in reports if one not in set(without)):
            said = len(told.entries), len(told.notices)
            try:
                with transaction.atomic():
                    step(told, by, report_of(number), Verb.APPROVE)
                done.append(number)
            except Refused as refused:
                del told.entries[said[0] :], told.notices[said[1] :]
                left += [(number, problem) for problem in refused.problems]
        call.answer(done=done)
    return Approved(tuple(done), tuple(left))
