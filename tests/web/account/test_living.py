"""Sessions while they live: prolonged by use, not by the page itself; what must be done first; htmx after the end."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.acting import SYSTEM, Actor
from baton.core.actions import sessions
from baton.core.models import SignedIn, User
from baton.org.choices import ADMINISTRATORS, Role
from people import PASSWORD, give, make_user
from signing import code_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(settings: Any) -> Any:
    def moved(**given: float) -> None:
        settings.CLOCK_OFFSET += timedelta(**given)

    return moved


def left(client: Client) -> int:
    """Seconds that are left, to the minute: a busy machine takes some of them."""
    seconds: int = client.get(reverse("session")).json()["left"]
    return 60 * round(seconds / 60)


def test_use_prolongs_and_the_page_itself_does_not(user: User, later: Any) -> None:
    client = signed_in(user)
    assert left(client) == 1800
    later(minutes=10)
    assert left(client) == 1200
    client.get(reverse("units"))
    assert left(client) == 1800
    assert client.session.get_expiry_age() == 1800


def test_within_a_minute_a_page_costs_nothing_more(user: User, later: Any, django_assert_num_queries: Any) -> None:
    client = signed_in(user)
    client.get(reverse("account"))
    seen = SignedIn.objects.get().seen_at
    later(seconds=50)
    client.get(reverse("account"))
    assert SignedIn.objects.get().seen_at == seen
    later(seconds=20)
    client.get(reverse("account"))
    assert SignedIn.objects.get().seen_at > seen


def test_a_press_prolongs(user: User, later: Any) -> None:
    client = signed_in(user)
    later(minutes=29)
    assert client.post(reverse("session")).json() == {"left": 1800}


@pytest.mark.parametrize("minutes", [5, 60 * 24 * 400])
def test_a_clock_set_back_does_not_make_a_session_longer(user: User, later: Any, minutes: int) -> None:
    client = signed_in(user)
    later(minutes=-minutes)
    assert left(client) == 1800
    client.get(reverse("units"))
    later(minutes=20)
    assert left(client) == 600


def test_a_revoked_sign_in_is_out_at_once(user: User) -> None:
    client = signed_in(user)
    sessions.revoke(by=Actor(user), sign_in=SignedIn.objects.get())
    assert client.get(reverse("units")).headers["Location"].startswith(reverse("sign-in"))


def test_the_page_says_when_it_ends(user: User) -> None:
    page = signed_in(user).get(reverse("units")).content.decode()
    assert 'data-left="1800" data-warn="120"' in page


def test_htmx_after_the_end_leads_the_whole_page_to_sign_in_and_back(client: Client, user: User) -> None:
    answer = client.get(
        reverse("units"), headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/units?sort=code"}
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith(f"{reverse('sign-in')}?next=")
    back = client.post(answer.headers["HX-Redirect"], {"username": user.username, "password": PASSWORD})
    assert back.headers["Location"] == "/units?sort=code"


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_an_administrator_sets_up_a_second_factor_before_anything_else(user: User, settings: Any, role: Role) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    give(user, role)
    client = signed_in(user)
    for page in ("home", "units", "account"):
        assert client.get(reverse(page)).headers["Location"] == reverse("second-factor")
    assert client.get(reverse("second-factor")).status_code == 200
    client.post(reverse("second-factor"), {"do": "offer"})
    seed = client.get(reverse("second-factor")).context["seed"].replace(" ", "")
    answer = client.post(reverse("second-factor"), {"do": "confirm", "code": code_of(seed)})
    assert len(answer.context["codes"]) == 10
    assert client.get(reverse("home")).status_code == 200


def test_who_becomes_administrator_while_signed_in_is_asked_too(user: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = signed_in(user)
    assert client.get(reverse("home")).status_code == 200
    give(user, Role.SECURITY_ADMINISTRATOR)
    assert client.get(reverse("home")).headers["Location"] == reverse("second-factor")


def test_others_need_none(user: User, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    give(user, Role.OFFICE_HEAD)
    assert signed_in(user).get(reverse("home")).status_code == 200


def test_a_visitor_is_not_told_how_long(client: Client) -> None:
    assert client.get(reverse("session")).status_code == 302
    assert SYSTEM.user is None


def test_other_peoples_sessions_are_not_touched(user: User, later: Any) -> None:
    other = make_user("wangfang", "王芳")
    mine, theirs = signed_in(user), signed_in(other)
    later(minutes=10)
    mine.get(reverse("units"))
    assert (left(mine), left(theirs)) == (1800, 1200)
