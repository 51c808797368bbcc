"""The newest result on the first page: one's own units with score, place and light; the county in lights."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.models import Month, UnitResult
from baton.core.models import User
from baton.org.choices import Role
from month import make_result, make_units
from people import give, make_user

pytestmark = pytest.mark.django_db


def test_a_unit_head_finds_the_own_unit_and_a_leader_the_county(client: Client, user: User, settings: Any) -> None:
    assert "月结果" not in shown(client, user)
    units = make_units(6)
    make_result(make_user("zhouhe", "周禾"), units)
    Month.objects.update(state="published")
    give(user, Role.UNIT_HEAD, units[0])
    row = UnitResult.objects.select_related("unit").get(unit=units[0])
    text = shown(client, user)
    assert f"{row.unit.name}</a>" in text
    assert f"组内第 {row.rank:f}".rstrip("0").rstrip(".") in text
    leader = make_user("xianlingdao", "江望舒")
    give(leader, Role.COUNTY_LEADER)
    text = shown(client, leader)
    assert "组内第" not in text
    assert reverse("results") in text
    assert "绿灯" in text


def shown(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get(reverse("home")).content.decode()
