"""Who must sign in: everybody for every page; the API has keys of its own instead. And what no page takes: NUL."""

from collections.abc import Callable
from typing import Any, override

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase

API = "/api/"


class SignInRequired(LoginRequiredMiddleware):
    """Asks visitors of pages to sign in. A test holds that every call of the API wants a key."""

    @override
    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if request.path_info.startswith(API):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class PlainText:
    """Refuses NUL in an address or a form: PostgreSQL keeps no text with it, and no keyboard types it (400).

    What the API is sent its own reader looks at (`baton.api.reading`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on; the form is looked at when its page is known, after the check of where it came from."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Raise `SuspiciousOperation` for a form or address that holds NUL."""
        if request.path_info.startswith(API):
            return
        values = [value for given in (request.GET, request.POST) for _, all_ in given.lists() for value in all_]
        as_json = request.content_type == "application/json" and b"\\u0000" in request.body
        if as_json or "\x00" in request.path_info or any("\x00" in value for value in values):
            msg = "NUL in what was sent"
            raise SuspiciousOperation(msg)
