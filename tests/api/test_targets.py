"""Yearly targets by the API: read as on the pages, drafted for a person to sign, changed by request only."""

from typing import Any

import pytest
from django.test import Client

from aiming import Aiming, aiming
from baton.assessment.actions.targets.answering import accept_target
from baton.assessment.actions.targets.fixing import fix_targets
from baton.assessment.actions.targets.proposing import sign_targets
from baton.assessment.models import TargetAdjustment

__all__ = ["aiming"]
CHANGE = {"typed": "11000", "reason": "缓建", "document": "纪要5期"}


@pytest.fixture
def county(aiming: Aiming) -> Aiming:
    """The county, as the API's callers want it named."""
    aiming.call()
    return aiming


def test_a_target_is_drafted_by_key_and_signed_by_a_person(county: Aiming, call_as: Any) -> None:
    number = county.target().pk
    status, told = call_as("t1", "POST", f"/targets/{number}/draft", {"typed": "很多", "reason": " "})
    assert (status, len(told["problems"])) == (422, 2)
    assert call_as("t2", "POST", f"/targets/{number}/draft", {"typed": "9000", "reason": "x"})[0] == 422
    status, made = call_as("t1", "POST", f"/targets/{number}/draft", {"typed": "9000", "reason": "续建"})
    assert (status, made["state"], made["table"]) == (200, "open", "")
    sign_targets(by=county.by("t1_head"), targets=[number])
    _, page = call_as("d1", "GET", f"/targets/{number}")
    assert (page["table"], page["steps"][0]["reason"], page["flags"][0]["kind"]) == ("9000", "续建", "stretch_low")
    assert page["chance"] > 0.9
    assert call_as("t2", "GET", f"/targets/{number}")[0] == 404
    _, found = call_as("d1", "GET", "/targets?year=2026&state=proposed")
    assert [(one["id"], one["asks"]) for one in found["items"]] == [(number, 1)]
    assert call_as("t2", "GET", "/targets?unit=T1")[1]["items"] == []


def test_a_change_is_asked_for_once_and_the_whole_is_for_who_sees_all(
    county: Aiming, call_as: Any, client: Client
) -> None:
    number = county.target().pk
    call_as("t1", "POST", f"/targets/{number}/draft", {"typed": "11800", "reason": "续建"})
    sign_targets(by=county.by("t1_head"), targets=[number])
    accept_target(by=county.by("d1"), target=number)
    fix_targets(by=county.by("office"), targets=[number])
    assert call_as("t2", "GET", f"/targets/{number}")[1]["steps"] == []
    assert call_as("t1", "POST", f"/targets/{number}/adjustment", CHANGE)[0] == 422
    client.defaults["HTTP_IDEMPOTENCY_KEY"] = "k"
    for _ in range(2):
        status, made = call_as("t1_head", "POST", f"/targets/{number}/adjustment", CHANGE)
        assert (status, made["before"], made["state"]) == (200, "11800", "open")
    assert TargetAdjustment.objects.count() == 1
    assert len(call_as("d1", "GET", "/target-adjustments?state=open")[1]["items"]) == 1
    assert call_as("t2", "GET", "/target-adjustments")[1]["items"] == []
    _, whole = call_as("office", "GET", "/county-targets/2026")
    assert [(one["series"], one["whole"], one["told"], one["units"]) for one in whole] == [("INV", "11800", 1, 8)]
    assert call_as("t1", "GET", "/county-targets/2026")[1] == []
