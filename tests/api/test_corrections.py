"""Corrections by the API: asked for as on the page, told with every problem, listed to who may see them."""

from datetime import date
from typing import Any

import pytest

from baton.assessment.models import Correction, Figure
from county import County

ASKED = {"typed": "88", "reason": "漏扣一件"}


@pytest.fixture
def figure(county: County) -> Figure:
    """The hotline figure of T1, after its window."""
    county.month()
    county.fill()
    county.on(date(2026, 10, 25))
    return Figure.objects.current().get(unit__code="T1", series="HOT")


def test_a_correction_is_asked_for_listed_and_taken_back(figure: Figure, call_as: Any) -> None:
    status, made = call_as("d2", "POST", f"/figures/{figure.pk}/correction", form=ASKED)
    assert (status, made["before"], made["typed"], made["state"]) == (200, "95", "88", "open")
    _, found = call_as("d2", "GET", "/corrections?unit=T1&state=open")
    assert [one["id"] for one in found["items"]] == [made["id"]]
    assert call_as("t2", "GET", "/corrections")[1]["items"] == []
    again, told = call_as("d2", "POST", f"/figures/{figure.pk}/correction", form=ASKED)
    assert (again, told["problems"][0]["code"]) == (422, "assessment.correction_waits")
    assert call_as("t1", "POST", f"/corrections/{made['id']}/withdraw")[0] == 422
    status, back = call_as("d2", "POST", f"/corrections/{made['id']}/withdraw")
    assert (status, back["state"]) == (200, "withdrawn")


def test_whoever_does_not_report_it_and_what_changes_nothing_is_refused(figure: Figure, call_as: Any) -> None:
    wrong = [
        ("t1", ASKED, "assessment.not_yours"),
        ("d2", ASKED | {"typed": "95"}, "assessment.nothing_changed"),
        ("d2", ASKED | {"reason": " "}, "assessment.reason_lacking"),
    ]
    for who, given, code in wrong:
        status, told = call_as(who, "POST", f"/figures/{figure.pk}/correction", form=given)
        assert (status, told["problems"][0]["code"]) == (422, code)
    assert not Correction.objects.exists()
