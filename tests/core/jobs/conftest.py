"""Jobs of the tests: kinds that go with the test, and a worker within the process that does all that waits."""

from collections.abc import Callable, Iterator

import pytest
from django_tasks_db.management.commands.db_worker import Worker

from baton.core.jobs import kinds, ticking


@pytest.fixture(autouse=True)
def registries() -> Iterator[None]:
    jobs, recurring = dict(kinds._KINDS), dict(ticking._RECURRING)
    yield
    kinds._KINDS.clear()
    kinds._KINDS.update(jobs)
    ticking._RECURRING.clear()
    ticking._RECURRING.update(recurring)


@pytest.fixture
def work_off() -> Callable[[], None]:
    """Do every job that waits, one after the other."""

    def run() -> None:
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="tests",
            excluded_queue_names=[],
        ).run()

    return run
