"""The pages of signing in: password, slip, second factor, lock, and where one comes out."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from baton.core.acting import Actor
from baton.core.actions.slips import issue_slips
from baton.core.models import AuditRow, SignedIn, User
from people import PASSWORD
from signing import code_of, sign_in, signed_in, with_second_factor

pytestmark = pytest.mark.django_db


def test_a_sign_in_is_written_down_with_browser_and_address(user: User) -> None:
    signed_in(user, **{"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120"})
    row = SignedIn.objects.get()
    assert (row.user, row.address, row.means, row.second_factor) == (user, "127.0.0.1", "password", False)
    assert row.browser.endswith("Edg/120")
    assert AuditRow.objects.get().action == "account.signed_in"


def test_one_comes_out_where_one_wanted_to_go(client: Client, user: User) -> None:
    assert sign_in(client, user, next="/units?sort=code").headers["Location"] == "/units?sort=code"


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/x", "//elsewhere.example", "javascript:alert(1)"])
def test_one_never_comes_out_elsewhere(client: Client, user: User, wanted: str) -> None:
    assert sign_in(client, user, next=wanted).headers["Location"] == reverse("home")


def test_the_session_has_a_new_key(client: Client, user: User) -> None:
    client.get(reverse("language"))
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    sign_in(client, user)
    assert client.session.session_key != before


def test_a_wrong_password_is_told_at_the_field_and_the_password_is_not_kept(client: Client, user: User) -> None:
    answer = sign_in(client, user, "Wrong 1234567")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "账号或密码不对" in page
    assert f'value="{user.username}"' in page
    assert 'aria-describedby="username-message"' in page
    assert "Wrong 1234567" not in page


def test_the_lock_is_told_in_minutes(client: Client, user: User) -> None:
    for _ in range(5):
        sign_in(client, user, "wrong")
    page = sign_in(client, user).content.decode()
    assert "约 10 分钟后可以再试" in page
    client.post(reverse("language"), {"language": "en"})
    assert "try again in about 10 minutes" in sign_in(client, user).content.decode()


def test_a_slip_leads_to_a_password_of_ones_own(client: Client, user: User) -> None:
    (slip,) = issue_slips(by=Actor(), users=[user])
    sign_in(client, user, slip.code)
    assert client.get(reverse("units")).headers["Location"] == reverse("password")
    page = client.get(reverse("password")).content.decode()
    assert 'id="current"' not in page
    given = {"new": "Seven Rivers 70", "again": "Seven Rivers 70"}
    assert client.post(reverse("password"), given).headers["Location"] == reverse("account")
    assert client.get(reverse("units")).status_code == 200
    assert sign_in(Client(), user, slip.code).status_code == 422
    assert sign_in(Client(), user, "Seven Rivers 70").status_code == 302


def test_the_second_factor_stands_between_password_and_house(client: Client, user: User) -> None:
    seed = with_second_factor(user)
    assert sign_in(client, user, next="/units").headers["Location"] == reverse("sign-in-code")
    assert client.get(reverse("units")).status_code == 302
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("sign-in-code"), {"code": "000000"})
    assert wrong.status_code == 422
    assert "验证码不对" in wrong.content.decode()
    assert client.post(reverse("sign-in-code"), {"code": code_of(seed)}).headers["Location"] == "/units"
    assert SignedIn.objects.get().second_factor
    again = Client()
    sign_in(again, user)
    assert again.post(reverse("sign-in-code"), {"code": code_of(seed)}).status_code == 422


def test_the_second_step_waits_ten_minutes(client: Client, user: User, settings: Any) -> None:
    seed = with_second_factor(user)
    sign_in(client, user)
    settings.CLOCK_OFFSET = timedelta(minutes=11)
    answer = client.post(reverse("sign-in-code"), {"code": code_of(seed)})
    assert answer.headers["Location"] == reverse("sign-in")
    assert not SignedIn.objects.exists()


def test_an_account_closed_between_the_steps_stays_out(client: Client, user: User) -> None:
    seed = with_second_factor(user)
    sign_in(client, user)
    User.objects.update(is_active=False)
    answer = client.post(reverse("sign-in-code"), {"code": code_of(seed)})
    assert answer.headers["Location"] == reverse("sign-in")


def test_nobody_comes_to_the_second_step_without_the_first(client: Client) -> None:
    assert client.get(reverse("sign-in-code")).headers["Location"] == reverse("sign-in")


def test_signing_out_ends_the_sign_in(user: User) -> None:
    client = signed_in(user)
    answer = client.post(reverse("sign-out"), follow=True)
    assert "已退出" in answer.content.decode()
    assert not SignedIn.objects.exists()
    assert AuditRow.objects.filter(action="account.signed_out", by=user).exists()
    assert client.get(reverse("home")).status_code == 302
    assert signed_in(user).get(reverse("sign-out")).status_code == 405


def test_whoever_is_in_is_sent_on(user: User) -> None:
    assert signed_in(user).get(reverse("sign-in")).headers["Location"] == reverse("home")


def test_no_page_of_signing_in_is_kept_by_a_cache(client: Client) -> None:
    assert "no-store" in client.get(reverse("sign-in")).headers["Cache-Control"]


@pytest.mark.parametrize("address", ["unknown", "10.0.0.7, 10.0.0.8", "x" * 300, ""])
def test_what_is_no_address_is_no_address(user: User, address: str) -> None:
    client = Client(REMOTE_ADDR=address)
    assert sign_in(client, user, PASSWORD).status_code == 302
    assert SignedIn.objects.get().address == ""
