"""A unit's own few figures: filled in, from desk to desk, split, on paper, late where it lay."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baton.assessment.choices import SubmissionState
from baton.assessment.models import Figure, Submission
from baton.core.models import StoredFile
from baton.org.choices import Role
from county import County
from people import give, make_unit, make_user
from reporting import client_of

NAME = "actual:2026-09"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"


@pytest.fixture
def report(month: County) -> Submission:
    return Submission.objects.get(unit=month.units["T1"], series="ARB")


def page(client: Client, report: Submission) -> str:
    answer = client.get(f"/report/own/{report.pk}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def do(client: Client, report: Submission, what: str, **given: Any) -> Any:
    return client.post(f"/report/own/{report.pk}", {"do": what, **given})


def state(report: Submission) -> str:
    report.refresh_from_db()
    return report.state


@pytest.mark.parametrize(
    ("who", "status"),
    [("t1", 200), ("t1_leader", 200), ("t1_head", 200), ("d1", 200), ("office", 200), ("t2", 404), ("official", 404)],
)
def test_only_its_desks_and_who_verifies_see_it(month: County, report: Submission, who: str, status: int) -> None:
    client = client_of(month.people[who])
    assert client.get(f"/report/own/{report.pk}").status_code == status
    assert client.get(f"/report/own/{report.pk}/form").status_code == status


def test_it_goes_from_clerk_to_leader_to_head_to_the_department(month: County, report: Submission) -> None:
    clerk, leader, head = (client_of(month.people[one]) for one in ("t1", "t1_leader", "t1_head"))
    assert do(clerk, report, "submit", **{NAME: "１２.5"}).status_code == 302
    assert state(report) == SubmissionState.LEADER_IN_CHARGE
    assert 'name="do" value="approve"' not in page(clerk, report)
    assert 'name="do" value="approve"' in page(leader, report)
    do(leader, report, "approve")
    assert do(head, report, "return").status_code == 422
    assert state(report) == SubmissionState.UNIT_HEAD
    do(head, report, "return", reason="请核对面积")
    assert state(report) == SubmissionState.DRAFT
    text = page(clerk, report)
    assert "请核对面积" in text
    assert 'value="１２.5"' in text
    for client, what in ((clerk, "submit"), (leader, "approve"), (head, "approve")):
        do(client, report, what, **{NAME: "12"})
    assert state(report) == SubmissionState.VERIFIER
    assert not Figure.objects.exists()
    do(client_of(month.people["d1"]), report, "approve")
    assert Figure.objects.get().value == "12"


def test_a_submission_sent_twice_is_one(month: County, report: Submission) -> None:
    client = client_of(month.people["t1"])
    key = page(client, report).split('name="key" value="')[1].split('"')[0]
    for _ in range(2):
        assert do(client, report, "submit", key=key, **{NAME: "12"}).status_code == 302
    assert state(report) == SubmissionState.LEADER_IN_CHARGE
    assert report.steps.count() == 1


def test_errors_keep_what_was_typed(month: County, report: Submission) -> None:
    client = client_of(month.people["t1"])
    answer = do(client, report, "submit", **{NAME: "约十亩"})
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'href="#{NAME}"' in text
    assert re.search(r'value="约十亩"[^>]*aria-invalid="true"', text)
    assert do(client, report, "submit", **{NAME: ""}).status_code == 422
    assert state(report) == SubmissionState.DRAFT


def test_who_put_it_on_can_take_it_back(month: County, report: Submission) -> None:
    client = client_of(month.people["t1"])
    do(client, report, "submit", **{NAME: "12"})
    do(client, report, "recall", reason="漏了一块")
    assert state(report) == SubmissionState.DRAFT


@pytest.mark.parametrize("what", ["approve", "return", "submit", "split"])
def test_whose_turn_it_is_not_is_refused(month: County, report: Submission, what: str) -> None:
    answer = do(client_of(month.people["t1_head"]), report, what, reason="x", **{NAME: "1", "offices": "1"})
    assert answer.status_code == 422
    assert state(report) == SubmissionState.DRAFT


def test_late_is_said_of_the_step_that_was_late(month: County, report: Submission) -> None:
    do(client_of(month.people["t1"]), report, "submit", **{NAME: "12"})
    month.on(date(2026, 10, 12))
    do(client_of(month.people["t1_leader"]), report, "approve")
    text = page(client_of(month.people["t1"]), report)
    assert "迟报，环节：分管领导" in text


def test_offices_fill_in_parts_that_add_up(month: County, report: Submission) -> None:
    village = make_unit("T1-1", "甲村", parent=month.units["T1"])
    other = make_unit("T1-2", "乙村", parent=month.units["T1"])
    villager = make_user("villager", "村文书")
    give(villager, Role.REPORTER, village)
    clerk = client_of(month.people["t1"])
    assert do(clerk, report, "split").status_code == 422
    do(clerk, report, "split", offices=[village.pk, other.pk])
    part = Submission.objects.get(office=village)
    mine = client_of(villager)
    assert "耕地整改" in mine.get("/report/").content.decode()
    assert do(mine, part, "submit", **{NAME: "7.5"}).status_code == 302
    assert do(client_of(month.people["t2"]), part, "submit", **{NAME: "9"}).status_code == 404
    text = page(clerk, report)
    assert "甲村 7.5" in text
    assert 'value="7.5"' in text


def test_last_month_is_filled_in_of_totals(month: County) -> None:
    month.on(date(2026, 9, 2)).month("2026-08")
    month.enter("", "ARB", {"T1": "8"}, "2026-08")
    month.on(date(2026, 10, 2))
    report = Submission.objects.get(unit=month.units["T1"], series="ARB", month__period="2026-09")
    text = page(client_of(month.people["t1"]), report)
    assert 'value="8"' in text
    assert "沿用上期" in text


def test_the_signed_form_is_attached_and_read_by_its_desks_only(month: County, report: Submission) -> None:
    client = client_of(month.people["t1"])
    assert do(client, report, "attach").status_code == 422
    file = SimpleUploadedFile("签章.png", PNG)
    answer = do(client, report, "attach", file=file, scan="1")
    assert answer.status_code == 302, answer.content.decode()
    assert "签章件" in page(client, report)
    kept = StoredFile.objects.get()
    assert client_of(month.people["d1"]).get(f"/files/{kept.pk}").status_code == 200
    assert client_of(month.people["t2"]).get(f"/files/{kept.pk}").status_code == 404
    bad = do(client, report, "attach", file=SimpleUploadedFile("x.png", b"MZ\x00"), scan="1")
    assert bad.status_code == 422


def test_the_list_leads_to_it(month: County, report: Submission, django_assert_max_num_queries: Any) -> None:
    client = client_of(month.people["t1"])
    with django_assert_max_num_queries(25):
        text = client.get("/report/").content.decode()
    assert f'href="/report/own/{report.pk}"' in text
    with django_assert_max_num_queries(25):
        page(client, report)
    assert "没有要报的数" in client_of(month.people["leader"]).get("/report/").content.decode()
