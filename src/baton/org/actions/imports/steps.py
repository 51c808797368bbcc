"""The three steps of every workbook: try it, take it whole, take it back whole."""

import hashlib

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.org.actions.imports.accounts import ACCOUNTS
from baton.org.actions.imports.days import DAYS
from baton.org.actions.imports.kind import Kind
from baton.org.actions.imports.units import UNITS
from baton.org.choices import MAY_IMPORT, ImportKind, ImportState
from baton.org.models import Import
from baton.org.queries.access import require
from baton.org.rules.imports import Plan, changes_of, kept_changes, kept_problems
from baton.words import Problem, Refused

KINDS: dict[ImportKind, Kind] = {ImportKind.UNITS: UNITS, ImportKind.ACCOUNTS: ACCOUNTS, ImportKind.DAYS: DAYS}


def try_import(*, kind: ImportKind, content: bytes, file_name: str, by: Actor) -> Import:
    """Try a file: keep it with everything that is wrong with it, and with what it would change. Changes nothing."""
    require(by.user, *sorted(MAY_IMPORT[kind]))
    plan = _tried(kind, content, file_name)
    with acting(by) as told:
        kept = Import.objects.create(
            kind=kind.value,
            state=(ImportState.REFUSED if plan.refused else ImportState.READY).value,
            file_name=file_name[:200],
            file=content,
            digest=hashlib.sha256(content).hexdigest(),
            problems=kept_problems(plan.problems),
            changes=[] if plan.refused else kept_changes(plan.changes),
            unchanged=plan.unchanged,
            made_by=by.user,
            made_at=clock.now(),
        )
        told.did("org.import_tried", kept, problems=len(plan.problems), changes=len(plan.changes))
    return kept


def _tried(kind: ImportKind, content: bytes, file_name: str) -> Plan:
    try:
        return KINDS[kind].read(content, file_name)
    except Refused as refused:
        return Plan(problems=refused.problems)


def take_import(*, imported: Import, by: Actor) -> Import:
    """Take what was tried, whole; a second click finds it taken. Refuses where things have changed since the try."""
    require(by.user, *sorted(MAY_IMPORT[ImportKind(imported.kind)]))
    with acting(by) as told:
        one = Import.objects.select_for_update(no_key=True).get(pk=imported.pk)
        if one.state == ImportState.TAKEN.value:
            return one
        if one.state != ImportState.READY.value:
            raise Refused([Problem("org.import_not_ready")])
        kind = KINDS[ImportKind(one.kind)]
        plan = kind.read(bytes(one.file), one.file_name)
        if plan.refused or kept_changes(plan.changes) != one.changes:
            raise Refused([Problem("org.import_stale")])
        told.did("org.import_taken", one, changes=len(plan.changes))
        kind.take(list(plan.changes), told)
        one.state = ImportState.TAKEN.value
        one.save(update_fields=["state"])
    return one


def take_back(*, imported: Import, by: Actor) -> Import:
    """Take back what was taken, whole; a second click finds it taken back. Refuses where somebody has built on it."""
    require(by.user, *sorted(MAY_IMPORT[ImportKind(imported.kind)]))
    with acting(by) as told:
        one = Import.objects.select_for_update(no_key=True).get(pk=imported.pk)
        if one.state == ImportState.UNDONE.value:
            return one
        if one.state != ImportState.TAKEN.value:
            raise Refused([Problem("org.import_not_taken")])
        told.did("org.import_undone", one, changes=len(one.changes))
        KINDS[ImportKind(one.kind)].undo(changes_of(one.changes), told)
        one.state = ImportState.UNDONE.value
        one.save(update_fields=["state"])
    return one
