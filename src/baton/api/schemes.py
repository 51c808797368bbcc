"""Schemes: adopted ones with what they cover, and those being made. Approving and publishing are a person's."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from baton.api.figures import IdempotencyKey
from baton.api.key import Key, actor, caller
from baton.api.paging import Paging, paged
from baton.api.problems import Refusal, Told, told
from baton.assessment.actions.scheme_drafts import add_line, begin_from_file, change_line, save_file
from baton.assessment.models import SchemeDraft, SchemeVersion
from baton.assessment.queries.workshop.drafts import DraftPage, draft_page
from baton.assessment.rules.coverage import coverage
from baton.assessment.rules.scheme_files import read_scheme_file
from baton.core.choices import Scope
from baton.engine.scheme.model import Scheme
from baton.words import Refused

router = Router(tags=["schemes"])
NOT_FOUND = 404
_LARGEST = 4_000_000


class SchemeOut(Schema):
    """An adopted version of a scheme; `digest` is that of its canonical form."""

    id: int
    code: str
    name: str
    version: str
    year: int
    effective_from: date
    effective_to: date | None
    document: str
    digest: str


class Schemes(Schema):
    """A page of versions."""

    items: list[SchemeOut]
    next: int | None


class TaskOut(Schema):
    """A task, on which of the three lists it stands, and the codes of the indicators that carry it."""

    code: str
    name: str
    kind: str
    document: str
    indicators: list[str]


class SchemeText(SchemeOut):
    """A version with its text as YAML, what carries each task, and what hangs on nothing."""

    text: str
    tasks: list[TaskOut]
    unhooked: list[str]


class DraftOut(Schema):
    """A scheme that is being made: how far it is, its newest revision, and the version that it became (null: none)."""

    id: int
    code: str
    name: str
    year: int
    state: str
    revision: int
    amends: int | None
    reason: str
    comments_until: date | None
    document: str
    published: int | None


class Drafts(Schema):
    """A page of drafts."""

    items: list[DraftOut]
    next: int | None


class DraftText(DraftOut):
    """A draft with its text as YAML, its digest, and everything that is wrong or doubtful in it, by field."""

    text: str
    digest: str
    found: list[Told]


class TextIn(Schema):
    """A whole scheme as YAML; what is sent first begins a draft."""

    text: str = Field(max_length=_LARGEST)


class RevisionIn(TextIn):
    """The next revision of a draft; `seen` is the number of the one it was made of, `note` what changed and why."""

    seen: int = Field(ge=0)
    note: str = Field("", max_length=400)


class IndicatorIn(Schema):
    """An indicator to be added, or with `seen` (the revision it was made of) one of the draft to be changed.

    `fields` as a scheme file says them; of one that is changed only those that change, null for the default.
    """

    code: str = Field(min_length=1, max_length=64)
    fields: dict[str, Any]
    seen: int | None = Field(None, ge=0)
    note: str = Field("", max_length=400)


@router.get("/schemes", response=Schemes, auth=Key(Scope.READ), summary="Adopted schemes")
def schemes(request: HttpRequest, paging: Query[Paging], year: Annotated[int, Field(ge=0, le=9999)] = 0) -> object:
    """List the adopted versions, narrowed to a year."""
    rows = SchemeVersion.objects.visible_to(caller(request))
    return paged(rows.filter(year=year) if year else rows, paging, _version)


@router.get(
    "/schemes/{scheme}", response=SchemeText, auth=Key(Scope.READ), summary="An adopted scheme and its coverage"
)
def scheme(request: HttpRequest, scheme: int) -> dict[str, object]:
    """Give a version with its text and who carries which task; 404 where there is none."""
    row = SchemeVersion.objects.visible_to(caller(request)).filter(pk=key_of(scheme)).first()
    if row is None:
        raise HttpError(NOT_FOUND, "no such scheme")
    return _version(row) | {"text": row.text} | _covered(row.scheme)


@router.get("/scheme-drafts", response=Drafts, auth=Key(Scope.READ), summary="Schemes that are being made")
def drafts(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """List the drafts that the key's user may see."""
    return paged(SchemeDraft.objects.visible_to(caller(request)), paging, _draft)


