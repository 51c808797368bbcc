"""Evaluation by the API: counts entered by the office, confirmed on a page, read by those who may."""

import json
from typing import Any

import pytest
from django.test import Client

from baton.assessment.actions.annual.tallies import confirm_tally
from baton.core.acting import SYSTEM
from baton.core.actions.tokens import issue_token
from baton.core.choices import Scope
from votes import LEADERS, SURVEY, county
from year import YearCounty

__all__ = ["county"]

COUNTS = {"issued": 22, "returned": 21, "valid": 20, "spoilt": 1, "abstained": 0}
LINE = {"unit": "T01", **COUNTS, "votes": {"优秀": 12, "良好": 6, "一般": 2}}


@pytest.fixture
def call_as(county: YearCounty, client: Client) -> Any:
    """Call an address as somebody of the county whose year is over."""

    def called(who: str, method: str, address: str, body: object = None) -> tuple[int, Any]:
        key = issue_token(by=SYSTEM, user=county.people[who], name=who, scopes=Scope)[1]
        headers = {"Authorization": f"Bearer {key}"}
        given = (method, f"/api/v1/years/2025/votes{address}", json.dumps(body or {}), "application/json")
        answer = client.generic(*given, headers=headers)
        return answer.status_code, answer.json()

    return called


def test_counts_are_entered_and_read_once_they_are_confirmed(county: YearCounty, call_as: Any) -> None:
    status, made = call_as("office", "POST", f"/{LEADERS}", {"lines": [LINE]})
    assert status == 200
    (first, _) = call_as("office", "GET", "")[1]
    assert (first["series"], first["least"], first["done"], first["waiting"]) == (LEADERS, 3, 0, True)
    assert call_as("office", "GET", f"/{LEADERS}") == (200, [])
    confirm_tally(by=county.by("chief"), tally=made["tally"])
    assert call_as("office", "GET", f"/{LEADERS}")[1] == [LINE | {"due": None, "mean": None}]
    survey = {"unit": "T02", **COUNTS, "mean": "92.35"}
    assert call_as("office", "POST", f"/{SURVEY}", {"lines": [survey]})[0] == 200
    wrong = {"lines": [LINE | {"valid": 19}]}
    status, told = call_as("office", "POST", f"/{LEADERS}", wrong)
    assert status == 422
    assert {one["code"] for one in told["problems"]} == {"tallies.returned_differ", "tallies.votes_differ"}
    status, told = call_as("office", "POST", f"/{LEADERS}", {"lines": [LINE, LINE]})
    assert (status, told["problems"][0]["code"]) == (422, "tallies.unit_twice")
    assert call_as("office", "POST", "/NONE", {"lines": [LINE]})[0] == 422


def test_others_read_nothing_and_enter_nothing(county: YearCounty, call_as: Any) -> None:
    for who in ("t01_head", "d1", "leader"):
        assert call_as(who, "GET", "")[0] == 404
        assert call_as(who, "GET", f"/{LEADERS}") == (200, [])
        assert call_as(who, "POST", f"/{LEADERS}", {"lines": [LINE]})[0] == 422
