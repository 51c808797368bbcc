"""Answering contests: by whoever verifies, in writing, never by the unit that contests."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.checks import contest
from baton.assessment.models import Contest, Figure
from baton.core.acting import SYSTEM
from baton.core.models import User
from baton.org.choices import Role
from cycle import PERIOD, Cycle, make_cycle
from people import give, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(settings: Any) -> Contest:
    """T02 contests what D21 reported."""
    cycle = make_cycle()
    return contest(by=SYSTEM, figure=cycle.figure("T02").pk, reason="漏报一笔", claimed="39460")


@pytest.fixture
def judge(client: Client, user: User, row: Contest) -> Client:
    """Who verifies for D21, signed in."""
    give(user, Role.VERIFIER, Figure.objects.get().batch.unit)
    client.force_login(user)
    return client


def address(row: Contest) -> str:
    return reverse("contest-answer", args=(row.pk,))


def test_it_stands_on_the_desk_with_its_day(judge: Client, row: Contest) -> None:
    text = judge.get(reverse("verify-month", args=(PERIOD,))).content.decode()
    assert "柳林驿2镇对“固定资产投资（不含农户）序时完成率”提出异议" in text
    assert address(row) in text


def test_upheld_the_figure_is_put_right(judge: Client, row: Contest) -> None:
    text = judge.get(address(row)).content.decode()
    assert "漏报一笔" in text
    assert 'value="39460"' in text
    judge.post(address(row), {"upheld": "yes", "typed": "39460", "answer": "核实属实"})
    row.refresh_from_db()
    assert (row.state, row.answer) == ("upheld", "核实属实")
    assert Figure.objects.current().get().value == "39460"
    assert "这条异议已经有结论" in judge.get(address(row)).content.decode()


def test_rejected_the_figure_stands(judge: Client, row: Contest) -> None:
    judge.post(address(row), {"upheld": "no", "typed": "39460", "answer": "统计口径不含"})
    row.refresh_from_db()
    assert row.state == "rejected"
    assert Figure.objects.get().value == "39450"


def test_an_answer_wants_a_choice_and_words(judge: Client, row: Contest) -> None:
    answer = judge.post(address(row), {"answer": "再核"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有选择是否采纳" in text
    assert 'href="#upheld-yes"' in text
    assert "再核" in text
    assert judge.post(address(row), {"upheld": "yes", "typed": "", "answer": ""}).status_code == 422
    row.refresh_from_db()
    assert row.state == "open"


def test_neither_the_unit_nor_other_departments_answer(client: Client, row: Contest) -> None:
    cycle = Cycle(row.month)
    for number, (role, unit) in enumerate(((Role.UNIT_HEAD, row.unit), (Role.VERIFIER, row.unit))):
        someone = make_user(f"a{number}", "甲")
        give(someone, role, unit)
        client.force_login(someone)
        assert client.get(address(row)).status_code == 404
        assert client.post(address(row), {"upheld": "no", "answer": "x"}).status_code == 404
    assert cycle.month.contests.get().state == "open"
