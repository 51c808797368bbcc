"""Objections by the API: lodged by a head, listed to who may read them; and why scores changed."""

from decimal import Decimal
from typing import Any

from baton.assessment.actions.corrections import ask_for_correction, decide_correction
from baton.assessment.actions.scores import publish_month, score_month, withdraw_publication
from baton.assessment.choices import RunKind
from baton.assessment.models import Figure
from county import County

PERIOD = "2026-09"


def test_an_objection_is_lodged_listed_and_taken_back(county: County, call_as: Any) -> None:
    county.published()
    figure = Figure.objects.current().get(unit__code="T1", series="HOT").pk
    given = {"unit": "T1", "kind": "figure", "indicator": "M02", "figure": figure, "reason": "漏计三件"}
    status, made = call_as("t1_head", "POST", f"/months/{PERIOD}/objections", form=given)
    assert (status, made["number"], made["state"]) == (200, "YY2026-09-1-01", "lodged")
    assert [one["id"] for one in call_as("office", "GET", f"/objections?period={PERIOD}")[1]["items"]] == [made["id"]]
    assert call_as("t2", "GET", "/objections?state=lodged")[1]["items"] == []
    again, told = call_as("t1_head", "POST", f"/months/{PERIOD}/objections", form=given)
    assert (again, told["problems"][0]["code"]) == (422, "objections.objected_already")
    assert call_as("t2_head", "POST", f"/objections/{made['id']}/withdraw")[0] == 422
    assert call_as("t1_head", "POST", f"/objections/{made['id']}/withdraw")[1]["state"] == "withdrawn"
    assert call_as("t1_head", "POST", f"/months/{PERIOD}/objections", form=given | {"unit": "NO"})[0] == 404


def test_why_scores_changed_adds_up(county: County, call_as: Any) -> None:
    county.published()
    stands = Figure.objects.current().get(unit__code="T1", series="HOT").pk
    row = ask_for_correction(by=county.by("d2"), figure=stands, typed="80", reason="漏扣")
    decide_correction(by=county.by("office"), correction=row.pk, confirmed=True)
    withdraw_publication(by=county.by("chief"), period=PERIOD, reason="更正")
    score_month(by=county.by("office"), period=PERIOD, kind=RunKind.OFFICIAL)
    publish_month(by=county.by("chief"), period=PERIOD)
    address = f"/results/changes?first={PERIOD}.1&second={PERIOD}"
    _, found = call_as("t2", "GET", address)
    assert {one["unit"] for one in found} == {"T1", "T2", "T3", "D1", "D2"}
    for one in found:
        assert sum(map(Decimal, one["parts"].values())) == Decimal(one["after"]) - Decimal(one["before"])
    (mine,) = call_as("t2", "GET", f"{address}&unit=T1")[1]
    assert Decimal(mine["parts"]["values"]) < 0
    assert call_as("nobody", "GET", address)[0] == 404
