"""The ledger by the API: noted as on the page, read by who may, with every problem told."""

from typing import Any

from baton.assessment.models import LedgerEntry
from county import County

EVENT = {"unit": "T1", "item": "V1", "on": "2026-09-20", "indicator": "M01", "document": "省统计局〔2026〕5号"}


def test_a_veto_is_noted_with_the_indicator_it_sets_to_zero(county: County, call_as: Any) -> None:
    status, made = call_as("d2", "POST", "/ledger", EVENT)
    assert (status, made["indicator"], made["state"]) == (200, "M01", "noted")
    assert LedgerEntry.objects.get(pk=made["id"]).indicator == "M01"
    _, found = call_as("d2", "GET", "/ledger?unit=T1")
    assert [one["item"] for one in found["items"]] == ["V1"]
    assert call_as("t1", "GET", "/ledger")[1]["items"] == [], "before it was announced"


def test_what_the_engine_would_refuse_is_told(county: County, call_as: Any) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"indicator": ""}, "engine.event_indicator_missing"),
        ({"unit": "T9"}, "assessment.unit_unknown"),
        ({"item": "K9"}, "assessment.item_unknown"),
        ({"item": "K2", "quantity": "-1"}, "engine.event_quantity_negative"),
    ]
    for given, code in wrong:
        status, told = call_as("office", "POST", "/ledger", EVENT | given)
        assert (status, told["problems"][0]["code"]) == (422, code)
    assert call_as("t1", "POST", "/ledger", EVENT)[0] == 422, "a township leads no item"
    assert not LedgerEntry.objects.exists()
