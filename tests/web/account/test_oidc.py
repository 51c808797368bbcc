"""Signing in by an identity provider that is a real process; accounts are matched, never made."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.urls import reverse

from baton.config.oidc import oidc_of
from baton.core.models import AuditRow, SignedIn, User
from baton.core.provider import Provider
from baton.web.account import provider as asked
from people import make_user
from signing import code_of, with_second_factor

pytestmark = pytest.mark.django_db
PEOPLE = [
    {"sub": "1", "preferred_username": "LinXiaoman"},
    {"sub": "2", "preferred_username": "stranger"},
    {"sub": "3", "preferred_username": "closed"},
    {"sub": "4"},
]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider of its own, on a free port; it says when it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = [word for one in PEOPLE for word in ("--user-claims", json.dumps(one))]
    options = ["--port", str(port), "--require-nonce", "true", *people]
    command = [sys.executable, "-u", "-m", "oidc_provider_mock", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        assert any("running on" in line.lower() or "started" in line.lower() for line in process.stdout)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def provider(issuer: str, settings: Any) -> Provider:
    settings.OIDC = Provider(issuer, "baton", "a secret", "preferred_username", "云渡县统一认证")
    return settings.OIDC


def at_provider(client: Client, person: str, **given: str) -> str:
    """Go to the provider and say who one is there; give the address to which it sends back."""
    left = client.get(reverse("oidc"), given)
    assert left.status_code == 302
    said = requests.post(left.headers["Location"], data={"sub": person}, allow_redirects=False, timeout=10)
    assert said.status_code == 302
    return said.headers["Location"]


def back(client: Client, address: str) -> Any:
    place = urlsplit(address)
    return client.get(place.path, {name: values[0] for name, values in parse_qs(place.query).items()})


def test_who_has_an_account_comes_in_where_they_wanted(client: Client, user: User, provider: Provider) -> None:
    answer = back(client, at_provider(client, "1", next="/units?sort=code"))
    assert answer.headers["Location"] == "/units?sort=code"
    assert client.get(reverse("units")).status_code == 200
    row = SignedIn.objects.get()
    assert (row.user, row.means) == (user, "oidc")
    assert AuditRow.objects.get().detail["means"] == "oidc"


def test_the_request_carries_state_nonce_and_a_proof_key(client: Client, provider: Provider) -> None:
    asked = parse_qs(urlsplit(client.get(reverse("oidc")).headers["Location"]).query)
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver" + reverse("oidc-back")]


@pytest.mark.parametrize("person", ["2", "3"])
def test_who_has_none_or_a_closed_one_stays_out_and_none_is_made(
    client: Client, user: User, provider: Provider, person: str
) -> None:
    make_user("closed", "停用", is_active=False)
    answer = back(client, at_provider(client, person))
    assert answer.status_code == 422
    assert "没有对应的账号" in answer.content.decode()
    assert User.objects.count() == 2
    assert "_auth_user_id" not in client.session
    assert AuditRow.objects.get().action == "account.sign_in_failed"


def test_without_the_claim_nobody_comes_in(client: Client, user: User, provider: Provider) -> None:
    answer = back(client, at_provider(client, "4"))
    assert "统一身份认证没有完成" in answer.content.decode()


def test_a_second_factor_is_still_asked_for(client: Client, user: User, provider: Provider) -> None:
    seed = with_second_factor(user)
    answer = back(client, at_provider(client, "1"))
    assert answer.headers["Location"] == reverse("sign-in-code")
    assert client.get(reverse("units")).status_code == 302
    client.post(reverse("sign-in-code"), {"code": code_of(seed)})
    assert client.get(reverse("units")).status_code == 200


def test_what_was_begun_in_another_browser_lets_nobody_in(client: Client, user: User, provider: Provider) -> None:
    address = at_provider(client, "1")
    assert back(Client(), address).status_code == 422
    assert back(client, address).status_code == 302
    again = Client()
    at_provider(again, "2")
    assert back(again, address).status_code == 422


@pytest.mark.parametrize("query", [{}, {"error": "access_denied"}, {"code": "x", "state": "y"}, {"code": "x"}])
def test_whoever_comes_back_with_nothing_of_worth_stays_out(
    client: Client, user: User, provider: Provider, query: dict[str, str]
) -> None:
    client.get(reverse("oidc"))
    answer = client.get(reverse("oidc-back"), query)
    assert answer.status_code == 422
    assert not SignedIn.objects.exists()


def test_what_another_issuer_signed_is_refused(
    client: Client, user: User, provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = at_provider(client, "1")
    kept = asked._client(provider)
    monkeypatch.setattr(asked, "_client", lambda _: kept)
    settings.OIDC = Provider("https://id.example", "baton", "a secret", "preferred_username")
    assert back(client, address).status_code == 422


def test_what_was_given_to_another_client_is_refused(
    client: Client, user: User, provider: Provider, settings: Any
) -> None:
    address = at_provider(client, "1")
    settings.OIDC = Provider(provider.issuer, "somebody else", "a secret", "preferred_username")
    assert back(client, address).status_code == 422


def test_coming_in_again_begins_anew(client: Client, user: User, provider: Provider) -> None:
    back(client, at_provider(client, "1"))
    before = client.session.session_key
    assert back(client, at_provider(client, "1")).status_code == 302
    assert SignedIn.objects.get().session_key == client.session.session_key != before


def test_a_provider_that_is_down_is_told_and_the_password_still_works(
    client: Client, user: User, settings: Any
) -> None:
    settings.OIDC = Provider("http://127.0.0.1:9", "baton", "x", "preferred_username")
    answer = client.get(reverse("oidc"), {"next": "/units"})
    page = answer.content.decode()
    assert "现在连不上" in page
    assert 'id="password"' in page
    assert 'value="/units"' in page
    assert f'<form method="post" action="{reverse("sign-in")}"' in page


def test_the_button_is_there_only_where_a_provider_is(client: Client, settings: Any) -> None:
    assert "oidc" not in client.get(reverse("sign-in")).content.decode()
    assert client.get(reverse("oidc")).status_code == client.get(reverse("oidc-back")).status_code == 404
    settings.OIDC = Provider("http://127.0.0.1:9", "baton", "x", "preferred_username", "云渡县统一认证")
    page = client.get(reverse("sign-in") + "?next=/units").content.decode()
    assert "用云渡县统一认证登录" in page
    assert re.search(r'href="/sign-in/oidc\?next=%2Funits"', page)


GIVEN = {"BATON_OIDC_ISSUER": "https://id.example/realm/", "BATON_OIDC_CLIENT": "baton", "BATON_OIDC_SECRET": "hush"}


def test_the_environment_names_the_provider() -> None:
    assert oidc_of({}) is None
    found = oidc_of(GIVEN)
    assert found == Provider("https://id.example/realm", "baton", "hush", "preferred_username")
    assert "hush" not in repr(found)
    assert oidc_of(GIVEN | {"BATON_OIDC_CLAIM": "uid"}).claim == "uid"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "changed", [{"BATON_OIDC_SECRET": ""}, {"BATON_OIDC_CLIENT": ""}, {"BATON_OIDC_ISSUER": "http://id.example"}]
)
def test_half_a_provider_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="BATON_OIDC"):
        oidc_of(GIVEN | changed)
