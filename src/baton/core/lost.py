"""Whether the database is away or overloaded for the moment, so that the same request may well do a little later."""

from django.db import InterfaceError, OperationalError

RETRY_SECONDS = 30
"""When to ask again (`Retry-After`): a database that is started anew takes about as long."""
_STATES = ("08", "40", "53", "57P", "55P03", "57014")
"""Connection lost, a deadlock, no room, shut down, a lock or a statement that took too long (PostgreSQL, app. A)."""
_SQLITE = ("BUSY", "CANTOPEN", "FULL", "IOERR", "LOCKED", "PROTOCOL", "READONLY")
"""Ends of the names of SQLite's result codes (sqlite.org/rescode.html)."""


def is_lost(error: BaseException | None) -> bool:
    """Tell a database that is away or busy from a fault of ours, such as a table that does not exist."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    cause = error.__cause__
    state, name = getattr(cause, "sqlstate", None), getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return any(name.startswith(f"SQLITE_{one}") for one in _SQLITE)
    return state is None or state.startswith(_STATES)
