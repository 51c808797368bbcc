"""The plan of assessments by the API: proposed and listed as on the pages, burdens told to who may see them."""

from typing import Any

from baton.assessment.actions.plans import approve_plan
from county import County

ITEM = {
    "kind": "check",
    "title": "耕地保护检查",
    "organiser": "D1",
    "units": ["T1", "T2"],
    "opens": "2026-10-10",
    "closes": "2026-10-20",
    "basis": "市里通知",
}


def test_an_item_is_proposed_once_and_listed_to_who_may_see_it(county: County, call_as: Any) -> None:
    status, made = call_as("d1", "POST", "/plan/items", ITEM)
    assert (status, made["state"], made["units"], made["number"]) == (200, "proposed", 2, "")
    assert call_as("t1", "GET", "/plan/items")[1]["items"] == []
    approve_plan(by=county.by("chief"), year=2026, document="云委办发〔2026〕3号")
    _, found = call_as("t1", "GET", "/plan/items?year=2026&unit=T1&state=approved")
    assert [one["number"] for one in found["items"]] == ["考备〔2026〕1号"]
    assert call_as("t1", "GET", "/plan/items?unit=T3")[1]["items"] == []
    status, told = call_as("d1", "POST", "/plan/items", ITEM)
    assert (status, told["problems"][0]["code"]) == (422, "plans.reason_lacking")


def test_others_and_unknown_units_are_refused(county: County, call_as: Any) -> None:
    assert call_as("t1", "POST", "/plan/items", ITEM)[0] == 422
    status, told = call_as("d1", "POST", "/plan/items", ITEM | {"units": ["X9"]})
    assert (status, told["problems"][0]["code"]) == (422, "assessment.unit_not_in_list")


def test_burdens_are_told_of_ones_own_units(county: County, call_as: Any) -> None:
    call_as("d1", "POST", "/plan/items", ITEM)
    _, own = call_as("t1", "GET", "/burdens")
    assert own == [
        {"unit": "T1", "checks_this_quarter": 0, "checks_this_year": 0, "figures": 12, "files": 0, "fresh": None}
    ]
    _, all_ = call_as("office", "GET", "/burdens")
    assert {one["unit"]: one["checks_this_year"] for one in all_} == {"T1": 1, "T2": 1, "T3": 0}
