"""A group without a monthly node: its units are told so on their page, at home, and in the league tables."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.models import PastResult, SchemeText
from baton.core.models import User
from baton.engine.scheme.model import Scheme
from baton.engine.scheme.text import to_yaml
from baton.org.choices import Role
from month import make_result, make_units
from people import give, make_unit

pytestmark = pytest.mark.django_db
PERIOD = "2026-09"


@pytest.fixture
def commander(client: Client, user: User) -> Client:
    """The head of a command HQ, which is scored once a year, signed in; September is out."""
    run = make_result(user, make_units(6), PERIOD)
    scheme = run.scheme.scheme
    data: dict[str, Any] = scheme.model_dump(mode="json", exclude_none=True)
    data["groups"].append({"code": "ZH", "name": "指挥部", "root": "Z"})
    data["units"].append({"code": "H01", "name": "强产业指挥部", "group": "ZH"})
    data["nodes"].append({"code": "Z", "name": "专项"})
    extra = {"code": "Z01", "name": "项目开工", "parent": "Z", "points": {"ZH": 100}, "rule": {"kind": "completion"}}
    data["indicators"].append(extra)
    text = to_yaml(Scheme.model_validate(data))
    version = run.scheme
    SchemeText.objects.filter(pk=version.pk).update(text=text)
    type(version).objects.filter(pk=version.pk).update(digest="0" * 64)
    give(user, Role.UNIT_HEAD, make_unit("H01", "强产业指挥部"))
    client.force_login(user)
    return client


def text(client: Client, name: str, *given: str) -> str:
    answer = client.get(reverse(name, args=given))
    assert answer.status_code == 200
    return answer.content.decode()


def test_its_page_says_that_it_is_assessed_once_a_year(commander: Client, user: User) -> None:
    page = text(commander, "unit-result", PERIOD, "H01")
    assert "指挥部按年度考核" in page
    PastResult.objects.create(unit=user.assignments.get().unit, period="2025", score=91, full=100, rank=1)
    assert "91.00" in text(commander, "unit-result", PERIOD, "H01")


def test_home_says_so_instead_of_nothing(commander: Client) -> None:
    assert "强产业指挥部：指挥部按年度考核" in text(commander, "home")


def test_league_tables_name_the_group_and_the_filter_does_not_lead_into_nothing(commander: Client) -> None:
    page = text(commander, "league", PERIOD)
    assert "指挥部按年度考核，不排月度名次" in page
    only = commander.get(reverse("league", args=[PERIOD]), {"group": "ZH"}).content.decode()
    assert "指挥部按年度考核，不排月度名次" in only
    assert "没有您可以查看的结果" not in only
    other = commander.get(reverse("league", args=[PERIOD]), {"group": "TA"}).content.decode()
    assert "不排月度名次" not in other


def test_a_unit_that_no_scheme_names_is_not_found(commander: Client) -> None:
    make_unit("X99", "别处")
    assert commander.get(reverse("unit-result", args=[PERIOD, "X99"])).status_code == 404
