"""Which database: PostgreSQL by its address, else SQLite in the home, set up for several processes."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
_POSTGRES = {
    "application_name": "baton",  # by which an upgrade knows the servers and workers of every machine
    # Eight threads of one process never wait for each other. Who tries in vain to connect gives up soon, so that the
    # next page tries anew: the pool's own pauses double, and would hold on long after the database is back.
    "pool": {"min_size": 1, "max_size": 12, "timeout": 5, "reconnect_timeout": 2},
    # A county's figures lie in memory or on a disk without a head: jumping about costs hardly more than going through.
    # With PostgreSQL's default of 4, meant for turning disks, thirty thousand figures of a month are sorted twice.
    "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
    " -c random_page_cost=1.1",
}


def database_of(url: str, home: Path) -> dict[str, Any]:
    """Give Django's settings of a database address; empty: SQLite in `home`.

    Raises `ValueError` for an address that is no `postgresql://user:password@host:port/name`.
    """
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "baton.sqlite3", "OPTIONS": dict(_SQLITE)}
    found = urlsplit(url)
    if found.scheme not in ("postgresql", "postgres") or not found.path.strip("/"):
        msg = f"DATABASE_URL is no postgresql://user:password@host:port/name: scheme {found.scheme!r}"
        raise ValueError(msg)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(found.path.strip("/")),
        "USER": unquote(found.username or ""),
        "PASSWORD": unquote(found.password or ""),
        "HOST": unquote(found.hostname or ""),
        "PORT": str(found.port or ""),
        "CONN_HEALTH_CHECKS": True,  # a database that was started anew is noticed before a page fails
        "OPTIONS": dict(_POSTGRES),
    }