@router.get(
    "/scheme-drafts/{draft}", response=DraftText, auth=Key(Scope.READ), summary="A draft and what is found in it"
)
def draft(request: HttpRequest, draft: int) -> dict[str, object]:
    """Give the newest revision of a draft; 404 where there is none that the key's user may see."""
    page = page_of(request, draft)
    problems = [problem for several in page.found.values() for problem in several]
    text = {"text": page.revision.text, "digest": page.revision.digest}
    return _draft(page.row) | text | {"found": told(request, problems)["problems"]}


@router.post(
    "/scheme-drafts",
    response={200: DraftOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Begin a scheme with a text; for the assessment office",
)
def begin(request: HttpRequest, given: TextIn, key: IdempotencyKey = "") -> dict[str, object]:
    """Begin a draft; what lint holds against it is told with the draft, and keeps it from being published."""
    return _draft(begin_from_file(by=actor(request), scheme=_read(given.text), key=key))


@router.post(
    "/scheme-drafts/{draft}/revisions",
    response={200: DraftOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Save the next revision of a draft, handing back the number that was seen",
)
def revise(request: HttpRequest, draft: int, given: RevisionIn) -> dict[str, object]:
    """Save a text; where somebody else saved meanwhile nothing is written, and what changed is told."""
    page_of(request, draft)
    save_file(by=actor(request), draft=draft, seen=given.seen, scheme=_read(given.text), note=given.note)
    return _draft(SchemeDraft.objects.get(pk=draft))


@router.post(
    "/scheme-drafts/{draft}/indicators",
    response={200: DraftOut, 422: Refusal},
    auth=Key(Scope.REPORT),
    summary="Add an indicator to a draft, or change fields of one",
)
def put_indicator(request: HttpRequest, draft: int, given: IndicatorIn) -> dict[str, object]:
    """Save one line as the next revision; everything that does not hold is told by its field."""
    page_of(request, draft)
    by, fields = actor(request), {name: value for name, value in given.fields.items() if name != "code"}
    if given.seen is None:
        line = {"code": given.code} | {name: value for name, value in fields.items() if value is not None}
        add_line(by=by, draft=draft, section="indicators", line=line, note=given.note)
    else:
        change_line(
            by=by,
            draft=draft,
            seen=key_of(given.seen),
            section="indicators",
            code=given.code,
            changes=fields,
            note=given.note,
        )
    return _draft(SchemeDraft.objects.get(pk=draft))


_MOST = 2**63 - 1


def key_of(number: int) -> int:
    """Give a number as the database knows numbers; one that it cannot hold names nothing."""
    return number if 0 <= number <= _MOST else 0


def page_of(request: HttpRequest, number: int) -> DraftPage:
    """Give a draft; 404 where there is none that the key's user may see."""
    found = draft_page(caller(request), key_of(number))
    if found is None:
        raise HttpError(NOT_FOUND, "no such draft")
    return found


def _read(text: str) -> Scheme:
    found = read_scheme_file("scheme.yaml", text.encode())
    if found.scheme is None:
        raise Refused(found.problems)
    return found.scheme


def _version(row: SchemeVersion) -> dict[str, object]:
    names = ("code", "name", "version", "year", "effective_from", "effective_to", "document", "digest")
    return {"id": row.pk} | {name: getattr(row, name) for name in names}


def _covered(scheme: Scheme) -> dict[str, object]:
    found = coverage(scheme)
    tasks = [
        {
            "code": one.task.code,
            "name": one.task.name,
            "kind": one.task.kind,
            "document": one.task.document,
            "indicators": [indicator.code for indicator in one.indicators],
        }
        for rows in found.lists.values()
        for one in rows
    ]
    return {"tasks": tasks, "unhooked": [one.code for one in found.unhooked]}


def _draft(row: SchemeDraft) -> dict[str, object]:
    names = ("code", "name", "year", "state", "revision", "reason", "comments_until", "document")
    linked = {"amends": row.amends_id, "published": row.published_id}
    return {"id": row.pk} | {name: getattr(row, name) for name in names} | linked
