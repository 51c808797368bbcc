"""Who calls: a key in the header `Authorization: Bearer baton_...`, its user, and what it may be used for."""

from typing import override

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from baton.api.reading import is_odd
from baton.core import clock
from baton.core.acting import Actor
from baton.core.actions.tokens import digest_of
from baton.core.choices import Scope
from baton.core.models import ApiToken, User
from baton.words import Place, Problem, Refused

_TOKEN = "baton.token"
FORBIDDEN = 403


class Key(HttpBearer):
    """Lets in whoever has a key with one scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    @override
    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Give the key's row; None for a key that opens nothing.

        Raises `HttpError` 403 where the scope is lacking, `Refused` for NUL in the address, which no database keeps.
        """
        if is_odd(request.path_info):
            raise Refused([Problem("api.odd_character", {}, Place(field="path"))])
        row = ApiToken.objects.on(clock.today()).select_related("user").filter(digest=digest_of(token)).first()
        if row is None:
            return None
        if self.scope.value not in row.scopes:
            raise HttpError(FORBIDDEN, f"scope: {self.scope.value}")
        request.META[_TOKEN] = row
        return row


def caller(request: HttpRequest) -> User:
    """Give the user a call speaks for."""
    row: ApiToken = request.META[_TOKEN]
    return row.user


def actor(request: HttpRequest) -> Actor:
    """Give the actor of a call."""
    return Actor(caller(request), address=request.META.get("REMOTE_ADDR", ""))
