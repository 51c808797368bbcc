"""The database as operators see it: a whole that is copied, put back and set aside; SQLite and PostgreSQL alike."""

from baton.config.operations.database.kept import Database, Kind, Migration, main_version
from baton.config.operations.database.which import database_at

__all__ = ["Database", "Kind", "Migration", "database_at", "main_version"]
