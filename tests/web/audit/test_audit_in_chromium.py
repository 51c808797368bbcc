"""The audit page and the inbox with rows, in real Chromium: accessible at both widths, kept views by keyboard."""

from datetime import timedelta

import pytest

from baton.core import clock
from baton.core.acting import Actor, acting
from baton.core.models import User
from baton.org.choices import Role
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from people import give, make_unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled(user: User) -> User:
    give(user, Role.AUDITOR)
    with acting(Actor(user, behalf_of="白水镇", address="10.0.0.7")) as told:
        told.did("services.audit_exported", make_unit(name="很长的单位名称" * 5), rows=3)
        told.tell([user], "services.notice_job_done", link="/jobs", job="很长的任务名称" * 8, about="")
        told.tell([user], "services.notice_job_done", due=clock.now() - timedelta(days=1), job="x", about="")
    return user


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("address", ["/audit?first=x", "/notices"])
def test_pages_with_rows_are_accessible(open_page: Open, filled: User, address: str, viewport: dict[str, int]) -> None:
    page = open_page(address, filled, viewport)
    for closed in page.locator("main details").all():
        closed.locator("summary").first.click()
    accessible(page)
    no_sideways(page)


def test_a_view_is_saved_by_keyboard_and_comes_back(open_page: Open, filled: User) -> None:
    page = open_page("/audit?who=林小满", filled)
    page.locator("summary", has_text="常用视图").focus()
    page.keyboard.press("Enter")
    page.focus("#view-name")
    page.keyboard.type("林小满做的")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(page.url.partition("?")[0])
    page.locator("summary", has_text="常用视图").click()
    page.click("text=林小满做的")
    page.wait_for_url("**/audit?who=**")
    assert page.input_value("#who") == "林小满"
