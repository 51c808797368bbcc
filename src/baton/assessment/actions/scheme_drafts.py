"""Making a scheme: begun from a file or another scheme, changed by workbook or line by line, each save a revision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from baton.assessment.actions.below.doors import require_office
from baton.assessment.actions.below.drafting import (
    add_revision,
    changed_meanwhile,
    draft_of,
    newest,
    require_editable,
    require_seen,
    write_revision,
)
from baton.assessment.actions.below.once import once
from baton.assessment.choices import DraftChange, DraftState
from baton.assessment.models import DraftRevision, LibraryLine, SchemeDraft, SchemeVersion
from baton.assessment.rules.amending import amendment_problems
from baton.assessment.rules.scheme_edits import (
    amended,
    data_of,
    for_year,
    unfit,
    with_line,
    with_new_line,
    without_line,
)
from baton.core import clock
from baton.core.acting import Actor, Told, acting
from baton.engine.scheme.digest import digest
from baton.engine.scheme.model import Scheme
from baton.words import Place, Problem, Refused

_FIRST, _LAST = 2000, 2100


def begin_from_file(*, by: Actor, scheme: Scheme, file_name: str = "", key: str = "") -> SchemeDraft:
    """Begin a scheme with what a file says (`rules.scheme_files`); what lint holds against it is mended later."""
    require_office(by)
    with acting(by) as told:
        call = once(by, "begin_scheme", key, digest(scheme), file_name)
        if call.before is not None:
            return SchemeDraft.objects.get(pk=call.before["draft"])
        row = _begin(told, by, scheme, note="", file_name=file_name)
        call.answer(draft=row.pk)
    return row


def begin_for_year(*, by: Actor, version: int, year: int, key: str = "") -> SchemeDraft:
    """Begin the scheme of a year with the text of an adopted one. Raises `Refused` for a year that is none."""
    require_office(by)
    if not _FIRST <= year <= _LAST:
        raise Refused([Problem("workshop.no_year", {"given": year}, Place(field="year"))])
    found = _version(version)
    scheme = for_year(found.scheme, year)
    with acting(by) as told:
        call = once(by, "begin_scheme_for_year", key, version, year)
        if call.before is not None:
            return SchemeDraft.objects.get(pk=call.before["draft"])
        row = _begin(told, by, scheme, note=str(found))
        call.answer(draft=row.pk)
    return row


def begin_amendment(*, by: Actor, version: int, effective_from: date, reason: str, key: str = "") -> SchemeDraft:
    """Begin to amend a scheme from a day on, with the reason. Its text is the scheme's until somebody changes it.

    Raises `Refused` for a day outside the scheme's own, and while another amendment of the same version is under way.
    """
    require_office(by)
    found = _version(version)
    problems = amendment_problems(found.scheme, effective_from)
    if not reason.strip():
        problems.append(Problem("assessment.reason_lacking", {}, Place(field="reason")))
    if problems:
        raise Refused(problems)
    scheme = amended(found.scheme, effective_from)
    with acting(by) as told:
        call = once(by, "begin_amendment", key, version, effective_from, reason)
        if call.before is not None:
            return SchemeDraft.objects.get(pk=call.before["draft"])
        locked = SchemeVersion.objects.select_for_update(no_key=True).get(pk=found.pk)
        under_way = locked.amendments.exclude(state__in=(DraftState.PUBLISHED, DraftState.ABANDONED)).first()
        if under_way is not None:
            raise Refused([Problem("workshop.amended_already", {"name": under_way.name})])
        row = _begin(told, by, scheme, note=str(found), amends=found, reason=reason.strip()[:400])
        call.answer(draft=row.pk)
    return row


def _version(number: int) -> SchemeVersion:
    found = SchemeVersion.objects.filter(pk=number).first()
    if found is None:
        raise Refused([Problem("workshop.version_unknown", {}, Place(field="version"))])
    return found


def _begin(
    told: Told,
    by: Actor,
    scheme: Scheme,
    *,
    note: str,
    file_name: str = "",
    amends: SchemeVersion | None = None,
    reason: str = "",
) -> SchemeDraft:
    row = SchemeDraft.objects.create(
        code=scheme.code,
        name=scheme.name,
        year=scheme.effective_from.year,
        amends=amends,
        reason=reason,
        created_by=by.user,
        created_at=clock.now(),
    )
    made = write_revision(by, row, scheme, DraftChange.BEGUN, note=note, file_name=file_name)
    told.did("workshop.draft_begun", row, digest=made.digest, reason=reason, file=file_name)
    return row


def save_file(
    *, by: Actor, draft: int, seen: int, scheme: Scheme, file_name: str = "", note: str = ""
) -> DraftRevision:
    """Take a whole text that came back as a file for the next revision.

    `seen`: the revision with which the file was compared. Raises `Refused` with what changed where it stands no more.
    """
    require_office(by)
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        require_seen(row, seen)
        return add_revision(told, by, row, scheme, DraftChange.FILE, note=note, file_name=file_name)


def change_line(
    *, by: Actor, draft: int, seen: int, section: str, code: str, changes: Mapping[str, Any], note: str = ""
) -> DraftRevision:
    """Change fields of one line. What others changed in other lines meanwhile stays, and so does theirs in this one.

    Raises `Refused` where this very line was changed since the revision that was seen, with what does not hold, and
    with what would keep an indicator from being computed that could be before.
    """
    require_office(by)
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        now = newest(row)
        before = DraftRevision.objects.filter(draft=row, number=seen).first()
        if before is None or _line(before.scheme, section, code) != _line(now.scheme, section, code):
            raise Refused([changed_meanwhile(before, now)])
        scheme = with_line(now.scheme, section, code, changes)
        _require_fit(now.scheme, scheme, f"{section}[{code}]")
        return add_revision(told, by, row, scheme, DraftChange.LINE, line=f"{section}[{code}]", note=note)


def _require_fit(before: Scheme, after: Scheme, line: str) -> None:
    problems = unfit(before, after, line)
    if problems:
        raise Refused(problems)


def _line(scheme: Scheme, section: str, code: str) -> object:
    return next((one for one in data_of(scheme).get(section, ()) if one["code"] == code), None)


def add_line(*, by: Actor, draft: int, section: str, line: Mapping[str, Any], note: str = "") -> DraftRevision:
    """Add a task at the end of its list, an indicator behind the last one under its parent.

    Raises `Refused` for a taken code, and with what does not hold or would keep an indicator from being computed.
    """
    require_office(by)
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        before = newest(row).scheme
        scheme, path = with_new_line(before, section, line), f"{section}[{line['code']}]"
        _require_fit(before, scheme, path)
        return add_revision(told, by, row, scheme, DraftChange.LINE, line=path, note=note)


def remove_line(*, by: Actor, draft: int, section: Any, code: str) -> DraftRevision:
    """Take a task or an indicator out. Raises `Refused` for a task on which something still hangs."""
    require_office(by)
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        scheme = without_line(newest(row).scheme, section, code)
        return add_revision(told, by, row, scheme, DraftChange.LINE, line=f"{section}[{code}]")


def reuse_line(*, by: Actor, draft: int, line: int, parent: str, hook: str) -> DraftRevision:
    """Take an indicator of an adopted scheme into a draft, under a node and hung on a task of the draft.

    Raises `Refused` where its code is taken already, and with what does not hold in the draft.
    """
    require_office(by)
    found = LibraryLine.objects.select_related("version").filter(pk=line).first()
    pattern = found and next((one for one in found.version.scheme.indicators if one.code == found.code), None)
    if found is None or pattern is None:
        raise Refused([Problem("workshop.line_unknown", {"code": str(line)})])
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        scheme = newest(row).scheme
        problems = []
        if parent not in {node.code for node in scheme.nodes}:
            problems.append(Problem("workshop.parent_unknown", {}, Place(field="parent")))
        if hook not in {task.code for task in scheme.tasks}:
            problems.append(Problem("workshop.hook_lacking", {}, Place(field="hook")))
        if problems:
            raise Refused(problems)
        groups = {group.code for group in scheme.groups} | {"*"}
        said = _written_line(found.version.scheme, pattern.code) | {"parent": parent, "hooks": [hook]}
        said["points"] = {group: points for group, points in said.get("points", {}).items() if group in groups}
        made = with_new_line(scheme, "indicators", said)
        note = f"{found.year} {found.name}"
        path = f"indicators[{found.code}]"
        return add_revision(told, by, row, made, DraftChange.LIBRARY, line=path, note=note)


def _written_line(scheme: Scheme, code: str) -> dict[str, Any]:
    return next(dict(one) for one in data_of(scheme)["indicators"] if one["code"] == code)


def restore_revision(*, by: Actor, draft: int, seen: int, number: int) -> DraftRevision:
    """Bring an earlier revision up again, as the newest one; so the last change is undone too. Nothing is lost."""
    require_office(by)
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        require_seen(row, seen)
        wanted = DraftRevision.objects.filter(draft=row, number=number).first()
        if wanted is None:
            raise Refused([Problem("workshop.revision_unknown", {"number": number})])
        return add_revision(told, by, row, wanted.scheme, DraftChange.RESTORED, note=str(number))


def abandon(*, by: Actor, draft: int, reason: str) -> SchemeDraft:
    """Give a scheme up that is not published, with the reason; it stays to be read."""
    require_office(by)
    if not reason.strip():
        raise Refused([Problem("assessment.reason_lacking", {}, Place(field="reason"))])
    with acting(by) as told:
        row = draft_of(draft)
        require_editable(row)
        row.state, row.closed_reason = DraftState.ABANDONED.value, reason.strip()[:400]
        row.save(update_fields=["state", "closed_reason"])
        told.did("workshop.draft_abandoned", row, reason=row.closed_reason)
    return row
