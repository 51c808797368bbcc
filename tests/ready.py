"""A PostgreSQL database that stands ready: the schema as it is now and nothing in it, copied as often as wanted.

Making one takes half a minute, copying it a moment. It is kept on the server under the digest of the steps that made
it, for the next run; those of other steps go.
"""

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg

SOURCE = Path(__file__).parents[1] / "src"
_PREFIX = "baton_ready_"
_LOCK = 5_021_977
"""Of two processes that lack it, the second waits."""


def ready_on(server: str) -> str:
    """Give the name of the database that stands ready on the server with this address."""
    digest = hashlib.sha256()
    for path in sorted((SOURCE / "baton").glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    name = f"{_PREFIX}{digest.hexdigest()[:16]}"
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        there = {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
        if name not in there:
            making = f"{name}_making"
            for other in (one for one in there if one.startswith(_PREFIX)):
                connection.execute(f"DROP DATABASE {other} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {making}")
            _migrate(f"{server.rpartition('/')[0]}/{making}")
            connection.execute(f"ALTER DATABASE {making} RENAME TO {name}")
    return name


def _migrate(address: str) -> None:
    ours = {"DATABASE_URL": address, "PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "baton.config.settings"}
    command = [sys.executable, "-m", "baton", "manage", "migrate"]
    subprocess.run(command, env=os.environ | ours, check=True, capture_output=True)
