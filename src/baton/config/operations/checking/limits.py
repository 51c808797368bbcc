"""From which figures on the self-test speaks up."""

SQLITE_SOUND = (3, 51, 3)
"""First SQLite in which a log that is reset while it is read cannot damage the database (sqlite.org/wal.html)."""

POSTGRESQL_LEAST = 15
"""Oldest PostgreSQL that the tests run on."""

DISK_FULL, DISK_LOW = 200 << 20, 2 << 30
"""Bytes: below the first nothing can be saved soon; the second holds some months of uploads of a county."""

BACKUP_HOURS = 48
"""A backup a day (deploy/baton-backup.timer), and a day to notice that one is missing."""

CLOCK_APART_SECONDS = 60
"""What two clocks of one house may differ; the audit chain gives times in seconds."""
