"""Gives every request its reference, answers probes, and logs one line: what was asked by its pattern, not by whom."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from baton.web.operations.probes import PROBES
from baton.web.operations.reference import HEADER, NONE, new_reference

_log = logging.getLogger("baton.access")


class WatchingMiddleware:
    """Stands before everything else, so that probes need neither session nor a known host name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        probe = PROBES.get(request.path_info)
        if probe is not None:
            return probe()
        began = time.perf_counter()
        reference = new_reference()
        response = self.get_response(request)
        response.headers[HEADER] = reference
        took = int((time.perf_counter() - began) * 1000)
        _log.info("%s %s %d %dms", request.method, pattern_of(request), response.status_code, took)
        return response


def pattern_of(request: HttpRequest) -> str:
    """Give the pattern of an address, `/people/<int:pk>`; the address itself may name a person or hold a token."""
    match = request.resolver_match
    return NONE if match is None else f"/{match.route}"
