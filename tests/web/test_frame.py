"""Around every page: signing in, two languages, nothing from outside, nothing for visitors."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from addresses import OPEN_TO_VISITORS, plain_pages
from baton.core.models import User
from people import PASSWORD


@pytest.mark.django_db
@pytest.mark.parametrize("page", [name for name in plain_pages() if name not in OPEN_TO_VISITORS])
def test_a_visitor_is_asked_to_sign_in(client: Client, page: str) -> None:
    answer = client.get(reverse(page))
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, reverse("sign-in"))


def test_signing_in_leads_home(client: Client, user: User) -> None:
    answer = client.post(reverse("sign-in"), {"username": "LinXiaoman", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("home")
    assert user.name in answer.content.decode()


def test_a_wrong_password_is_told_and_the_name_is_kept(client: Client, user: User) -> None:
    answer = client.post(reverse("sign-in"), {"username": user.username, "password": "no"})
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert f'value="{user.username}"' in page


@pytest.mark.parametrize(("language", "words"), [("zh", "退出"), ("en", "Sign out")])
def test_the_language_is_switched_in_place(client: Client, user: User, language: str, words: str) -> None:
    client.force_login(user)
    answer = client.post(reverse("language"), {"language": language, "next": reverse("units")})
    assert answer.headers["Location"] == reverse("units")
    assert words in client.get(reverse("units")).content.decode()


def test_switching_the_language_leads_nowhere_else(client: Client, db: None) -> None:
    answer = client.post(reverse("language"), {"language": "en", "next": "https://elsewhere.example/x"})
    assert answer.headers["Location"] == "/"


def test_a_page_asks_for_nothing_from_outside(client: Client, user: User) -> None:
    client.force_login(user)
    answer = client.get(reverse("home"))
    assert not re.findall(r"(?:src|href|action)=\"(?:https?:)?//", answer.content.decode())
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "style=" not in answer.content.decode()
