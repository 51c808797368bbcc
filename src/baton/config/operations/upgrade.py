"""Brings the schema up to this version, never without a backup of what was there before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from baton.config.cli.ending import Unavailable
from baton.config.operations.backup import take_backup
from baton.config.operations.full import where_full
from baton.config.operations.in_use import alone, refuse_unfinished
from baton.config.operations.installation import Installation
from baton.words import Place, Problem, Refused

_NO_LIMIT = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What was done: steps taken, and the backup of before; None where there was nothing to lose."""

    steps: int
    backup: Path | None


def migrate() -> None:
    """Take the steps of the schema; they may take longer than a page may, so the limits of PostgreSQL are lifted."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_NO_LIMIT)
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]


def upgrade(place: Installation, take_steps: Callable[[], None] = migrate) -> Upgrade:
    """Back up, then take the pending steps.

    Raises `Refused` for a schema newer than this version, for a home or database in use, on other machines too, and for
    a restore that was killed; `Unavailable` where a step failed, saying which backup leads back, or the disk is full.
    """
    refuse_unfinished(place.home)
    applied = place.database.applied()
    refuse_newer(place)
    pending = place.pending(applied)
    if not pending:
        return Upgrade(0, None)
    with alone(place.home), place.database.alone():
        _refuse_at_work(place)
        backup = None
        if not place.database.is_empty():
            with where_full(Problem("operations.upgrade_disk_full", {}, Place(file=str(place.backups)))):
                backup = take_backup(place, place.backups / f"before-upgrade-{place.stamp()}.zip").path
        try:
            take_steps()
        except Exception as error:
            detail = f"{type(error).__name__}: {error}".splitlines()[0]
            params = {"backup": backup or "-", "detail": detail}
            raise Unavailable(Problem("operations.upgrade_failed", params)) from error
    return Upgrade(len(pending), backup)


def _refuse_at_work(place: Installation) -> None:
    """Let no schema change beneath a server or worker, which may run on another machine than this."""
    count = place.database.at_work()
    if count:
        params = {"name": place.database.name, "count": count}
        raise Refused([Problem("operations.others_at_work", params, Place(file=place.database.name))])


def refuse_newer(place: Installation) -> None:
    """Raise `Refused` where the database has steps that this version does not know."""
    newer = place.newer(place.database.applied())
    if newer:
        params = {"here": place.version, "step": ".".join(newer[0]), "count": len(newer)}
        raise Refused([Problem("operations.newer_schema", params, Place(file=place.database.name))])
