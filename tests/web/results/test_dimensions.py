"""A county of many indicators: lights by dimension first, then the indicators of one dimension."""

from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.models import User
from baton.org.choices import Role
from month import make_result, make_units
from people import give

pytestmark = pytest.mark.django_db
BOARDS = import_module("baton.assessment.queries.looking.overview")
ADDRESS = ("results-month", ("2026-09",))


@pytest.fixture
def leader(client: Client, user: User, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A county leader, in a county whose two indicators are more than a board has room for."""
    monkeypatch.setattr(BOARDS, "_WIDEST", 1)
    make_result(user, make_units(6))
    give(user, Role.COUNTY_LEADER)
    client.force_login(user)
    return client


def test_many_indicators_are_shown_by_dimension_and_lead_to_theirs(leader: Client) -> None:
    page = leader.get(reverse(ADDRESS[0], args=ADDRESS[1])).content.decode()
    assert '<a href="?dimension=S">月度得分</a>' in page
    assert "先按维度亮灯" in page
    assert 'title="信访事项按期办结率"' not in page
    inside = leader.get(reverse(ADDRESS[0], args=ADDRESS[1]), {"dimension": "S"}).content.decode()
    assert 'title="信访事项按期办结率"' in inside
    assert "看全部维度" in inside
    assert "先按维度亮灯" not in inside


def test_a_dimension_that_is_none_shows_all(leader: Client) -> None:
    assert "先按维度亮灯" in leader.get(reverse(ADDRESS[0], args=ADDRESS[1]), {"dimension": "X"}).content.decode()


def test_few_indicators_are_shown_at_once(leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BOARDS, "_WIDEST", 2)
    page = leader.get(reverse(ADDRESS[0], args=ADDRESS[1])).content.decode()
    assert 'title="信访事项按期办结率"' in page
    assert "?dimension=" not in page
