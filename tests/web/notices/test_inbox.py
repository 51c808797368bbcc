"""The inbox page: one's own notices in one's own language, counted on every page, marked read, followed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.core import clock
from baton.core.acting import SYSTEM, acting
from baton.core.models import Notice, User
from baton.words import Word
from people import make_user

pytestmark = pytest.mark.django_db
PAGE = "/notices"


def tell(user: User, count: int = 1, link: str = "/jobs", **more: Any) -> None:
    with acting(SYSTEM) as told:
        for number in range(count):
            job = {"job": Word("services.sweep_files"), "about": f"第{number}批"}
            told.tell([user], "services.notice_job_done", link=link, **job, **more)


def test_an_empty_inbox_says_so(client: Client, user: User) -> None:
    client.force_login(user)
    page = client.get(PAGE).content.decode()
    assert "没有通知" in page
    assert "全部已读" in page


def test_a_notice_is_said_in_the_language_of_the_page(client: Client, user: User) -> None:
    tell(user)
    client.force_login(user)
    assert "清理没有归属的文件做完了 第0批" in client.get(PAGE).content.decode()
    client.cookies["language"] = "en"
    page = client.get(PAGE).content.decode()
    assert "Done: Sweep up files that belong to nobody 第0批" in page
    rest = page.replace(user.name, "").replace("中文", "").replace("第0批", "")
    assert not [letter for letter in rest if "\u4e00" <= letter <= "\u9fff"]


def test_every_page_counts_what_is_unread_by_one_query(client: Client, user: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    tell(user, 3)
    tell(make_user("other", "别人"), 2)
    client.force_login(user)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("account")).content.decode()
    assert "3 条未读" in page
    assert sum("core_notice" in query["sql"] for query in queries) == 1


def test_pages_take_few_queries(client: Client, user: User, django_assert_max_num_queries: Any) -> None:
    tell(user, 120)
    client.force_login(user)
    with django_assert_max_num_queries(15):
        page = client.get(PAGE, {"page": "2", "unread": "1"})
    assert len(page.context["rows"]) == 50
    assert "unread=1" in page.content.decode()


def test_marking_one_and_all(client: Client, user: User) -> None:
    tell(user, 3)
    tell(make_user("other", "别人"))
    client.force_login(user)
    mine = Notice.objects.filter(recipient=user)
    theirs = Notice.objects.exclude(recipient=user).get()
    answer = client.post(f"{PAGE}?unread=1", {"number": [mine[0].pk, theirs.pk, "x"]})
    assert answer.headers["Location"] == f"{PAGE}?unread=1"
    assert mine.filter(read_at__isnull=True).count() == 2
    client.post(PAGE, {"all": "1"})
    assert not mine.filter(read_at__isnull=True).exists()
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_following_a_notice_marks_it_and_leads_there(client: Client, user: User) -> None:
    tell(user)
    tell(user, link="https://elsewhere.example/")
    client.force_login(user)
    outside, inside = Notice.objects.order_by("-pk")
    assert client.post(reverse("notice", args=[inside.pk])).headers["Location"] == "/jobs"
    assert client.post(reverse("notice", args=[outside.pk])).headers["Location"] == PAGE
    assert not Notice.objects.filter(read_at__isnull=True).exists()
    assert client.get(reverse("notice", args=[inside.pk])).status_code == 405


def test_somebody_elses_notice_is_not_there(client: Client, user: User) -> None:
    tell(make_user("other", "别人"))
    client.force_login(user)
    assert client.post(reverse("notice", args=[Notice.objects.get().pk])).status_code == 404


def test_what_is_overdue_says_so_in_words(client: Client, user: User) -> None:
    tell(user, due=clock.now() - timedelta(days=1))
    tell(user, due=clock.now() + timedelta(days=1))
    client.force_login(user)
    page = client.get(PAGE).content.decode()
    assert page.count("已过期") == 1
    assert page.count("截止") == 2


def test_a_sentence_the_house_no_longer_has_breaks_nothing(client: Client, user: User) -> None:
    Notice.objects.create(recipient=user, code="services" + ".gone_for_good", created_at=clock.now())
    client.force_login(user)
    assert "services.gone_for_good" in client.get(PAGE).content.decode()
