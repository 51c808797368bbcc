"""Checking by the API: the sheet, a contest, the signature under what was seen."""

from datetime import date
from typing import Any

import pytest

from baton.assessment.models import Check
from county import County


@pytest.fixture
def checked(county: County) -> County:
    county.month()
    county.fill()
    return county.on(date(2026, 10, 9))


def test_a_unit_signs_what_it_saw(checked: County, call_as: Any) -> None:
    status, sheet = call_as("t1_head", "GET", "/months/2026-09/checks/T1")
    assert status == 200
    assert (sheet["unit"], sheet["to_sign"], sheet["receipt"]) == ("T1", True, None)
    assert {one["series"] for one in sheet["figures"]} == {"HOT", "INV"}
    sign = {"unit": "T1", "seen": sheet["seen"]}
    hotline = next(one["id"] for one in sheet["figures"] if one["series"] == "HOT")
    assert call_as("t1_head", "POST", f"/figures/{hotline}/contest", {"reason": "少计一件"})[0] == 200
    assert call_as("t1_head", "GET", "/months/2026-09/checks/T1")[1]["contested"] == [hotline]
    assert call_as("t1_head", "POST", "/months/2026-09/checks", sign | {"seen": "x"})[0] == 422
    status, signed = call_as("t1_head", "POST", "/months/2026-09/checks", sign)
    assert (status, signed["receipt"]) == (200, Check.objects.get().receipt)
    assert call_as("t1_head", "GET", "/months/2026-09/checks/T1")[1]["receipt"] == signed["receipt"]


def test_a_sheet_is_for_its_unit_and_readers_of_the_county(checked: County, call_as: Any) -> None:
    assert call_as("t2", "GET", "/months/2026-09/checks/T1")[0] == 404
    assert call_as("t1", "GET", "/months/2026-08/checks/T1")[0] == 404
    assert call_as("t1", "GET", "/months/2026-09/checks/T9")[0] == 404
    assert call_as("office", "GET", "/months/2026-09/checks/T1")[0] == 200
    assert call_as("t2_head", "POST", "/months/2026-09/checks", {"unit": "T1", "seen": ""})[0] == 422
