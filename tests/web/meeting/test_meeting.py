"""A meeting pack: promises that were kept or not, what changed, questions that rest on facts; for who sits there."""

from datetime import date
from html import unescape
from io import BytesIO

import docx
import pytest
from pytest_django import DjangoAssertNumQueries

from baton.assessment.actions.readers import add_reader
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.actions.tracking import answer_item, follow_up
from baton.assessment.choices import Movement, RunKind
from baton.assessment.models import Run, TrackedItem, UnitResult
from baton.core.acting import SYSTEM
from baton.core.models import User
from baton.org.choices import Role
from county import County, county
from reporting import client_of

__all__ = ["county"]

PAGE = "/results/2026-10/meeting"
MEASURES = "倒排工期，每周调度"


def month(county: County, period: str, inv: str) -> None:
    """A month in which 甲镇 has this investment, published."""
    county.on(date(int(period[:4]), int(period[5:]) + 1, 2))
    county.month(period)
    county.fill(period)
    county.enter("", "INV", {"T1": inv}, period)
    county.on(date(int(period[:4]), int(period[5:]) + 1, 24))
    score_month(by=SYSTEM, period=period, kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period=period)
    follow_up(period=period)


@pytest.fixture
def lagging(county: County) -> County:
    """甲镇 is behind for two months; it is the 24th of November."""
    month(county, "2026-09", "90")
    month(county, "2026-10", "85")
    return county


def promised(county: County, until: date) -> TrackedItem:
    item = TrackedItem.objects.get()
    answer_item(by=county.by("t1_head"), item=item.pk, cause="用地未批", measures=MEASURES, new_date=until)
    return item


def read(user: User, address: str = PAGE, status: int = 200) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_a_promise_that_was_not_kept_is_told_and_asked_after(lagging: County) -> None:
    promised(lagging, date(2026, 11, 30))
    page = read(lagging.people["leader"])
    assert "未到期" in page
    assert "承诺 2026-11-30 前完成" not in page
    lagging.on(date(2026, 12, 2))
    page = read(lagging.people["leader"])
    assert "到期未完成" in page
    assert "甲镇：“投资完成率”承诺 2026-11-30 前完成（措施：倒排工期，每周调度）" in page


def test_who_said_nothing_is_asked(lagging: County) -> None:
    page = read(lagging.people["office"])
    assert "甲镇：“投资完成率”列入滞后后一直没有说明原因和措施" in page
    assert "这段时间没有到期的承诺" in page


def test_a_promise_that_was_kept_stands_as_such(lagging: County) -> None:
    promised(lagging, date(2026, 12, 10))
    month(lagging, "2026-11", "100")
    page = read(lagging.people["leader"], "/results/2026-11/meeting?since=2026-11-25")
    assert "已赶上进度、销号 1 项" in page
    assert "没有需要专门追问的事" in page


def test_a_trial_is_told_as_such_and_usual_moves_are_no_news(lagging: County) -> None:
    add_reader(by=lagging.by("chief"), role=Role.OFFICE, reason="审定前复核")
    lagging.on(date(2026, 12, 2))
    lagging.month("2026-11")
    lagging.fill("2026-11")
    lagging.enter("", "HOT", {"T2": "70", "T3": "96"}, "2026-11")
    score_month(by=SYSTEM, period="2026-11", kind=RunKind.OFFICIAL)
    page = read(lagging.people["office"], "/results/2026-11/meeting")
    assert "试算，尚未印发" in page
    assert "各单位的变化都在正常波动以内" in page


def test_a_fall_beyond_the_usual_names_where_it_lies(lagging: County) -> None:
    run = Run.objects.get(month__period="2026-10", kind=RunKind.OFFICIAL)
    UnitResult.objects.filter(run=run, unit__code="T1").update(movement=Movement.WORSE)
    page = read(lagging.people["leader"])
    assert "甲镇：本月下滑主要在投资完成率" in page


def test_the_pack_is_for_who_sits_there(lagging: County) -> None:
    for who in ("t1_head", "d1", "official", "nobody"):
        read(lagging.people[who], status=403)
    assert "会议材料" in read(lagging.people["leader"], "/results/2026-10/")
    assert "会议材料" not in read(lagging.people["t1_head"], "/results/2026-10/")
    read(lagging.people["leader"], "/results/2026-12/meeting", status=404)


def test_the_word_file_says_what_the_page_says(lagging: County) -> None:
    promised(lagging, date(2026, 11, 30))
    lagging.on(date(2026, 12, 2))
    client = client_of(lagging.people["leader"])
    typed = {"since": "2026-11-20", "title": "十月调度会材料", "on": "2026-12-03", "authority": "县考核办"}
    answer = client.post(PAGE, typed)
    assert answer.status_code == 200
    document = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    said = "\n".join([one.text for one in document.paragraphs] + cells)
    assert "十月调度会材料" in said
    assert MEASURES in cells
    assert any("到期未完成" in cell for cell in cells)
    assert "承诺 2026-11-30 前完成" in said
    assert client.post(PAGE, typed | {"on": ""}).status_code == 422


def test_it_asks_few_questions_of_the_database(
    lagging: County, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    promised(lagging, date(2026, 11, 30))
    client = client_of(lagging.people["leader"])
    with django_assert_max_num_queries(25):
        assert client.get(PAGE).status_code == 200
