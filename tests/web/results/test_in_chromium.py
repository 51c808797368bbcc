"""A unit with its peers, its earlier years and how sure its place is, in a real Chromium, at both widths."""

import pytest
from django.urls import reverse

from baton.assessment.models import PastResult, UnitResult
from baton.core.acting import Actor
from baton.core.actions.views import save_view
from baton.core.models import User
from baton.org.choices import Role
from baton.web.results.my_peers import PAGE
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from month import make_result, make_units
from people import give

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERIOD = "2026-09"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_unit_among_its_peers_and_years(open_page: Open, user: User, size: dict[str, int]) -> None:
    units = make_units(8)
    make_result(user, units, "2026-08")
    make_result(user, units, PERIOD)
    UnitResult.objects.update(best=1, worst=4, band=1)
    give(user, Role.UNIT_HEAD, units[0])
    for period in ("2024", "2025", "2025-11", "2025-12"):
        held = {"score": 90, "full": 100, "rank": 2, "grade": "良好", "document": "云委发〔2026〕3号"}
        PastResult.objects.create(unit=units[0], period=period, **held)
    save_view(by=Actor(user), page=PAGE, name="邻近乡镇", query="units=T001&units=T002", opens=True)
    for address in (
        reverse("unit-result", args=[PERIOD, "T000"]),
        reverse("peers", args=[PERIOD]),
        reverse("compare") + "?unit=T000&unit2=T001",
        reverse("league", args=[PERIOD]),
        reverse("earlier-held"),
    ):
        page = open_page(address, user, size)
        accessible(page)
        no_sideways(page)
