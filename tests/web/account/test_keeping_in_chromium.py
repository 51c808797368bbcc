"""In real Chromium: a warning before the session ends, and what was typed is there again for the same person only."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import Page

from baton.core import clock
from baton.core.models import Parameter, SignedIn, User
from baton.org.choices import Role
from chromium import PHONE, WIDE, Open, accessible, follow, no_sideways
from people import PASSWORD, give, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = "/parameters/account.slip_days"
RESTORED = "main [role=status]:has-text('已经恢复')"
"""What the page says once all fields hold again what was typed."""


def number(code: str, value: int) -> None:
    given = {"effective_from": clock.today(), "source": "x", "certainty": "M", "changed_at": clock.now()}
    Parameter.objects.create(code=code, value=value, **given)


def administrator(username: str = "zhou", name: str = "周正") -> User:
    user = make_user(username, name)
    give(user, Role.SYSTEM_ADMINISTRATOR)
    return user


def sign_in(page: Page, user: User) -> None:
    page.fill("#username", user.username)
    page.fill("#password", PASSWORD)
    follow(page.locator("button.button-main"))


@pytest.fixture
def at_form(open_page: Open) -> Callable[..., Page]:
    """Sign in and go to a form with text and a choice."""

    def gone(user: User, **given: Any) -> Page:
        page = open_page(reverse("sign-in") + f"?next={FORM}", None, **given)
        sign_in(page, user)
        assert page.url.endswith(FORM)
        return page

    return gone


def type_something(page: Page) -> None:
    page.fill("#source", "县委办〔2026〕3号")
    page.fill("#value", "9")
    page.select_option("#certainty", "C2")


def typed(page: Page) -> tuple[str, str, str]:
    return tuple(page.input_value(f"#{name}") for name in ("source", "value", "certainty"))  # type: ignore[return-value]


def kept(page: Page) -> int:
    """Count what this tab keeps."""
    return int(page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).length"))


TYPED = ("县委办〔2026〕3号", "9", "C2")


def test_what_was_typed_is_there_again_after_the_session_was_found_ended(at_form: Callable[..., Page]) -> None:
    user = administrator()
    page = at_form(user)
    type_something(page)
    Session.objects.all().delete()
    page.click("main button.button-main")
    page.wait_for_selector("#username")
    sign_in(page, user)
    page.wait_for_selector(RESTORED)
    assert page.url.endswith(FORM)
    assert typed(page) == TYPED
    assert "已经恢复" in page.inner_text("main [role=status]")
    assert not Parameter.objects.exists()
    page.click("main button.button-main")
    page.wait_for_selector("text=已保存")
    assert Parameter.objects.get().source == TYPED[0]
    page.reload()
    assert typed(page)[0] == "", "what was sent is kept no longer"


def test_what_was_typed_is_there_again_after_the_database_was_away(
    at_form: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: object) -> None:
        raise OperationalError

    page = at_form(administrator(), tolerated="Failed to load resource: the server responded with a status of 503")
    type_something(page)
    with monkeypatch.context() as broken:
        broken.setattr("baton.web.account.numbers.change_parameter", away)
        page.click("main button.button-main")
        page.wait_for_selector("text=数据库暂时连不上")
        assert not Parameter.objects.exists()
    page.click("[data-unsaved]")
    page.wait_for_selector(RESTORED)
    assert page.url.endswith(FORM)
    assert typed(page) == TYPED
    page.click("main button.button-main")
    page.wait_for_selector("text=已保存")
    assert Parameter.objects.get().source == TYPED[0]


def test_another_person_is_shown_nothing_of_it(at_form: Callable[..., Page]) -> None:
    first, second = administrator(), administrator("li", "李强")
    page = at_form(first)
    type_something(page)
    Session.objects.all().delete()
    page.reload()
    sign_in(page, second)
    assert typed(page)[0] == ""
    assert kept(page) == 0


def test_signing_out_forgets_it(at_form: Callable[..., Page]) -> None:
    user = administrator()
    page = at_form(user)
    type_something(page)
    page.click("form[data-sign-out] button")
    page.wait_for_selector("#username")
    assert kept(page) == 0


def test_passwords_and_codes_are_never_kept(open_page: Open) -> None:
    page = open_page(reverse("sign-in") + "?next=/account/password", None)
    sign_in(page, administrator())
    for field in ("current", "new", "again"):
        page.fill(f"#{field}", "Seven Rivers 70")
    assert kept(page) == 0
    page.goto(page.url.replace("password", "second-factor"))
    page.click("button[value=offer]")
    page.fill("#code", "123456")
    assert kept(page) == 0


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_before_the_end_a_warning_prolongs_at_a_press(at_form: Callable[..., Page], viewport: dict[str, int]) -> None:
    number("account.idle_minutes", 5)
    number("account.warning_minutes", 2)
    user = administrator()
    page = at_form(user, viewport=viewport)
    SignedIn.objects.update(seen_at=clock.now())
    shorten(1)
    page.reload()
    assert page.locator("dialog[open]").count() == 0
    shorten(190)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("dialog[open]")
    accessible(page)
    no_sideways(page)
    assert "stay" in page.evaluate("Object.keys(document.activeElement.dataset).join()")
    assert page.inner_text("[data-count]").startswith("1:")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]", state="detached")
    store = session()
    assert store["seen"] >= int(clock.now().timestamp()) - 5


def test_when_nothing_is_left_the_page_goes_and_its_work_comes_back(at_form: Callable[..., Page]) -> None:
    user = administrator()
    page = at_form(user)
    type_something(page)
    Session.objects.all().delete()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("#username")
    assert "已自动退出" in page.inner_text("main")
    sign_in(page, user)
    page.wait_for_selector(RESTORED)
    assert typed(page) == TYPED


def session() -> Any:
    return Session.objects.get().get_decoded()


def shorten(seconds: int) -> None:
    """Let the only session have been seen earlier."""
    row = Session.objects.get()
    store = row.get_session_store_class()(row.session_key)
    store["seen"] = int(clock.now().timestamp()) - seconds
    store.save()
