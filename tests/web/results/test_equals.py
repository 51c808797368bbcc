"""Everyone equal before the rules: a unit's own sum, and the published figures of the others in its group."""

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.actions.figures import correct_figure
from baton.assessment.actions.scores import publish_month, score_month
from baton.assessment.choices import RunKind
from baton.assessment.models import Figure
from county import County, county

__all__ = ["county"]
pytestmark = pytest.mark.django_db
PERIOD = "2026-09"


def trace(county: County, who: str, unit: str = "T1", code: str = "M02") -> str:
    client = Client()
    client.force_login(county.people[who])
    return client.get(reverse("trace", args=[PERIOD, unit, code])).content.decode()


def test_a_unit_does_its_own_sum_again(county: County) -> None:
    county.month()
    county.fill(hot="80")
    score_month(by=county.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period=PERIOD)
    sum_ = trace(county, "t1").split("怎么算")[1].split("</dd>")[0]
    # 10 short of the line of 90, 0.05 of 20 points each
    assert "20 − 1 × (90 − 80)" in sum_, sum_
    assert "= 10" in sum_


@pytest.mark.parametrize(("who", "sees"), [("t2", True), ("t2_head", True), ("d1_clerk", False)])
def test_others_of_the_group_see_the_published_figures_without_persons(county: County, who: str, sees: bool) -> None:
    county.published()
    page = trace(county, who)
    assert ("同组其他单位的数" in page) == sees
    assert ("热线得分</td>" in page) == sees
    assert "政府办填报" not in page


def test_what_was_changed_since_is_not_out(county: County) -> None:
    county.published()
    stands = Figure.objects.current().get(unit__code="T1", series="HOT")
    correct_figure(by=county.by("office"), figure=stands.pk, typed="71.03", reason="尚未公布的更正")
    page = trace(county, "t2")
    assert "95" in page
    assert "71.03" not in page
    assert "尚未公布的更正" not in page


def test_before_a_result_is_out_nobody_sees_the_figures_of_others(county: County) -> None:
    county.month()
    county.fill()
    client = Client()
    client.force_login(county.people["t2"])
    assert client.get(reverse("trace", args=[PERIOD, "T1", "M02"])).status_code == 404


def test_from_the_rank_to_the_figure_of_another_in_three_clicks(county: County) -> None:
    county.published()
    client = Client()
    client.force_login(county.people["t2"])
    league = client.get(reverse("league", args=[PERIOD])).content.decode()
    assert reverse("unit-result", args=[PERIOD, "T1"]) in league
    unit = client.get(reverse("unit-result", args=[PERIOD, "T1"])).content.decode()
    assert reverse("trace", args=[PERIOD, "T1", "M02"]) in unit
    assert "热线得分</td>" in trace(county, "t2")
