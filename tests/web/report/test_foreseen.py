"""What figures would give is seen before they are entered: points, who is told apart, and places for readers only."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from baton.assessment.actions.below.entering import Typed
from baton.assessment.actions.figures import save_draft
from baton.assessment.models import Figure, ResultReader
from county import County
from reporting import client_of

ADDRESS = "/report/2026-09/D2/preview"
TOWNSHIPS = ("T1", "T2", "T3")


def draft(county: County, **typed: str) -> None:
    cells = [Typed(unit, "HOT", "actual", "2026-09", value) for unit, value in typed.items()]
    save_draft(by=county.by("d2"), period="2026-09", cells=cells)


def text(county: County, who: str = "d2", **headers: str) -> str:
    answer = client_of(county.people[who]).get(ADDRESS, headers=headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_points_are_those_that_the_drafts_would_give_and_nothing_is_kept(month: County) -> None:
    month.fill(hot="90")
    before = Figure.objects.count()
    draft(month, T1="88", T2="80")
    page = text(month)
    assert "热线办理" in page
    assert "3 个单位，3 种得分，1 个得满分" in page
    assert Figure.objects.count() == before
    assert "只给“审定前可看结果的名单”上的人看" in page


def test_it_says_where_an_indicator_would_tell_nobody_apart(month: County) -> None:
    month.fill(hot="90")
    draft(month, **dict.fromkeys(TOWNSHIPS, "85"))
    page = text(month)
    assert "3 个单位得分全部相同" in page
    assert "分不出高低" in page


def test_readers_see_places_and_scores_as_they_would_be(month: County) -> None:
    month.fill(hot="90")
    draft(month, T1="80")
    ResultReader.objects.create(user=month.people["d2"], valid_from=date(2026, 1, 1), reason="参与审定")
    page = text(month)
    assert "全县各组总分和名次会怎样" in page
    assert "乡镇组" in page
    assert page.count('<td class="number">100.00</td>') >= 3


def test_the_check_loads_it_and_without_a_script_it_is_a_page(month: County) -> None:
    draft(month, T1="88")
    check = client_of(month.people["d2"]).get(reverse("report-check", args=["2026-09", "D2"])).content.decode()
    assert f'hx-get="{ADDRESS}"' in check
    assert f'href="{ADDRESS}"' in check
    assert "<html" in text(month)
    part = text(month, **{"HX-Request": "true"})
    assert "<html" not in part
    assert 'id="foreseen"' in part


@pytest.mark.parametrize(("who", "status"), [("t1", 403), ("leader", 403), ("nobody", 403), ("office", 200)])
def test_it_is_for_who_reports_and_the_office(month: County, who: str, status: int) -> None:
    assert client_of(month.people[who]).get(ADDRESS).status_code == status
