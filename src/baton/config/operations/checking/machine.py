"""The machine: Python, the database's program, the clock."""

import platform
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from baton.config.cli.ending import Unavailable
from baton.config.operations.checking.finding import Finding, State, error, good, warning
from baton.config.operations.checking.limits import POSTGRESQL_LEAST, SQLITE_SOUND
from baton.config.operations.database import Kind, main_version
from baton.config.operations.installation import Installation


def look_at_machine(place: Installation) -> Iterator[Finding]:
    """Ask the machine."""
    yield good("operations.check_python", version=platform.python_version())
    try:
        version = place.database.version()
    except Unavailable as away:
        yield Finding(State.ERROR, away.problems[0])
    else:
        yield database_version(place.database.kind, version)
        yield copying(place)
    if timedelta(0) != settings.CLOCK_OFFSET:
        yield warning("operations.check_clock_moved", now=_shown(place))
    else:
        yield good("operations.check_clock", zone=settings.TIME_ZONE, now=_shown(place))


def database_version(kind: Kind, version: str) -> Finding:
    """Hold the version of a database against what Baton needs."""
    if kind is Kind.POSTGRESQL:
        if main_version(version) < POSTGRESQL_LEAST:
            return error("operations.check_postgresql_old", version=version, least=POSTGRESQL_LEAST)
        return good("operations.check_postgresql", version=version)
    if tuple(int(part) for part in version.split(".")) < SQLITE_SOUND:
        sound = ".".join(map(str, SQLITE_SOUND))
        return warning("operations.check_sqlite_old", version=version, sound=sound)
    return good("operations.check_sqlite", version=version)


def copying(place: Installation) -> Finding:
    """Ask whether a backup can be taken at all."""
    try:
        place.database.can_copy()
    except Unavailable as missing:
        return Finding(State.WARNING, missing.problems[0])
    return good("operations.check_copying")


def _shown(place: Installation) -> str:
    return timezone.localtime(place.clock()).strftime("%Y-%m-%d %H:%M:%S")
