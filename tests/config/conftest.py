"""A database that stands ready: making one takes seconds, and what is tried is seldom how it is made."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def ready_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the schema as it is now and nothing in it, to be copied; made once for all processes."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "ready"
    place.mkdir(exist_ok=True)
    made = place / "made"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            ours = {"BATON_HOME": str(place / "home"), "DATABASE_URL": ""}
            environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | ours
            subprocess.run([sys.executable, "-m", "baton", "upgrade"], env=environment, check=True, capture_output=True)
            made.touch()
    return place / "home" / "baton.sqlite3"


@pytest.fixture
def ready_home(ready_database: Path, tmp_path: Path) -> Path:
    """A home of one's own with such a database, and without keys."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(ready_database, home)
    return home
