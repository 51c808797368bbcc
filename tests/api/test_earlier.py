"""Earlier years by the API: brought in whole, held against what is there, taken back whole."""

from decimal import Decimal
from typing import Any

from baton.assessment.models import Figure, PastResult
from county import County

CELL = {"unit": "T1", "series": "HOT", "period": "2025-09", "value": "88.5"}
RESULT = {"unit": "T1", "period": "2025", "score": "91.25", "rank": "1", "grade": "优秀"}


def test_figures_come_in_once_and_go_back_as_one_step(county: County, call_as: Any) -> None:
    county.month()
    given = {"figures": [CELL, CELL | {"unit": "T2", "value": None}]}
    status, made = call_as("office", "POST", "/earlier/figures", given)
    assert status == 200
    figures = Figure.objects.filter(batch=made["batch"]).order_by("unit__code")
    assert [(one.value, one.absent) for one in figures] == [("88.5", ""), ("", "none")]
    status, told = call_as("office", "POST", "/earlier/figures", given)
    assert (status, told["problems"][0]["code"]) == (422, "assessment.there_already")
    assert call_as("office", "POST", f"/earlier/figures/{made['batch']}/undo")[0] == 200
    assert not Figure.objects.counting().exists()


def test_results_come_in_with_their_document_and_go_back(county: County, call_as: Any) -> None:
    given = {"document": "县委发3号", "results": [RESULT]}
    status, made = call_as("office", "POST", "/earlier/results", given)
    assert status == 200
    row = PastResult.objects.get()
    assert (row.score, row.full, row.rank, row.grade) == (Decimal("91.25"), 100, 1, "优秀")
    assert call_as("office", "POST", f"/earlier/results/{made['brought']}/undo")[0] == 200
    assert not PastResult.objects.exists()


def test_it_is_the_offices_and_says_what_is_wrong(county: County, call_as: Any) -> None:
    county.month()
    assert call_as("d2", "POST", "/earlier/figures", {"figures": [CELL]})[0] == 422
    assert call_as("d2", "POST", "/earlier/results", {"document": "文", "results": [RESULT]})[0] == 422
    wrong = {"figures": [CELL | {"unit": "T9"}, CELL | {"period": "2026-09"}]}
    status, told = call_as("office", "POST", "/earlier/figures", wrong)
    codes = [one["code"] for one in told["problems"]]
    assert (status, codes) == (422, ["assessment.unit_not_in_list", "assessment.month_is_open"])
    status, told = call_as("office", "POST", "/earlier/figures", {"figures": [CELL | {"period": "去年"}]})
    assert (status, told["problems"][0]["code"]) == (422, "api.not_as_described")
    assert not Figure.objects.exists()


def test_an_address_that_no_database_keeps_is_refused(county: County, call_as: Any) -> None:
    status, told = call_as("office", "GET", "/months/2026-09%00/results")
    assert (status, told["problems"][0]["code"]) == (422, "api.odd_character")


def test_an_address_that_leads_nowhere_is_answered_in_the_same_shape(county: County, call_as: Any) -> None:
    status, told = call_as("office", "GET", "/nowhere")
    assert (status, told["problems"][0]["code"]) == (404, "api.not_there")


def test_what_no_call_ever_sees_is_refused_in_the_same_shape(client: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    answer = client.get("/api/v1/months", headers={"host": "elsewhere.invalid"})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (400, "api.not_readable")
