"""Contesting a cell: what was typed is kept, evidence only where the scheme requires it, the outcome on the sheet."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.checks import answer_contest
from baton.assessment.models import Contest, Figure
from baton.core.acting import SYSTEM
from baton.core.models import User
from baton.org.choices import Role
from cycle import PERIOD, Cycle, make_cycle
from people import give, make_user
from small_books import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(settings: Any) -> Cycle:
    """September, being checked; M09 needs evidence, M01 does not."""
    made = make_cycle()
    made.figure("T02")
    made.figure("T02", "M09", "12", reporter="D46")
    return made


@pytest.fixture
def head(client: Client, user: User, cycle: Cycle) -> Client:
    """The head of T02, signed in."""
    give(user, Role.UNIT_HEAD, cycle.units["T02"])
    client.force_login(user)
    return client


def address(series: str = "M01") -> str:
    return reverse("contest", args=(PERIOD, "T02", Figure.objects.get(series=series).pk))


def sheet(client: Client) -> str:
    return client.get(reverse("check-sheet", args=(PERIOD, "T02"))).content.decode()


def test_a_contest_says_by_when_it_is_answered_and_stands_on_the_sheet(head: Client) -> None:
    answer = head.post(address(), {"claimed": "39460", "reason": "漏报一笔"}, follow=True)
    text = answer.content.decode()
    assert "异议已提交，最迟 2026-10-" in text
    for words in ("认为应为 39460", "漏报一笔", "待答复", "撤回异议", "除 1 项有异议以外，其余 1 项核对无误"):
        assert words in text


def test_without_a_reason_nothing_happens_and_what_was_typed_stays(head: Client) -> None:
    answer = head.post(address(), {"claimed": "39460", "reason": " "})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in text
    assert 'href="#reason"' in text
    assert 'value="39460"' in text
    assert 'aria-invalid="true"' in text
    assert not Contest.objects.exists()


def test_evidence_is_asked_for_only_where_the_scheme_requires_it(head: Client) -> None:
    assert 'type="file"' not in head.get(address()).content.decode()
    assert 'type="file"' in head.get(address("M09")).content.decode()
    answer = head.post(address("M09"), {"reason": "已办结"})
    assert answer.status_code == 422
    assert "本指标按方案需要佐证材料" in answer.content.decode()
    file = SimpleUploadedFile("办结单.xlsx", workbook(("件",), ("1",)))
    head.post(address("M09"), {"reason": "已办结", "evidence": file})
    assert Contest.objects.get().evidence == "办结单.xlsx"


def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(head: Client) -> None:
    file = SimpleUploadedFile("办结单.pdf", b"MZ nothing of the kind")
    answer = head.post(address("M09"), {"reason": "已办结", "evidence": file})
    assert answer.status_code == 422
    assert 'href="#evidence"' in answer.content.decode()
    assert not Contest.objects.exists()


def test_a_contest_is_taken_back(head: Client) -> None:
    head.post(address(), {"reason": "漏报一笔"})
    head.post(reverse("contest-withdraw", args=(Contest.objects.get().pk,)))
    assert Contest.objects.get().state == "withdrawn"
    assert "已撤回" in sheet(head)
    again = head.post(reverse("contest-withdraw", args=(Contest.objects.get().pk,)))
    assert again.status_code == 422


def test_the_outcome_stands_on_the_sheet(head: Client) -> None:
    head.post(address(), {"reason": "漏报一笔"})
    answer_contest(by=SYSTEM, contest=Contest.objects.get().pk, upheld=True, answer="核实无误", typed="39460")
    text = sheet(head)
    for words in ("已采纳", "核实无误", "已更正为 39460"):
        assert words in text


def test_a_contest_sent_twice_is_one_and_both_are_told_so(head: Client) -> None:
    key = head.get(address("M09")).content.decode().split('name="key" value="')[1].split('"')[0]
    content = workbook(("件",), ("1",))
    for _ in range(2):
        file = SimpleUploadedFile("办结单.xlsx", content)
        answer = head.post(address("M09"), {"reason": "已办结", "key": key, "evidence": file})
        assert answer.status_code == 302
    assert Contest.objects.count() == 1


def test_others_cannot_contest(client: Client, cycle: Cycle) -> None:
    for role, unit in ((Role.UNIT_HEAD, cycle.units["T03"]), (Role.OFFICE, None)):
        someone = make_user(f"a{role.value}", "甲")
        give(someone, role, unit)
        client.force_login(someone)
        assert client.get(address()).status_code == 404
        assert client.post(address(), {"reason": "x"}).status_code == 404
    assert not Contest.objects.exists()
