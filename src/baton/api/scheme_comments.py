"""What units say of a scheme that is being made, and the targets that they put forward for themselves."""

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal
from baton.api.schemes import key_of, page_of
from baton.assessment.actions.own_targets import propose_target
from baton.assessment.actions.scheme_comments import answer_comment, comment
from baton.assessment.choices import CommentState
from baton.assessment.models import DraftComment, OwnTarget
from baton.core.choices import Scope
from baton.org.models import Unit
from baton.words import Problem, Refused

router = Router(tags=["schemes"])


class CommentIn(Schema):
    """What a unit (code) thinks of a line (`indicators[M01]`; empty: of the whole)."""

    unit: str = Field(max_length=64)
    line: str = Field("", max_length=160)
    text: str = Field(max_length=1000)


class AnswerIn(Schema):
    """How a comment is answered: `adopted`, `partly` or `declined`, and in which words."""

    outcome: CommentState
    answer: str = Field(max_length=1000)


class CommentOut(Schema):
    """A comment and its answer."""

    id: int
    unit: str
    line: str
    text: str
    revision: int
    state: str
    answer: str


class Comments(Schema):
    """A page of comments."""

    items: list[CommentOut]
    next: int | None


class TargetIn(Schema):
    """A target that a unit (code) sets itself: `value` in `measure`, hung on the task `hook`."""

    unit: str = Field(max_length=64)
    name: str = Field(max_length=200)
    value: str = Field(max_length=40)
    measure: str = Field(max_length=40)
    hook: str = Field(max_length=64)
    definition: str = Field("", max_length=1000)


class TargetOut(Schema):
    """A target that was put forward; `indicator` is its code in the scheme once it was taken."""

    id: int
    unit: str
    name: str
    value: str
    measure: str
    hook: str
    state: str
    answer: str
    indicator: str


class Targets(Schema):
    """A page of targets."""

    items: list[TargetOut]
    next: int | None


@router.get("/scheme-drafts/{draft}/comments", response=Comments, auth=Key(Scope.READ), summary="Comments on a draft")
def comments(request: HttpRequest, draft: int, paging: Query[Paging]) -> dict[str, object]:
    """List the comments that the key's user may see."""
    page = page_of(request, draft)
    rows = DraftComment.objects.visible_to(caller(request)).filter(draft=page.row).select_related("unit")
    return paged(rows, paging, _comment)


@router.post(
    "/scheme-drafts/{draft}/comments",
    response={200: CommentOut, 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Comment on a draft for a unit while comments are open",
)
def say(request: HttpRequest, draft: int, given: CommentIn, key: IdempotencyKey = "") -> dict[str, object]:
    """Say what a unit thinks of a line of a draft."""
    page, unit = page_of(request, draft), _unit(given.unit)
    return _comment(comment(by=actor(request), draft=page.row.pk, unit=unit, line=given.line, text=given.text, key=key))


@router.post(
    "/scheme-comments/{comment}/answer",
    response={200: CommentOut, 422: Refusal},
    auth=Key(Scope.CHECK),
    summary="Answer a comment; for the assessment office",
)
def answer(request: HttpRequest, comment: int, given: AnswerIn) -> dict[str, object]:
    """Answer a comment in writing."""
    words = given.model_dump()
    return _comment(answer_comment(by=actor(request), comment=key_of(comment), **words))


@router.get("/scheme-drafts/{draft}/targets", response=Targets, auth=Key(Scope.READ), summary="Own targets put forward")
def targets(request: HttpRequest, draft: int, paging: Query[Paging]) -> dict[str, object]:
    """List the targets that units put forward for a draft, as far as the key's user may see them."""
    page = page_of(request, draft)
    rows = OwnTarget.objects.visible_to(caller(request)).filter(draft=page.row).select_related("unit")
    return paged(rows, paging, _target)


@router.post(
    "/scheme-drafts/{draft}/targets",
    response={200: TargetOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Put an own target forward for a unit, hung on a task",
)
def propose(request: HttpRequest, draft: int, given: TargetIn, key: IdempotencyKey = "") -> dict[str, object]:
    """Put a target forward; one that hangs on no task is not taken."""
    page, unit = page_of(request, draft), _unit(given.unit)
    words = given.model_dump(exclude={"unit"})
    return _target(propose_target(by=actor(request), draft=page.row.pk, unit=unit, key=key, **words))


def _unit(code: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Refused([Problem("assessment.unit_not_in_list", {"code": code, "name": code})])
    return found


def _comment(row: DraftComment) -> dict[str, object]:
    names = ("line", "text", "revision", "state", "answer")
    return {"id": row.pk, "unit": row.unit.code} | {name: getattr(row, name) for name in names}


def _target(row: OwnTarget) -> dict[str, object]:
    names = ("name", "measure", "hook", "state", "answer", "indicator")
    value = format(row.value.normalize(), "f")
    return {"id": row.pk, "unit": row.unit.code, "value": value} | {name: getattr(row, name) for name in names}
