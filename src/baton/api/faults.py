"""What the API answers where the fault is ours: in its own shape, never a page."""

import sys

from django.http import HttpRequest, JsonResponse

from baton.api.problems import told
from baton.core.lost import RETRY_SECONDS, is_lost
from baton.words import Problem

BAD_REQUEST, NOT_FOUND, FAULT, UNAVAILABLE = 400, 404, 500, 503


def lost(request: HttpRequest) -> JsonResponse:
    """Say that the database is away, and when to ask again; with the same key nothing is done twice."""
    answer = JsonResponse(told(request, [Problem("api.database_away")]), status=UNAVAILABLE)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def fault(request: HttpRequest) -> JsonResponse:
    """Answer for an error that nothing caught, before the call or in it."""
    if is_lost(sys.exc_info()[1]):
        return lost(request)
    return JsonResponse(told(request, [Problem("api.fault")]), status=FAULT)


def not_found(request: HttpRequest) -> JsonResponse:
    """Answer for an address that leads nowhere."""
    return JsonResponse(told(request, [Problem("api.not_there")]), status=NOT_FOUND)


def not_readable(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Answer for what was refused before any call saw it: too large, or not to be decoded."""
    return JsonResponse(told(request, [Problem("api.not_readable", {"what": str(exception)})]), status=BAD_REQUEST)
