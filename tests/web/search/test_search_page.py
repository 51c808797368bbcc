"""The search page and the palette in a real Chromium: by keyboard only, two characters, and without a script."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.models import User
from baton.core.search.filling import refill
from baton.org.choices import Role
from baton.org.models import Person
from chromium import PHONE, Open, accessible, no_sideways
from people import give, make_unit, make_user

PAGE = "/search"


def fill() -> None:
    make_unit("D07", "县污水处理中心", kind="部门")
    Person.objects.create(name="王芳", unit=make_unit("D01", "县财政局"), title="科员")
    list(refill())


@pytest.fixture
def office(user: User) -> User:
    give(user, Role.OFFICE)
    return user


@pytest.mark.django_db
def test_the_page_finds_without_a_script(client: Client, office: User) -> None:
    fill()
    client.force_login(office)
    page = client.get(PAGE, {"q": "污水"}).content.decode()
    assert f'href="{reverse("unit", args=["D07"])}"' in page
    assert 'value="污水"' in page
    page = client.get(PAGE, {"q": "王芳"}).content.decode()
    assert "县财政局 · 科员" in page
    person = reverse("person", args=[Person.objects.get().pk])
    assert f'href="{person}"' in page
    assert client.get(person).status_code == 200


@pytest.mark.django_db
def test_nothing_found_and_nothing_asked(client: Client, office: User) -> None:
    client.force_login(office)
    assert "没有找到“水厂”" in client.get(PAGE, {"q": "水厂"}).content.decode()
    assert "没有找到" not in client.get(PAGE).content.decode()
    assert client.get(PAGE, {"q": '<script>"'}).content.decode().count("<script>") == 0


@pytest.mark.django_db
def test_nobody_finds_people_they_may_not_see(client: Client, office: User) -> None:
    fill()
    client.force_login(make_user("clerk", "办事员"))
    assert "王芳" not in client.get(PAGE, {"q": "王"}).content.decode().partition("<main")[2].partition('value="')[0]
    assert "科员" not in client.get(PAGE, {"q": "王芳"}).content.decode()


@pytest.mark.django_db
def test_few_queries_and_english(client: Client, office: User, django_assert_max_num_queries: Any) -> None:
    fill()
    client.force_login(office)
    client.cookies["language"] = "en"
    with django_assert_max_num_queries(12):
        page = client.get(PAGE, {"q": "d07"}).content.decode()
    for data in (office.name, "县污水处理中心", "部门", "中文"):
        page = page.replace(data, "")
    assert not [letter for letter in page if "\u4e00" <= letter <= "\u9fff"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_palette_by_keyboard_only(open_page: Open, office: User) -> None:
    fill()
    page = open_page(reverse("account"), office)
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "palette-words"
    page.keyboard.type("王芳")
    page.wait_for_selector("#palette-option-0[aria-selected=true]")
    assert "王芳" in page.inner_text("#palette-option-0")
    accessible(page)
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('palette').open")
    page.keyboard.press("Control+k")
    page.keyboard.type("县")
    page.wait_for_selector("#palette-option-1")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#palette-words", "aria-activedescendant") == "palette-option-1"
    target = page.get_attribute("#palette-option-1", "data-address")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_palette_on_a_phone_and_from_the_link(open_page: Open, office: User) -> None:
    fill()
    page = open_page(reverse("account"), office, PHONE)
    page.click("[data-opens-palette]")
    page.keyboard.type("没有这个")
    page.wait_for_selector("#palette-list li")
    assert "没有找到" in page.inner_text("#palette-list")
    accessible(page)
    no_sideways(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
