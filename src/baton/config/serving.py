"""Makes an installation ready, and serves it."""

import multiprocessing
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from baton.config.operations.in_use import at_work
from baton.config.operations.installation import Installation
from baton.config.operations.listening import once_open
from baton.config.operations.upgrade import Upgrade, upgrade
from baton.web.styles.compile import NAME, compile_styles

SHIPPED_STYLES = Path(__file__).parents[3] / "styles" / NAME
"""The style sheet that an offline kit brings compiled, so that the compiler need not run where the kit is installed."""

_THREADS = 8
"""Threads of a process: while one waits for the database, others answer. The pool has room for all (database.py)."""
_PATIENCE = 20
"""Seconds that requests get to end when the server is told to stop; less than systemd waits (deploy/)."""


def prepare(place: Installation) -> Upgrade:
    """Bring the database up to date, after a backup of what was there, and compile the styles."""
    done = upgrade(place)
    if SHIPPED_STYLES.is_file():
        settings.COMPILED_STYLES.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SHIPPED_STYLES, settings.COMPILED_STYLES / NAME)
    else:
        compile_styles(settings.COMPILED_STYLES)
    return done


def usual_processes(engine: str) -> int:
    """Give how many processes answer unless somebody says otherwise: on PostgreSQL one per core, on SQLite one.

    A process of Python uses one core. SQLite writes one at a time anyway. `engine` is Django's name of the database.
    """
    return len(os.sched_getaffinity(0)) if engine.endswith("postgresql") and hasattr(os, "sched_getaffinity") else 1


def run_server(place: Installation, host: str, port: int, processes: int, listening: Callable[[], None]) -> None:
    """Serve until the process is told to stop; `listening` is called when the port answers.

    `processes` answer, each with eight threads. Raises `Refused` while a restore or upgrade runs.
    """
    # A forked process would keep what the worker's keeper had open in that moment, even the pipe by which Python waits
    # for the worker to start: the keeper would wait for ever, and a worker that dies would not be started again.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "baton.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=_THREADS,
        workers_kill_timeout=_PATIENCE,
        log_access=False,
        log_level=LogLevels.error,
    )
    server.on_startup(lambda: once_open(host, port, listening))
    with at_work(place.home):
        server.serve()
