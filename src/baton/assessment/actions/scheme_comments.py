"""Asking units what they think of a scheme: a window, comments by the line, each answered in writing."""

from datetime import date

from baton.assessment.actions.below import places
from baton.assessment.actions.below.doors import require_in, require_office
from baton.assessment.actions.below.drafting import draft_of, newest, require_editable
from baton.assessment.actions.below.once import once
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.choices import CommentState, DraftState
from baton.assessment.models import DraftComment, SchemeDraft
from baton.assessment.models.sight import UNIT_ROLES
from baton.assessment.rules.scheme_lines import names_of_lines
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.engine.scheme.model import Scheme
from baton.org.choices import Role
from baton.org.models import Unit
from baton.words import Place, Problem, Refused
from baton.words import text as words_of

ANSWERS = (CommentState.ADOPTED, CommentState.PARTLY, CommentState.DECLINED)
_LONGEST = 1000


def ask_for_comments(*, by: Actor, draft: int, until: date) -> None:
    """Put a scheme before all units that it names, up to a day; the same again moves the day.

    Raises `Refused` for a day that is past.
    """
    require_office(by)
    if until < clock.today():
        raise Refused([Problem("assessment.day_is_past", {}, Place(field="until"))])
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        row.state, row.comments_until = DraftState.COMMENTING.value, until
        row.save(update_fields=["state", "comments_until"])
        people = people_in(units_named(newest(row).scheme), *OF_UNIT, Role.VERIFIER)
        told.tell(
            people,
            "workshop.notice_asked",
            link=places.draft_comments(row.pk),
            name=row.name,
            until=until.isoformat(),
        )
        told.did("workshop.comments_asked", row, until=until.isoformat(), revision=row.revision)


def units_named(scheme: Scheme) -> list[Unit]:
    """Give the units that a scheme assesses, and those that lead or check an indicator of it."""
    codes = {unit.code for unit in scheme.units if unit.group is not None}
    codes |= {code for one in scheme.indicators for code in (one.lead, one.reviewer) if code}
    return list(Unit.objects.filter(code__in=codes))


def comment(*, by: Actor, draft: int, unit: Unit, line: str, text: str, key: str = "") -> DraftComment:
    """Say for a unit what it thinks of a line of a scheme (`indicators[M01]`; empty: of the whole).

    Raises `Refused` once the window is over, for a line that the scheme does not have, and where nothing is said.
    """
    require_in(by, unit, *UNIT_ROLES)
    with acting(by) as told:
        call = once(by, "comment_on_scheme", key, draft, unit.pk, line, text)
        if call.before is not None:
            return DraftComment.objects.get(pk=call.before["comment"])
        row = draft_of(draft)
        names = names_of_lines(newest(row).scheme)
        problems = []
        if not _is_open(row):
            problems.append(Problem("workshop.comments_closed"))
        if line and line not in names:
            problems.append(Problem("workshop.line_unknown", {"code": line}, Place(field="line")))
        if not text.strip():
            problems.append(Problem("workshop.comment_lacking", {}, Place(field="text")))
        elif len(text.strip()) > _LONGEST:
            problems.append(Problem("workshop.text_too_long", {"most": _LONGEST}, Place(field="text")))
        if problems:
            raise Refused(problems)
        made = DraftComment.objects.create(
            draft=row,
            revision=row.revision,
            line=line,
            title=names.get(line, "")[:200],
            unit=unit,
            text=text.strip(),
            by=by.user,
            at=clock.now(),
        )
        told.did("workshop.comment_made", row, comment=made.pk, unit=unit.code, line=line)
        call.answer(comment=made.pk)
    return made


def nothing_to_say(*, by: Actor, draft: int, unit: Unit) -> DraftComment:
    """Say for a unit that it has no comment; nobody has to answer that. Said twice it is one.

    Raises `Refused` once the window is over, and where the unit has commented already.
    """
    require_in(by, unit, *UNIT_ROLES)
    with acting(by) as told:
        row = draft_of(draft)
        if not _is_open(row):
            raise Refused([Problem("workshop.comments_closed")])
        said = row.comments.filter(unit=unit).exclude(state=CommentState.WITHDRAWN).first()
        if said is not None and said.state != CommentState.NOTHING:
            raise Refused([Problem("workshop.said_already", {"unit": unit.name})])
        if said is not None:
            return said
        made = DraftComment.objects.create(
            draft=row,
            revision=row.revision,
            unit=unit,
            text=words_of("workshop.comment_nothing"),
            state=CommentState.NOTHING.value,
            by=by.user,
            at=clock.now(),
        )
        told.did("workshop.comment_made", row, comment=made.pk, unit=unit.code, line="")
    return made


def _is_open(row: SchemeDraft) -> bool:
    until = row.comments_until
    return row.state == DraftState.COMMENTING and until is not None and until >= clock.today()


def withdraw_comment(*, by: Actor, comment: int) -> DraftComment:
    """Take back a comment that nobody has answered; by its unit. Raises `Refused`."""
    with acting(by) as told:
        row = _waiting(comment)
        require_in(by, row.unit, *UNIT_ROLES)
        row.state = CommentState.WITHDRAWN.value
        row.save(update_fields=["state"])
        told.did("workshop.comment_withdrawn_by", row.draft, comment=row.pk, unit=row.unit.code)
    return row


def answer_comment(*, by: Actor, comment: int, outcome: CommentState, answer: str) -> DraftComment:
    """Answer a comment in writing: followed, in part, or not, and why. Raises `Refused` without words or outcome."""
    require_office(by)
    problems = []
    if outcome not in ANSWERS:
        problems.append(Problem("workshop.outcome_lacking", {}, Place(field=f"outcome-{comment}")))
    if not answer.strip():
        problems.append(Problem("workshop.answer_lacking", {}, Place(field=f"answer-{comment}")))
    elif len(answer.strip()) > _LONGEST:
        problems.append(Problem("workshop.text_too_long", {"most": _LONGEST}, Place(field=f"answer-{comment}")))
    if problems:
        raise Refused(problems)
    with acting(by) as told:
        row = _waiting(comment)
        row.state, row.answer = outcome.value, answer.strip()
        row.answered_by, row.answered_at = by.user, clock.now()
        row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        link = places.draft_comments(row.draft_id)
        told.tell(people_in([row.unit], *OF_UNIT), "workshop.notice_answered", link=link, name=row.draft.name)
        told.did("workshop.comment_answered", row.draft, comment=row.pk, outcome=row.state, unit=row.unit.code)
    return row


def _waiting(number: int) -> DraftComment:
    rows = DraftComment.objects.select_related("draft", "unit").select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=number).first()
    if row is None or row.state != CommentState.OPEN:
        raise Refused([Problem("workshop.comment_closed")])
    return row
