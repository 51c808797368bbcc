"""The county's identity provider (OpenID Connect), as far as signing in needs it: who did it vouch for."""

from functools import cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from requests import RequestException

from baton.core.provider import Provider

_SECONDS = 10
"""How long the provider may take to answer: people wait."""
FAILED = (AuthlibBaseError, JoseError, KeyError, RuntimeError, TypeError, ValueError)
"""What a provider, or somebody who plays one, can make go wrong; refused in the same words."""


class ProviderDown(Exception):  # noqa: N818 - the name says what happened
    """The provider did not answer."""


@cache
def _client(provider: Provider) -> Any:
    registry = OAuth()
    registry.register(
        "county",
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "default_timeout": _SECONDS},
    )
    return registry.county


def send(request: HttpRequest, provider: Provider, back: str) -> HttpResponse:
    """Send a visitor to the provider, who comes back to an address. State, nonce and PKCE are in the session.

    Raises `ProviderDown`.
    """
    try:
        answer: HttpResponse = _client(provider).authorize_redirect(request, back)
    except RequestException as problem:
        raise ProviderDown from problem
    return answer


def vouched_for(request: HttpRequest, provider: Provider) -> str:
    """Give the account's name that the provider vouches for; empty where it vouches for nobody.

    The token must be signed by the provider, for this installation, for this visitor's own request (state and nonce).
    Raises `ProviderDown`.
    """
    client = _client(provider)
    wanted = {
        "iss": {"essential": True, "values": [provider.issuer, f"{provider.issuer}/"]},
        "aud": {"essential": True, "values": [provider.client]},
    }
    try:
        token = client.authorize_access_token(request, claims_options=wanted)
        claims = token["userinfo"]
        if provider.claim not in claims:
            told = client.userinfo(token=token)
            claims = told if told["sub"] == claims["sub"] else {}
    except RequestException as problem:
        raise ProviderDown from problem
    except FAILED:
        return ""
    return str(claims.get(provider.claim) or "")
