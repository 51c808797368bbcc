"""Pages of the desks in real Chromium, at both widths, with long names: accessible, no sideways scrolling."""

from typing import Any

import pytest
from django.urls import reverse

from baton.assessment.actions.checks import contest
from baton.assessment.models import Window
from baton.core.acting import SYSTEM
from baton.core.models import User
from baton.org.choices import Role
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from cycle import PERIOD, Cycle, in_october, make_cycle
from people import give, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def office_with(cycle: Cycle) -> User:
    head = make_user("zhouhe", "周禾")
    give(head, Role.OFFICE_HEAD)
    give(head, Role.VERIFIER, cycle.units["D26"])
    return head


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_pages_of_the_office_and_of_verifiers(open_page: Open, settings: Any, viewport: dict[str, int]) -> None:
    cycle = make_cycle(4, day=7)
    contested = contest_of(cycle)
    cycle.own("T01", "110")
    cycle.own("T02", "120")
    head = office_with(cycle)
    addresses = [reverse(name, args=(PERIOD,)) for name in ("office-month", "windows", "publish", "withdraw")]
    addresses += [reverse("contest-answer", args=(contested,)), reverse("result-readers"), reverse("verify")]
    addresses += [
        reverse("window-reopen", args=(cycle.window("report", "T01").pk,)),
        reverse("bulletin-template", args=(PERIOD,)),
        reverse("track-task"),
    ]
    page = open_page("/", head, viewport)
    host = page.url.rstrip("/")
    for address in addresses:
        page.goto(host + address)
        assert page.locator("h1").count() == 1, address
        accessible(page)
        no_sideways(page)


def contest_of(cycle: Cycle) -> int:
    Window.objects.filter(stage="check").update(opens=in_october(1))
    return contest(by=SYSTEM, figure=cycle.figure("T01").pk, reason="漏报一笔", claimed="39460").pk


def test_many_are_approved_by_ticking_all(open_page: Open, settings: Any) -> None:
    cycle = make_cycle(4, day=7)
    for number in (1, 2, 3, 4):
        cycle.own(f"T0{number}", f"{110 + number}")
    page = open_page(reverse("verify-month", args=(PERIOD,)), office_with(cycle), PHONE)
    page.get_by_label("全选").check()
    follow(page.get_by_role("button", name="同意"))
    assert page.get_by_role("heading", name="同意：将影响 4 条").is_visible()
    accessible(page)
    no_sideways(page)
    page.get_by_role("checkbox").first.uncheck()
    follow(page.get_by_role("button", name="确认同意"))
    assert page.get_by_text("已同意 3 条").is_visible()
