"""Special assessments by the API: what is asked, reported, checked and, once it is out, the result."""

from typing import Any

from baton.assessment.actions.special_scores import publish_special, score_special
from baton.assessment.choices import RunKind
from baton.assessment.models import SpecialChange
from baton.core import clock
from county import County
from special import opened, report

SAME = {"unit": "T1", "before": "90", "after": "90", "pieces": [["Z01", "60", "60", "0", "0"]], "figures": []}


def test_reported_checked_and_read_once_it_is_out(county: County, call_as: Any) -> None:
    special = opened(county)
    at = f"/specials/{special.pk}"
    assert [one["number"] for one in call_as("t1", "GET", "/specials")[1]["items"]] == ["考备〔2026〕1号"]
    assert call_as("d2", "GET", "/specials")[1]["items"] == []
    _, asked = call_as("d1", "GET", f"{at}/asked")
    assert len(asked) == 8
    cells = [one | {"value": "90" if one["figure"] == "target" else "30"} for one in asked]
    assert call_as("t1", "POST", f"{at}/figures", {"cells": cells})[0] == 422
    assert call_as("d1", "POST", f"{at}/figures", {"cells": cells})[1] == {"figures": 8}
    for unit in ("T1", "T2"):
        report(county, special, unit.lower(), (unit, "ZVIS", "actual", "2026-Q3", "10"))
    status, said = call_as("t1", "POST", f"{at}/checks/T1/contest", {"note": "应为 35"})
    assert (status, said["state"]) == (200, "contested")
    assert call_as("t1", "POST", f"{at}/checks/T1/sign")[0] == 422
    assert call_as("t1", "POST", f"{at}/checks/T2/sign")[0] == 404
    assert call_as("t2", "POST", f"{at}/checks/T2/sign")[1]["state"] == "signed"
    assert call_as("t1", "GET", f"{at}/results")[0] == 404
    assert call_as("d2", "GET", f"{at}/asked")[0] == 404


def test_a_result_that_is_out_has_ones_own_lines(county: County, call_as: Any, settings: Any) -> None:
    special = opened(county)
    months = ("2026-07", "2026-08", "2026-09")
    for unit in ("T1", "T2"):
        plan = (unit, "ZINV", "target", "2026", "90")
        report(county, special, "d1", plan, *((unit, "ZINV", "actual", month, "30") for month in months))
        report(county, special, unit.lower(), (unit, "ZVIS", "actual", "2026-Q3", "10"))
        call_as(unit.lower(), "POST", f"/specials/{special.pk}/checks/{unit}/sign")
    at = f"/specials/{special.pk}/reports"
    assert call_as("t1", "GET", at)[0] == 404
    _, reports = call_as("d1", "GET", at)
    assert [(one["series"], one["unit"], one["state"]) for one in reports] == [
        ("ZVIS", "T1", "waiting"),
        ("ZVIS", "T2", "waiting"),
    ]
    assert [one["value"] for one in reports[0]["figures"]] == ["10"]
    said = {"reports": [{"series": "ZVIS", "unit": one["unit"]} for one in reports], "verified": True}
    said["seen"] = max(one["seen"] for one in reports)
    assert call_as("t1", "POST", f"{at}/verify", said)[0] == 422
    assert call_as("d1", "POST", f"{at}/verify", said | {"verified": False})[0] == 422
    assert call_as("d1", "POST", f"{at}/verify", said)[1] == {"reports": 2}
    score_special(by=county.by("office"), special=special.pk, kind=RunKind.OFFICIAL)
    publish_special(by=county.by("chief"), special=special.pk, document="云考办发〔2026〕11号")
    _, found = call_as("t1", "GET", f"/specials/{special.pk}/results")
    assert {one["unit"]: bool(one["lines"]) for one in found} == {"T1": True, "T2": False}
    _, runs = call_as("t1", "GET", f"/specials/{special.pk}/runs")
    assert [(one["document"], one["withdrawn"]) for one in runs] == [("云考办发〔2026〕11号", False)]
    assert call_as("d2", "GET", f"/specials/{special.pk}/runs")[0] == 404
    one = runs[0]["id"]
    status, told = call_as("t1", "GET", f"/specials/{special.pk}/changes?first={one}&second={one}")
    assert (status, told["problems"][0]["code"]) == (422, "plans.change_not_made")
    SpecialChange.objects.create(first_id=one, second_id=one, at=clock.now(), units=[SAME])
    _, told = call_as("t1", "GET", f"/specials/{special.pk}/changes?first={one}&second={one}")
    assert [(row["unit"], row["values"], len(row["indicators"])) for row in told] == [("T1", "0", 1)]
