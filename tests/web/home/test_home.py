"""The home page is the inbox: what waits for whom, until when, one click away."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from baton.assessment.actions.submissions import act_on_report, fill_report
from baton.assessment.choices import Verb
from baton.assessment.models import Submission
from county import County
from reporting import client_of

MOST_QUERIES = 30
"""Of a page that gathers what waits in every room; lists have 25."""


def page(county: County, who: str, language: str = "zh") -> str:
    answer = client_of(county.people[who], language).get("/")
    assert answer.status_code == 200
    text = unescape(answer.content.decode())
    return text[text.index("<main") : text.index("</main>")]


def links(text: str) -> dict[str, str]:
    """Give what is to be done by its words: where it is done."""
    return {words: address for address, words in re.findall(r'<a class="grow[^>]*href="([^"]+)">([^<]+)</a>', text)}


def test_a_department_is_led_to_its_grid(month: County) -> None:
    text = page(month, "d2")
    found = {words: address for words, address in links(text).items() if address == "/report/2026-09/D2"}
    assert list(found) == ["政府办：2026年9月 还有 4 个数据要报"]
    assert "还剩 1 个工作日" in text or "个工作日" in text


def test_a_clerk_is_led_to_the_report_and_told_how_little_there_is(month: County) -> None:
    report = Submission.objects.get(unit=month.units["T1"], series="ARB")
    text = page(month, "t1")
    assert f"/report/own/{report.pk}" in links(text).values()
    assert "自己填报 1 项，新增 0 项；另有 2 项" in text


def test_what_came_back_says_why(month: County) -> None:
    report = Submission.objects.get(unit=month.units["T1"], series="ARB")
    fill_report(by=month.by("t1"), report=report.pk, values={"actual:2026-09": "9"})
    act_on_report(by=month.by("t1"), report=report.pk, verb=Verb.SUBMIT)
    assert f"/report/own/{report.pk}" not in page(month, "t1")
    assert f"/report/own/{report.pk}" in page(month, "t1_leader")
    act_on_report(by=month.by("t1_leader"), report=report.pk, verb=Verb.RETURN, reason="面积不对")
    assert "被退回：面积不对" in page(month, "t1")


def test_the_countdown_changes_its_words(month: County) -> None:
    def due(day: int) -> str:
        month.on(date(2026, 10, day))
        return page(month, "t1")

    assert "个工作日" in due(2)
    assert "今天截止，还剩" in due(9) or "截止" in due(9)


@pytest.mark.parametrize("who", ["official", "nobody", "leader"])
def test_nothing_to_do_is_said_kindly(month: County, who: str) -> None:
    text = page(month, who)
    assert "现在没有要办的事" in text
    assert not links(text)


@pytest.mark.parametrize("who", ["chief", "office", "d1", "d2", "t1", "t1_head", "leader", "official"])
def test_few_queries_for_everybody(month: County, who: str, django_assert_max_num_queries: Any) -> None:
    month.enter("d2", "HOT", {"T1": "95"})
    client = client_of(month.people[who])
    client.get("/")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get("/").status_code == 200


def test_every_line_leads_to_a_page_that_opens(month: County) -> None:
    month.on(date(2026, 10, 26))
    for who in ("chief", "office", "d1", "d2", "t1", "t1_head"):
        client = client_of(month.people[who])
        for words, address in links(page(month, who)).items():
            assert client.get(address, follow=True).status_code == 200, (who, words, address)


def test_english_speaks_english(month: County) -> None:
    text = page(month, "t1", "en")
    names = {"甲镇", "耕地整改"}
    assert {one for one in re.findall(r"[\u4e00-\u9fff]+", text) if one not in names} == set()
