"""Who must sign in: everybody for every page; the API has keys of its own instead."""

from collections.abc import Callable
from typing import Any, override

from django.contrib.auth.middleware import LoginRequiredMiddleware
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
