"""Where the score would rise most: by how much, and nothing where points do not add up to the score."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from baton.assessment.models import LeafResult, UnitResult
from baton.assessment.queries import looking
from baton.core.models import User
from baton.org.choices import Role
from month import make_result, make_units
from people import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client, user: User) -> Client:
    """Who sees the county; T001 and T003 share a group, points are set so that they add up."""
    make_result(user, make_units(6))
    for unit, points in {"T001": (30, 45), "T003": (48, 45), "T005": (40, 50)}.items():
        for indicator, own in zip(("M01", "M09"), points, strict=True):
            LeafResult.objects.filter(unit__code=unit, indicator=indicator).update(points=own, full=50)
        UnitResult.objects.filter(unit__code=unit).update(score=sum(points), full=100)
    give(user, Role.COUNTY_LEADER)
    client.force_login(user)
    return client


def room(user: User, unit: str) -> list[tuple[str, Decimal, Decimal]]:
    shown = looking.shown_month(user, "2026-09")
    assert shown is not None
    page = looking.unit_page(user, shown, unit)
    assert page is not None
    return [(one.line.indicator.code, one.reach, one.lost) for one in page.room]


def test_what_others_of_the_group_have_reached_comes_first(leader: Client, user: User) -> None:
    assert room(user, "T001") == [("M01", Decimal(18), Decimal(20)), ("M09", Decimal(5), Decimal(5))]
    assert room(user, "T003") == [("M09", Decimal(5), Decimal(5)), ("M01", Decimal(0), Decimal(2))]
    assert room(user, "T005") == [("M01", Decimal(8), Decimal(10))], "full marks leave no room"


def test_points_shared_out_are_worth_more(leader: Client, user: User) -> None:
    LeafResult.objects.filter(unit__code="T001", indicator="M09").update(points=None)
    UnitResult.objects.filter(unit__code="T001").update(score=60)
    assert room(user, "T001") == [("M01", Decimal(36), Decimal(40))]


def test_a_score_that_is_no_sum_of_points_tells_of_no_room(leader: Client, user: User) -> None:
    UnitResult.objects.filter(unit__code="T001").update(score=Decimal("71.3"))
    assert room(user, "T001") == []
    UnitResult.objects.filter(unit__code="T001").update(score=None)
    assert room(user, "T001") == []


def test_it_stands_on_the_page_of_the_unit(leader: Client) -> None:
    page = leader.get(reverse("unit-result", args=("2026-09", "T001"))).content.decode()
    assert "哪几项最能提分" in page
    assert "+18" in page
