"""Pages of corrections in a real Chromium, at the desk and on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from baton.assessment.actions.corrections import ask_for_correction
from baton.assessment.models import Figure
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from county import County, make_county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERIOD = "2026-09"


@pytest.fixture
def closed(transactional_db: None, settings: Any) -> County:
    """September reported and published; it is the 25th of October."""
    return make_county(settings).published()


def stands(unit: str) -> Figure:
    return Figure.objects.current().get(unit__code=unit, series="HOT")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_correction_is_asked_for_and_confirmed(open_page: Open, closed: County, size: dict[str, int]) -> None:
    row = ask_for_correction(by=closed.by("d2"), figure=stands("T1").pk, typed="88", reason="漏扣一件")
    for address in (
        reverse("corrections"),
        reverse("correct", args=[stands("T2").pk]),
        reverse("report-grid", args=[PERIOD, "D2"]),
    ):
        page = open_page(address, closed.people["d2"], size)
        accessible(page)
        no_sideways(page)
    page = open_page(reverse("correction", args=[row.pk]), closed.people["office"], size)
    accessible(page)
    no_sideways(page)
    page.get_by_label("同意，改用更正后的数").check()
    page.get_by_role("button", name="提交").click()
    page.get_by_text("已更正；已计分的月份会自动重算").wait_for()
    page = open_page(reverse("trace", args=[PERIOD, "T1", "M02"]), closed.people["t1_head"], size)
    accessible(page)
    no_sideways(page)
