"""The worker process: one thread does jobs, another looks after lost ones and keeps the house's clock."""

import logging
import os
import secrets
import threading
import time

from django.db import DatabaseError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from baton.core.jobs.ticking import leads, tick
from baton.core.jobs.watching import look_after

_LOG = logging.getLogger(__name__)
_SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_BETWEEN_TASKS = 0.5
_SOME = 1024


def work(
    interval: float = SECONDS_BETWEEN_TASKS, look: float = _SECONDS_BETWEEN_LOOKS, with_parent: bool = False
) -> None:
    """Work until told to stop (SIGTERM, SIGINT): the job at hand is finished first.

    `with_parent`: end when the standard input closes, which the process that started this one holds open while it
    lives. What was at hand is then cut off, as by a power failure, and goes on with the next worker.
    """
    name = secrets.token_hex(16)
    threading.Thread(target=_look, args=(name, look), daemon=True).start()
    if with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    worker = Worker(
        queue_names=["default"],
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def _look(name: str, seconds: float) -> None:
    while True:
        try:
            look_once(name)
        except DatabaseError:
            _LOG.warning("the database did not answer; looking again", exc_info=True)
        finally:
            close_old_connections()
        time.sleep(seconds)


def look_once(name: str) -> None:
    """Look after lost jobs and, as the leader, ask for what is due."""
    look_after()
    if leads(name):
        tick()


def _end_with_parent() -> None:
    """Wait at the file itself: Python's own buffer would be locked by this thread when the process ends."""
    while os.read(0, _SOME):
        pass
    os._exit(0)
