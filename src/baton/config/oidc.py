"""The county's own identity provider, out of the environment; without an issuer there is none, and no button.

`BATON_OIDC_ISSUER`: `https://id.example.gov.cn/realms/county`. `BATON_OIDC_CLIENT`, `BATON_OIDC_SECRET`: what the
provider gave this installation. `BATON_OIDC_CLAIM`: the claim that holds the account's name (`preferred_username`).
`BATON_OIDC_NAME`: what the button calls the provider.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from baton.core.provider import Provider

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def oidc_of(environment: Mapping[str, str]) -> Provider | None:
    """Give the provider, None where none is named.

    Raises `ValueError` where something is missing, or where the issuer is not reached by TLS and is not this machine.
    """
    issuer = environment.get("BATON_OIDC_ISSUER", "")
    if not issuer:
        return None
    client, secret = (environment.get(f"BATON_OIDC_{name}", "") for name in ("CLIENT", "SECRET"))
    if not client or not secret:
        msg = "BATON_OIDC_ISSUER needs BATON_OIDC_CLIENT and BATON_OIDC_SECRET"
        raise ValueError(msg)
    place = urlsplit(issuer)
    if place.scheme != "https" and place.hostname not in _HERE:
        msg = f"BATON_OIDC_ISSUER must begin with https://, got {place.scheme}://{place.hostname}"
        raise ValueError(msg)
    claim = environment.get("BATON_OIDC_CLAIM", "") or "preferred_username"
    return Provider(issuer.rstrip("/"), client, secret, claim, environment.get("BATON_OIDC_NAME", ""))
