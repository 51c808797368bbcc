"""A scheme that is being made, locked and taken one revision further; nobody's change is silently overwritten."""

from baton.assessment.choices import DraftChange
from baton.assessment.models import DraftRevision, SchemeDraft
from baton.assessment.rules.scheme_lines import line_changes
from baton.core import clock
from baton.core.acting import Actor, Told
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_yaml
from baton.words import Problem, Refused, Word

_NAMED = 5


def draft_of(number: int) -> SchemeDraft:
    """Give a scheme that is being made, locked. Raises `Refused` where there is none."""
    row = SchemeDraft.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None:
        raise Refused([Problem("workshop.draft_unknown")])
    return row


def require_editable(row: SchemeDraft) -> None:
    """Refuse where the text no longer changes."""
    if not row.editable:
        raise Refused([Problem("workshop.not_editable", {"state": Word(f"workshop.state_{row.state}")})])


def newest(row: SchemeDraft) -> DraftRevision:
    """Give the revision that stands."""
    return DraftRevision.objects.select_related("by").get(draft=row, number=row.revision)


def require_seen(row: SchemeDraft, seen: int) -> DraftRevision:
    """Give the revision that stands; raises `Refused` with what changed where it is not the one that was seen."""
    now = newest(row)
    if seen == row.revision:
        return now
    before = DraftRevision.objects.filter(draft=row, number=seen).first()
    raise Refused([changed_meanwhile(before, now)])


def changed_meanwhile(before: DraftRevision | None, now: DraftRevision) -> Problem:
    """Say who changed what since a revision."""
    changes = () if before is None else line_changes(before.scheme, now.scheme)
    named = [f"{one.code} {one.name}".strip() or one.section for one in changes]
    params = {
        "by": now.by.name if now.by else "—",
        "revision": now.number,
        "lines": "、".join(named[:_NAMED]) + ("…" if len(named) > _NAMED else "") or "—",
    }
    return Problem("workshop.changed_meanwhile", params)


def add_revision(
    told: Told,
    by: Actor,
    row: SchemeDraft,
    scheme: Scheme,
    change: DraftChange,
    *,
    line: str = "",
    note: str = "",
    file_name: str = "",
) -> DraftRevision:
    """Save a text as the next revision. Raises `Refused` where it says what stands already."""
    made, before = digest(scheme), newest(row)
    if made == before.digest:
        raise Refused([Problem("workshop.nothing_changed")])
    row.revision, row.name, row.code, row.year = (
        *(row.revision + 1, scheme.name, scheme.code),
        scheme.effective_from.year,
    )
    row.save(update_fields=["revision", "name", "code", "year"])
    revision = write_revision(by, row, scheme, change, line=line, note=note, file_name=file_name)
    changes = line_changes(before.scheme, scheme)
    told.did(
        "workshop.revision_saved",
        row,
        revision=row.revision,
        change=change.value,
        digest=made,
        lines=[one.path for one in changes[:50]],
        count=len(changes),
        note=revision.note,
    )
    return revision


def write_revision(
    by: Actor,
    row: SchemeDraft,
    scheme: Scheme,
    change: DraftChange,
    *,
    line: str = "",
    note: str = "",
    file_name: str = "",
) -> DraftRevision:
    """Write a revision down under the number that its draft has."""
    return DraftRevision.objects.create(
        draft=row,
        number=row.revision,
        text=to_yaml(scheme),
        digest=digest(scheme),
        change=change.value,
        line=line[:160],
        note=note.strip()[:400],
        file_name=file_name[:200],
        by=by.user,
        at=clock.now(),
    )
