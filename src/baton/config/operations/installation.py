"""The installation that a command works on: its home, its database, and what this version of the program knows."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from baton import __version__
from baton.config.operations.database import Database, Migration, database_at
from baton.core import clock

SETTINGS = "baton.config.settings"
KEYS = ("sign", "second-factor")


@dataclass(frozen=True, slots=True)
class Installation:
    """Where an installation's state lies. `known`: the steps of the schema that this version has."""

    home: Path
    files: Path
    database: Database
    known: frozenset[Migration]
    version: str = __version__
    clock: Callable[[], datetime] = clock.now

    @property
    def keys(self) -> Path:
        """The folder of keys."""
        return self.home / "keys"

    @property
    def backups(self) -> Path:
        """The folder of the backups that the program makes of its own accord."""
        return self.home / "backups"

    def newer(self, applied: frozenset[Migration]) -> list[Migration]:
        """Name the steps that only a newer version knows."""
        return sorted(applied - self.known)

    def pending(self, applied: frozenset[Migration]) -> list[Migration]:
        """Name the steps that are still to be taken."""
        return sorted(self.known - applied)

    def stamp(self) -> str:
        """Give the present moment as part of a name, in the county's time."""
        return timezone.localtime(self.clock()).strftime("%Y%m%dT%H%M%S")


def this_installation() -> Installation:
    """Make Django ready and give the installation that its settings describe."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    database = database_at(settings.DATABASES["default"])
    return Installation(Path(settings.HOME), Path(settings.MEDIA_ROOT), database, known_steps())


def known_steps() -> frozenset[Migration]:
    """List the steps of all installed apps, and those that squashed ones stand for."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {step for one in loader.disk_migrations.values() for step in one.replaces}
    return frozenset(loader.disk_migrations) | frozenset(replaced)
