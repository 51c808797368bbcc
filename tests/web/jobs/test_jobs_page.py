"""The page of jobs: one's own, with progress; asks for itself again only while something is under way."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.core import clock
from baton.core.models import Job, User
from chromium import PHONE, Open, accessible, no_sideways
from people import make_user

PAGE = "/jobs"


def make_job(by: User, **fields: Any) -> Job:
    return Job.objects.create(**{"kind": "services.sweep_files", "by": by, "created_at": clock.now()} | fields)


@pytest.mark.django_db
def test_no_jobs_says_so_and_asks_no_more(client: Client, user: User) -> None:
    make_job(make_user("other", "别人"))
    client.force_login(user)
    page = client.get(PAGE).content.decode()
    assert "没有后台任务" in page
    assert "hx-get" not in page


@pytest.mark.django_db
def test_it_polls_while_something_is_under_way_and_stops_when_done(client: Client, user: User) -> None:
    started = clock.now() - timedelta(minutes=10)
    job = make_job(user, state="running", done=50, total=150, started_at=started, about="2026年9月")
    client.force_login(user)
    page = client.get(PAGE).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<progress class="progress" max="150" value="50"' in page
    assert "50 / 150" in page
    assert "约剩 2" in page
    part = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section id="jobs"')
    Job.objects.filter(pk=job.pk).update(state="done", done=150, link="/units")
    part = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert 'href="/units"' in part


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "words", "buttons"),
    [
        ("waiting", "排队中", ["cancel"]),
        ("running", "进行中", ["cancel"]),
        ("done", "已完成", []),
        ("failed", "失败", ["retry"]),
        ("cancelled", "已取消", ["retry"]),
    ],
)
def test_each_state_has_its_words_and_buttons(
    client: Client, user: User, state: str, words: str, buttons: list[str]
) -> None:
    job = make_job(user, state=state, problem={"code": "services.job_lost", "params": {"attempts": 3}})
    client.force_login(user)
    page = client.get(PAGE).content.decode()
    assert words in page
    assert "做了 3 次都中途断了" in page
    offered = [one for one in ("cancel", "retry") if f'action="{reverse(f"job-{one}", args=[job.pk])}"' in page]
    assert offered == buttons


@pytest.mark.django_db
def test_cancel_and_retry_from_the_page(client: Client, user: User) -> None:
    job = make_job(user)
    client.force_login(user)
    assert client.post(reverse("job-cancel", args=[job.pk])).headers["Location"] == PAGE
    job.refresh_from_db()
    assert job.state == "cancelled"
    client.post(reverse("job-retry", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, job.task is not None) == ("waiting", True)
    answer = client.post(reverse("job-retry", args=[job.pk]))
    assert answer.status_code == 409
    assert "这个任务不需要重试" in answer.content.decode()


@pytest.mark.django_db
def test_somebody_elses_job_is_not_there(client: Client, user: User) -> None:
    job = make_job(make_user("other", "别人"))
    client.force_login(user)
    for name in ("job-cancel", "job-retry"):
        answer = client.post(reverse(name, args=[job.pk]))
        assert (answer.status_code, "不是您提交的" in answer.content.decode()) == (409, True)
        assert client.get(reverse(name, args=[job.pk])).status_code == 405
    job.refresh_from_db()
    assert job.state == "waiting"


@pytest.mark.django_db
def test_few_queries_and_english(client: Client, user: User, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        make_job(user, state="running" if number % 2 else "failed", done=1, total=3, started_at=clock.now())
    client.force_login(user)
    client.cookies["language"] = "en"
    with django_assert_max_num_queries(12):
        page = client.get(PAGE).content.decode().replace(user.name, "").replace("中文", "")
    assert not [letter for letter in page if "\u4e00" <= letter <= "\u9fff"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_list_renews_itself_in_chromium_until_all_is_done(open_page: Open, user: User) -> None:
    job = make_job(user, state="running", done=1, total=3, started_at=clock.now())
    page = open_page(PAGE, user, PHONE)
    accessible(page)
    no_sideways(page)
    Job.objects.filter(pk=job.pk).update(done=2)
    page.wait_for_selector("progress[value='2']")
    Job.objects.filter(pk=job.pk).update(state="done", done=3)
    page.wait_for_selector("#jobs:not([hx-trigger])")
    assert "已完成" in page.inner_text("#jobs")
