"""The page of the audit chain: who may open it, what it filters, exports and verifies."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baton.core.acting import Actor, acting
from baton.core.chain import verify_chain
from baton.core.models import AuditHead, AuditRow, User
from baton.org.choices import Role
from baton.org.oversight.queries import actions_done
from people import give, make_unit, make_user

pytestmark = pytest.mark.django_db
PAGE = "/audit"


@pytest.fixture
def auditor(db: None) -> User:
    user = make_user("auditor", "审计甲")
    give(user, Role.AUDITOR)
    return user


def rows(count: int, by: User, thing: Any = None) -> None:
    for number in range(count):
        with acting(Actor(by, address="10.0.0.7")) as told:
            told.did("services.audit_exported", thing, rows=number)


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_watch_may_open_it(client: Client, user: User, role: Role) -> None:
    give(user, role, make_unit() if role in {Role.REPORTER, Role.VERIFIER} else None)
    client.force_login(user)
    watches = role in {Role.AUDITOR, Role.AUDIT_ADMINISTRATOR}
    assert client.get(PAGE).status_code == (200 if watches else 403)
    assert client.post(PAGE, {"verify": "1"}).status_code == (302 if watches else 403)
    assert (reverse("audit") in client.get(reverse("units")).content.decode()) is watches


def test_an_auditor_of_one_unit_does_not_read_the_county(client: Client, user: User) -> None:
    give(user, Role.AUDITOR, make_unit())
    client.force_login(user)
    assert client.get(PAGE).status_code == 403


def test_it_filters_by_person_action_object_and_day(client: Client, auditor: User) -> None:
    unit, other = make_unit(), make_user("wangfang", "王芳")
    rows(1, other, unit)
    rows(1, auditor)
    with connection.cursor() as cursor:  # a row of an earlier day
        cursor.execute("UPDATE core_auditrow SET at = %s WHERE sequence = 1", [timezone.now() - timedelta(days=40)])
    client.force_login(auditor)

    def found(**query: str) -> list[int]:
        return [row.sequence for row, *_ in client.get(PAGE, query).context["rows"]]

    assert found() == [2, 1]
    assert found(who="王芳") == found(who="WangFang") == [1]
    assert found(thing="柳林") == [1]
    assert found(action="services.audit_verified") == []
    assert found(last=(timezone.localdate() - timedelta(days=40)).isoformat()) == [1]
    assert found(first=timezone.localdate().isoformat()) == [2]


def test_a_day_that_is_none_is_told_at_its_field_and_kept(client: Client, auditor: User) -> None:
    client.force_login(auditor)
    page = client.get(PAGE, {"first": "上周", "who": "王"}).content.decode()
    assert 'href="#first"' in page
    assert 'aria-describedby="first-message"' in page
    assert 'value="上周"' in page
    assert 'value="王"' in page
    page = client.get(PAGE, {"first": "2026-09-08", "last": "2026-09-07"}).content.decode()
    assert 'href="#last"' in page


def test_pages_take_few_queries_however_many_rows(
    client: Client, auditor: User, django_assert_max_num_queries: Any
) -> None:
    rows(120, auditor, make_unit())
    client.force_login(auditor)
    with django_assert_max_num_queries(15):
        page = client.get(PAGE, {"page": "3"})
    assert len(page.context["rows"]) == 20
    assert "page=2" in page.content.decode()


def test_verifying_leaves_its_own_row_and_names_the_first_broken_one(client: Client, auditor: User) -> None:
    rows(4, auditor)
    client.force_login(auditor)
    page = client.post(PAGE, {"verify": "1"}, follow=True).content.decode()
    assert "核验了 4 行" in page
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditrow SET object_name = 'x' WHERE sequence IN (2, 3)")
    page = client.post(PAGE, {"verify": "1"}, follow=True).content.decode()
    assert "被改动过" in page
    assert "第 2 行的内容" in page
    last = AuditRow.objects.first()
    assert last is not None
    assert last.detail == {"rows": 5, "broken": "core.audit_row_changed", "sequence": 2}


def test_the_export_has_all_rows_wanted_and_is_itself_written_down(client: Client, auditor: User) -> None:
    rows(3, auditor, make_unit())
    rows(2, make_user("other", "别人"))
    client.force_login(auditor)
    answer = client.post(PAGE, {"export": "1", "who": "审计甲"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    numbers = [line[0] for line in cells if isinstance(line[0], int)]
    assert numbers == [3, 2, 1]
    assert AuditRow.objects.get(sequence=3).hash in {line[-1] for line in cells}
    newest = AuditRow.objects.first()
    assert newest is not None
    assert (newest.action, newest.by, newest.detail["rows"]) == ("services.audit_exported", auditor, 3)
    assert verify_chain() == (6, None)


def test_english_has_no_chinese_but_names(client: Client, auditor: User) -> None:
    client.force_login(auditor)
    client.post(PAGE, {"verify": "1"})
    client.cookies["language"] = "en"
    page = client.get(PAGE).content.decode().replace(auditor.name, "").replace("中文", "")
    assert not [letter for letter in page if "\u4e00" <= letter <= "\u9fff"]


def test_nothing_written_says_so(client: Client, auditor: User) -> None:
    client.force_login(auditor)
    page = client.get(PAGE).content.decode()
    assert "没有符合条件的记录" in page
    assert "还没有核验过" in page


def test_a_row_put_in_behind_the_head_is_found(auditor: User) -> None:
    rows(2, auditor)
    AuditRow.objects.create(sequence=3, at=datetime.now().astimezone(), action="x", previous_hash="0", hash="1")
    length, found = verify_chain()
    assert length == 2
    assert found is not None
    assert (found.sequence, found.code) == (3, "services.audit_row_beyond")


def test_what_is_added_while_the_chain_is_gone_along_breaks_nothing(
    auditor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(2, auditor)
    real = AuditHead.objects.filter

    def late(*given: Any, **named: Any) -> Any:
        found = list(real(*given, **named))
        monkeypatch.undo()
        rows(1, auditor)

        class Found:
            @staticmethod
            def first() -> AuditHead:
                return found[0]

        return Found

    monkeypatch.setattr(AuditHead.objects, "filter", late)
    assert verify_chain() == (2, None)


@pytest.mark.parametrize("detail", ["{}", "[1]", '{"rows": 1, "broken": "x"}', '{"rows": 1, "broken": "core.none"}'])
def test_a_row_that_somebody_meddled_with_does_not_stop_the_page(client: Client, auditor: User, detail: str) -> None:
    client.force_login(auditor)
    client.post(PAGE, {"verify": "1"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditrow SET detail = %s", [detail])
    assert client.get(PAGE).status_code == 200
    page = client.post(PAGE, {"verify": "1"}, follow=True).content.decode()
    assert "第 1 行的内容" in page
    assert client.post(PAGE, {"export": "1"}).status_code == 200


def test_the_filter_offers_each_action_once_to_those_who_watch(user: User, auditor: User) -> None:
    rows(3, auditor)
    with acting(Actor(auditor)) as told:
        told.did("services.job_retried")
    assert actions_done(auditor) == ["services.audit_exported", "services.job_retried"]
    assert actions_done(user) == []
