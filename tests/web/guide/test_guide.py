"""The guided tour: there for an example only, open to visitors, from account to account."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from baton.example.guide import STEPS
from baton.web.guide.step import Step
from baton.words import Language, text
from chromium import PHONE, WIDE, Open, accessible, no_sideways
from people import PASSWORD, make_user

GUIDE = "baton.example.guide.STEPS"


def test_a_house_that_shows_no_example_has_no_tour(client: Client, db: None, settings: Any) -> None:
    settings.GUIDE = ""
    assert client.get(reverse("guide")).status_code == 404
    assert client.post(reverse("guide-step", args=(1,))).status_code == 404
    assert reverse("guide") not in client.get(reverse("sign-in")).content.decode()
    client.force_login(make_user())
    assert reverse("guide") not in client.get(reverse("home")).content.decode()


def test_a_visitor_is_led_to_the_page_of_a_step(client: Client, db: None, settings: Any) -> None:
    settings.GUIDE = GUIDE
    make_user("zhouhe", "周禾")
    assert reverse("guide") in client.get(reverse("sign-in")).content.decode()
    shown = client.get(reverse("guide")).content.decode()
    assert shown.count("<li ") == len(STEPS)
    assert "周禾（账号 zhouhe）" in shown
    asked = client.post(reverse("guide-step", args=(1,)), follow=True)
    assert 'value="zhouhe"' in asked.content.decode()
    signed = client.post(
        reverse("sign-in"), {"username": "zhouhe", "password": PASSWORD, "next": asked.context["next"]}
    )
    assert signed.headers["Location"] == reverse("office")


def test_one_account_gives_way_to_the_next(client: Client, db: None, settings: Any) -> None:
    settings.GUIDE = GUIDE
    client.post(reverse("sign-in"), {"username": make_user("heqing", "贺青").username, "password": PASSWORD})
    shown = client.get(reverse("guide")).content.decode()
    assert shown.count("打开</a>") == sum(one.account == "heqing" for one in STEPS)
    client.post(reverse("guide-step", args=(1,)))
    assert client.get(reverse("home")).status_code == 302
    assert client.post(reverse("guide-step", args=(len(STEPS) + 1,))).status_code == 404


@pytest.mark.parametrize("step", STEPS, ids=lambda one: one.code)
@pytest.mark.parametrize("language", list(Language))
def test_every_step_has_words_and_an_address(step: Step, language: Language) -> None:
    assert text(step.code, language)
    assert text(step.look, language)
    assert reverse(step.address)


def test_the_name_in_the_settings_leads_to_the_steps() -> None:
    assert import_string(GUIDE) is STEPS


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_tour_is_accessible(open_page: Open, settings: Any, viewport: dict[str, int]) -> None:
    settings.GUIDE = GUIDE
    for who in (None, make_user("heqing", "贺青")):
        page = open_page(reverse("guide"), who, viewport)
        accessible(page)
        no_sideways(page)
