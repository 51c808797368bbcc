"""The data: schema, audit chain, age of the last backup."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from baton.config.cli.called import called
from baton.config.cli.ending import Unavailable
from baton.config.operations.checking.finding import Finding, State, error, good, warning
from baton.config.operations.checking.limits import BACKUP_HOURS, CLOCK_APART_SECONDS
from baton.config.operations.installation import Installation
from baton.config.operations.last import last_backup
from baton.core.rules.audit import Break
from baton.words import Problem, Refused


@dataclass(frozen=True, slots=True)
class Audited:
    """What the audit chain says: its length, the first place where it does not hold, the moment of its last row."""

    rows: int
    broken: Break | None
    last: datetime | None


type Chain = Callable[[], Audited]


def look_at_data(place: Installation, chain: Chain) -> Iterator[Finding]:
    """Ask the database. Without an answer, or with another schema, the chain cannot be read, and that was told."""
    try:
        schema = _schema(place)
    except Unavailable:
        return
    except Refused as damaged:
        yield Finding(State.ERROR, damaged.problems[0])
        return
    yield schema
    if schema.state is State.GOOD:
        yield from _chain(place, chain())
    yield _backup(place)


def _schema(place: Installation) -> Finding:
    if place.database.is_empty():
        return warning("operations.check_schema_none", baton=called())
    applied = place.database.applied()
    newer, pending = place.newer(applied), place.pending(applied)
    if newer:
        return error("operations.newer_schema", here=place.version, step=".".join(newer[0]), count=len(newer))
    if pending:
        return warning("operations.check_schema_pending", count=len(pending), baton=called())
    return good("operations.check_schema", count=len(applied))


def _chain(place: Installation, found: Audited) -> Iterator[Finding]:
    if found.broken is not None:
        yield Finding(State.ERROR, Problem(found.broken.code, {"sequence": found.broken.sequence}))
    else:
        yield good("operations.check_chain", rows=found.rows)
    now = place.clock()
    if found.last is not None and now < found.last - timedelta(seconds=CLOCK_APART_SECONDS):
        yield error("operations.check_clock_back", now=_shown(now), last=_shown(found.last))


def _shown(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _backup(place: Installation) -> Finding:
    found = last_backup(place.home)
    if found is None:
        return warning("operations.check_backup_none", baton=called())
    taken, path = found
    told = {"taken": _shown(taken), "path": path}
    if place.clock() - taken > timedelta(hours=BACKUP_HOURS):
        return warning("operations.check_backup_old", hours=BACKUP_HOURS, baton=called(), **told)
    return good("operations.check_backup", **told)
