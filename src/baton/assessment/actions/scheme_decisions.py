"""Deciding on a scheme: approved by minutes or document, taken back to be changed, published as a version."""

from baton.assessment.actions.below import places
from baton.assessment.actions.below.adopting import adopt, problems_of_adopting, units_by_code
from baton.assessment.actions.below.doors import require_head
from baton.assessment.actions.below.drafting import draft_of, newest, require_editable, require_seen
from baton.assessment.actions.below.people import OF_UNIT, people_in
from baton.assessment.actions.scheme_comments import units_named
from baton.assessment.choices import CommentState, DraftState
from baton.assessment.models import SchemeDraft, SchemeVersion
from baton.assessment.rules.amending import amendment_problems
from baton.core import clock
from baton.core.acting import Actor, acting
from baton.engine.lint import lint
from baton.engine.scheme.model import Scheme
from baton.org.choices import Role
from baton.words import Place, Problem, Refused, Severity


def approve_scheme(*, by: Actor, draft: int, seen: int, document: str, waived: str = "") -> SchemeDraft:
    """Approve a scheme as it stands, by the minutes or document that decided it; by the head of the office.

    `seen`: the revision that was looked at. `waived`: why units were not asked, where they were not. Raises `Refused`
    with everything that stands against it: findings that forbid publishing, comments that wait or are still coming in.
    """
    require_head(by)
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        scheme = require_seen(row, seen).scheme
        problems = [*_words_lacking(row, document, waived), *_comments_open(row), *against(row, scheme)]
        if problems:
            raise Refused(problems)
        row.state, row.document, row.waived = DraftState.APPROVED.value, document.strip()[:200], waived.strip()[:400]
        row.approved_by, row.approved_at = by.user, clock.now()
        row.save(update_fields=["state", "document", "waived", "approved_by", "approved_at"])
        told.did("workshop.draft_approved", row, revision=row.revision, document=row.document, waived=row.waived)
    return row


def against(row: SchemeDraft, scheme: Scheme) -> list[Problem]:
    """Say what of its text keeps a scheme from being published: errors of lint, units unknown here, a day too early."""
    found = [one for one in lint(scheme) if one.severity is Severity.ERROR]
    found += [one for one in problems_of_adopting(scheme, units_by_code()) if one not in found]
    alike = SchemeVersion.objects.filter(code=scheme.code)
    if row.amends is not None:
        found += amendment_problems(row.amends.scheme, scheme.effective_from)
        if row.amends.code != scheme.code:
            found.append(Problem("workshop.amended_code", {"code": scheme.code, "wanted": row.amends.code}))
        there = alike.filter(effective_from=scheme.effective_from).first()
    else:
        there = alike.on(scheme.effective_from).first()
    if there is not None:
        found.append(
            Problem("workshop.in_force_already", {"day": scheme.effective_from.isoformat(), "name": str(there)})
        )
    return found


def _words_lacking(row: SchemeDraft, document: str, waived: str) -> list[Problem]:
    found = []
    if not document.strip():
        found.append(Problem("workshop.document_lacking", {}, Place(field="document")))
    if row.comments_until is None and not waived.strip():
        found.append(Problem("workshop.never_asked", {}, Place(field="waived")))
    return found


def _comments_open(row: SchemeDraft) -> list[Problem]:
    found = []
    if row.comments_until is not None and row.comments_until >= clock.today():
        found.append(Problem("workshop.comments_still_open", {"until": row.comments_until.isoformat()}))
    waiting = row.comments.filter(state=CommentState.OPEN).count()
    if waiting:
        found.append(Problem("workshop.comments_unanswered", {"count": waiting}))
    return found


def take_back_approval(*, by: Actor, draft: int, reason: str) -> SchemeDraft:
    """Take an approved scheme back to be changed, with the reason; by the head of the office."""
    require_head(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    with acting(by) as told:
        row = draft_of(draft)
        if row.state != DraftState.APPROVED:
            raise Refused([Problem("workshop.not_approved")])
        row.state = DraftState.DRAFTING.value
        told.did("workshop.approval_taken_back", row, document=row.document, reason=reason.strip()[:400])
        row.document, row.approved_by, row.approved_at = "", None, None
        row.save(update_fields=["state", "document", "approved_by", "approved_at"])
    return row


def publish_scheme(*, by: Actor, draft: int) -> SchemeDraft:
    """Publish an approved scheme: from its first day on it is the one in force. By the head of the office.

    Raises `Refused` where it was published meanwhile, and by whom; and where it can no longer be adopted.
    """
    require_head(by)
    with acting(by) as told:
        row = draft_of(draft)
        if row.state == DraftState.PUBLISHED:
            at = "" if row.published_at is None else clock.day_of(row.published_at).isoformat()
            name = row.published_by.name if row.published_by else "—"
            raise Refused([Problem("workshop.published_already", {"by": name, "at": at})])
        if row.state != DraftState.APPROVED:
            raise Refused([Problem("workshop.not_approved")])
        revision = newest(row)
        problems = against(row, revision.scheme)
        if problems:
            raise Refused(problems)
        row.published = adopt(told, by, revision.scheme, revision.text, row.document, units_by_code())
        row.state, row.published_by, row.published_at = DraftState.PUBLISHED.value, by.user, clock.now()
        row.save(update_fields=["state", "published", "published_by", "published_at"])
        told.tell(
            people_in(units_named(revision.scheme), *OF_UNIT, Role.VERIFIER),
            "workshop.notice_published",
            link=places.draft(row.pk),
            name=row.name,
            since=revision.scheme.effective_from.isoformat(),
        )
        told.did("workshop.draft_published", row, version=row.published.pk, digest=revision.digest)
    return row
