"""Jobs: asked for with a change, done step by step, stopped, tried again, and found when their worker died."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from baton.core import clock
from baton.core.acting import SYSTEM, Actor, acting
from baton.core.actions.jobs import cancel_job, retry_job
from baton.core.jobs.asking import ask
from baton.core.jobs.kinds import register_job
from baton.core.jobs.watching import look_after
from baton.core.jobs.work import Lost, Work
from baton.core.models import AuditRow, Job, Notice, User
from baton.words import Problem, Refused
from people import make_user

pytestmark = pytest.mark.django_db(transaction=True)  # the worker opens connections of its own
KIND = "services.sweep_files_in_a_test"
type Off = Callable[[], None]


def asked(by: User | None = None, **given: Any) -> Job:
    with acting(Actor(by)) as told:
        return ask(told, KIND, **given)


def test_a_job_goes_through_its_items_and_tells_who_asked(user: User, work_off: Off) -> None:
    seen: list[int] = []

    def run(work: Work) -> None:
        for item in work.each(range(5)):
            seen.append(item + work.params["plus"])  # noqa: PERF401
        work.link = "/units"

    register_job(KIND, run)
    job = asked(user, params={"plus": 10}, about="第一批")
    work_off()
    job.refresh_from_db()
    assert seen == [10, 11, 12, 13, 14]
    assert (job.state, job.done, job.total, job.link, job.holder) == ("done", 5, 5, "/units", "")
    notice = Notice.objects.get(recipient=user)
    assert (notice.code, notice.link, notice.params["about"]) == ("services.notice_job_done", "/units", "第一批")


def test_what_fails_to_be_written_is_not_asked_for() -> None:
    register_job(KIND, lambda work: None)

    def failing() -> None:
        with acting(SYSTEM) as told:
            ask(told, KIND)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_the_same_key_is_asked_for_once(work_off: Off) -> None:
    times: list[int] = []
    register_job(KIND, lambda work: times.append(1))
    one, two = asked(key="2026-09"), asked(key="2026-09")
    work_off()
    assert (one.pk == two.pk, len(times)) == (True, 1)


def test_a_kind_that_nobody_registered_is_refused() -> None:
    with pytest.raises(KeyError):
        asked()


def test_cancelling_stops_after_the_step_at_hand_and_a_retry_goes_on_from_there(user: User, work_off: Off) -> None:
    seen: list[int] = []

    def run(work: Work) -> None:
        for item in work.each(range(150)):
            seen.append(item)
            if item == 50 and len(seen) == 51:
                cancel_job(by=Actor(user), number=work.number)

    register_job(KIND, run)
    job = asked(user)
    work_off()
    job.refresh_from_db()
    assert (len(seen), job.state, job.done, job.cancel_asked) == (51, "cancelled", 51, False)
    assert not Notice.objects.exists(), "who cancels knows"
    retry_job(by=Actor(user), number=job.pk)
    work_off()
    job.refresh_from_db()
    assert (seen, job.state) == (list(range(150)), "done")
    actions = list(AuditRow.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == ["services.job_cancelled", "services.job_retried"]


def test_a_waiting_job_is_cancelled_at_once(user: User, work_off: Off) -> None:
    register_job(KIND, lambda work: pytest.fail("it was cancelled"))
    job = asked(user)
    cancel_job(by=Actor(user), number=job.pk)
    cancel_job(by=Actor(user), number=job.pk)
    work_off()
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert AuditRow.objects.count() == 1, "stopping twice changes nothing"


def test_nobody_touches_somebody_elses_job(user: User) -> None:
    register_job(KIND, lambda work: None)
    job = asked(user)
    for action in (cancel_job, retry_job):
        with pytest.raises(Refused, match=r"services\.job_unknown"):
            action(by=Actor(make_user(action.__name__, "别人")), number=job.pk)


def test_a_job_under_way_or_done_is_not_tried_again(user: User, work_off: Off) -> None:
    register_job(KIND, lambda work: None)
    job = asked(user)
    for _ in range(2):
        with pytest.raises(Refused, match=r"services\.job_not_to_retry"):
            retry_job(by=Actor(user), number=job.pk)
        work_off()


def test_a_refusal_fails_at_once_with_its_reason(user: User, work_off: Off) -> None:
    def run(work: Work) -> None:
        raise Refused([Problem("services.file_too_large", {"limit": 20})])

    register_job(KIND, run)
    job = asked(user)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 1)
    assert job.problem == {"code": "services.file_too_large", "params": {"limit": "20"}}
    assert Notice.objects.get().code == "services.notice_job_failed"


def test_a_fault_is_tried_again_and_then_shown_with_a_reference(user: User, work_off: Off) -> None:
    register_job(KIND, lambda work: 1 // 0)
    job = asked(user)
    for attempt in (1, 2, 3):
        work_off()
        job.refresh_from_db()
        assert job.attempts == attempt
        DBTaskResult.objects.filter(pk=job.task).update(run_after=clock.real_now())
    assert job.state == "failed"
    assert job.problem["code"] == "services.job_fault"
    assert len(job.problem["params"]["reference"]) == 8


def dies(job: Job, done: int = 0) -> None:
    """Leave a job as a worker does that was killed in the middle of it."""
    taken = {"state": "running", "holder": "dead", "attempts": job.attempts + 1, "done": done, "total": 5}
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1), **taken)
    DBTaskResult.objects.filter(pk=job.task).update(status=TaskResultStatus.RUNNING, started_at=clock.real_now())
    job.refresh_from_db()


def test_a_job_whose_worker_died_goes_on_from_where_it_was(user: User, work_off: Off) -> None:
    seen: list[int] = []
    register_job(KIND, lambda work: seen.extend(work.each(range(5))))
    job = asked(user)
    dies(job, done=3)
    first = job.task
    assert look_after() == 1
    work_off()
    job.refresh_from_db()
    assert (seen, job.state, job.attempts) == ([3, 4], "done", 2)
    assert DBTaskResult.objects.get(pk=first).status == TaskResultStatus.FAILED, "not running for ever"


def test_a_job_whose_workers_die_again_and_again_fails_and_can_be_retried(user: User, work_off: Off) -> None:
    register_job(KIND, lambda work: None)
    job = asked(user)
    for _ in range(3):
        dies(job)
        assert look_after() == 1
        job.refresh_from_db()
    assert (job.state, job.problem["code"]) == ("failed", "services.job_lost")
    assert look_after() == 0
    retry_job(by=Actor(user), number=job.pk)
    work_off()
    job.refresh_from_db()
    assert job.state == "done"


def test_a_worker_that_comes_back_too_late_does_nothing_more(user: User) -> None:
    register_job(KIND, lambda work: None)
    job = asked(user)
    dies(job)
    late = Work(job.pk, "dead", {}, SYSTEM)
    look_after()
    with pytest.raises(Lost):
        late.tell(1, 5)


def test_a_task_taken_by_a_worker_that_died_before_it_took_the_job_is_queued_again(user: User, work_off: Off) -> None:
    done: list[int] = []
    register_job(KIND, lambda work: done.append(1))
    asked(user)
    rows = DBTaskResult.objects.all()
    rows.update(status=TaskResultStatus.RUNNING, started_at=clock.real_now())
    assert look_after() == 0, "it was taken just now"
    rows.update(started_at=clock.real_now() - timedelta(minutes=2))
    assert look_after() == 1
    work_off()
    assert done == [1]


def test_a_lease_made_before_the_clock_was_set_back_counts_as_run_out(user: User) -> None:
    register_job(KIND, lambda work: None)
    job = asked(user)
    dies(job)
    Job.objects.update(lease_until=clock.now() + timedelta(days=1))
    assert look_after() == 1
