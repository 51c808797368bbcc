"""Schemes that are being made: what units may still say of them, and what the office has to answer and put out."""

from collections.abc import Iterator

from baton.assessment.choices import CommentState, DraftState, OwnTargetState
from baton.assessment.models import DraftComment, OwnTarget, SchemeDraft
from baton.assessment.models.sight import UNIT_ROLES
from baton.assessment.queries.inbox.task import Do, ToDo
from baton.assessment.queries.inbox.there import UNDER_WAY
from baton.core import clock
from baton.org.choices import Role
from baton.org.models import Unit
from baton.org.queries import Powers


def to_make(mine: Powers) -> Iterator[ToDo]:
    """Give the schemes on which a person's unit has not commented yet, and to the office what waits for it in each."""
    office, units = bool(mine.county & {Role.OFFICE, Role.OFFICE_HEAD}), mine.units_of(*UNIT_ROLES)
    drafts = list(SchemeDraft.objects.filter(state__in=UNDER_WAY)) if office or units else []
    if units:
        yield from _to_comment([one for one in drafts if one.state == DraftState.COMMENTING], units)
    if office and drafts:
        yield from _waiting(drafts)
    if Role.OFFICE_HEAD in mine.county:
        for one in drafts:
            if one.state == DraftState.APPROVED:
                yield ToDo(Do.SCHEME_PUBLISH, number=one.pk, title=one.name)


def _to_comment(drafts: list[SchemeDraft], units: frozenset[int]) -> Iterator[ToDo]:
    today = clock.today()
    open_ = [one for one in drafts if one.comments_until is not None and one.comments_until >= today]
    if not open_:
        return
    said = DraftComment.objects.filter(draft__in=open_, unit__in=units).exclude(state=CommentState.WITHDRAWN)
    there = set(said.values_list("draft", "unit"))
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "name"))
    for draft in open_:
        for number in sorted(units):
            if (draft.pk, number) not in there:
                unit = names.get(number, "")
                yield ToDo(Do.SCHEME_COMMENT, draft.comments_until, "", unit, number, 1, draft.pk, draft.name)


def _waiting(drafts: list[SchemeDraft]) -> Iterator[ToDo]:
    names = {one.pk: one.name for one in drafts}
    comments = DraftComment.objects.filter(draft__in=drafts, state=CommentState.OPEN)
    targets = OwnTarget.objects.filter(draft__in=drafts, state=OwnTargetState.PROPOSED)
    for do, rows in ((Do.SCHEME_ANSWER, comments), (Do.SCHEME_TARGETS, targets)):
        numbers = list(rows.order_by().values_list("draft", flat=True))
        for number in dict.fromkeys(numbers):
            yield ToDo(do, count=numbers.count(number), number=number, title=names[number])
