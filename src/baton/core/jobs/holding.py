"""Holding a job: a second thread says again and again that its worker is alive."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection

from baton.core import clock
from baton.core.choices import JobState
from baton.core.models import Job
from baton.core.queries.parameters import parameters

_LOG = logging.getLogger(__name__)
_BEATS_A_LEASE = 4
"""Three beats may fail before others think that the worker died."""


def lease() -> timedelta:
    """How long a worker may be silent."""
    return timedelta(seconds=parameters(clock.today(), "services")["job_lease_seconds"])


@contextmanager
def held(number: int, holder: str) -> Iterator[None]:
    """Keep the lease of a job while the body runs."""
    stop, length = threading.Event(), lease()
    beating = threading.Thread(target=_beat, args=(number, holder, length, stop), daemon=True)
    beating.start()
    try:
        yield
    finally:
        stop.set()
        beating.join()


def _beat(number: int, holder: str, length: timedelta, stop: threading.Event) -> None:
    while not stop.wait((length / _BEATS_A_LEASE).total_seconds()):
        try:
            mine = Job.objects.filter(pk=number, holder=holder, state=JobState.RUNNING.value)
            if not mine.update(lease_until=clock.now() + length):
                return
        except DatabaseError:
            _LOG.warning("the lease of job %s could not be renewed; trying again", number, exc_info=True)
        finally:
            connection.close()
