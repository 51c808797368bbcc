"""Which database an installation has."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from baton.config.operations.database.kept import Database
from baton.config.operations.database.postgresql import PostgreSQL
from baton.config.operations.database.sqlite import SQLite


def database_at(settings: Mapping[str, Any]) -> Database:
    """Give the database that Django's settings of a connection describe (`baton.config.database`)."""
    if settings["ENGINE"].endswith("sqlite3"):
        return SQLite(Path(settings["NAME"]))
    return PostgreSQL(
        host=str(settings.get("HOST", "")),
        port=str(settings.get("PORT", "")),
        database=str(settings["NAME"]),
        user=str(settings.get("USER", "")),
        password=str(settings.get("PASSWORD", "")),
    )
